import Catalog
import Schedules

@testable import Engine
@testable import Objectives

/// Numbers that objectives remember, kept in a graph's states `loss.<name>`; what they are told is kept.
final class Memories {
  private(set) var written: [String: Tensor] = [:]

  func memory(_ graph: Graph, _ prefix: String = "loss") -> Memory {
    Memory(
      read: { graph.state("\(prefix).\($0)", []) },
      write: { self.written[$0] = $1 })
  }
}

extension Game {
  /// A step in which the critic is a function of samples and the generator's second batch is an input `second`.
  init(
    real: Tensor, fake: Tensor, realLabel: Coefficient = .constant(1),
    fakeLabel: Coefficient = .constant(0), memories: Memories = Memories(),
    respond: @escaping (Tensor) -> Response
  ) {
    let graph = real.graph
    let latents = graph.input("latents", [fake.shape[0], 2])
    self.init(
      real: real, fake: fake, latents: latents, onReal: respond(real), onFake: respond(fake),
      realLabel: realLabel, fakeLabel: fakeLabel, respond: { x, _ in respond(x) },
      generate: { latents, _ in latents },
      secondFake: {
        let second = graph.input("second", fake.shape)
        return (second, respond(second))
      }, memory: memories.memory(graph))
  }

  /// A step whose samples are numbers and are their own scores: D(x) = x.
  init(
    scores real: Tensor, _ fake: Tensor, realLabel: Coefficient = .constant(1),
    fakeLabel: Coefficient = .constant(0)
  ) {
    self.init(
      real: real, fake: fake, realLabel: realLabel, fakeLabel: fakeLabel
    ) { Response(output: $0.reshaped([$0.shape[0]])) }
  }
}

extension PenaltyInputs {
  /// Inputs of a penalty on a critic that is a function to one number per sample.
  init(real: Tensor, fake: Tensor, stream: String, critic: @escaping (Tensor) -> Tensor) {
    self.init(
      game: Game(real: real, fake: fake) { Response(output: critic($0)) }, stream: stream,
      critic: critic, weights: [], field: { [] }, memory: Memories().memory(real.graph, stream))
  }
}

extension Penalty {
  /// The first term of the player that the penalty is given to, without its weight.
  func term(_ inputs: PenaltyInputs, _ arguments: Arguments) -> Tensor {
    terms[0].value(inputs, arguments)
  }
}
