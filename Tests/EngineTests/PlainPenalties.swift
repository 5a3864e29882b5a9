import Catalog
import Foundation

@testable import Engine
@testable import Objectives

/// A step with a small critic of scores and a small generator, as penalties see it: a part of a graph and in plain numbers.
struct PenaltyWorld {
  static let latents: Rows = [[0.2, 1.1], [-0.6, 0.3], [0.9, -0.8], [-1.4, -0.1]]
  /// The generator's weights V: G(z) = g + ¼g², g = zV.
  static let generator = [0.7, -0.4, 0.3, 0.8]
  /// Matrices of a network, one number per output in a row.
  static let matrices: [(shape: [Int], values: [Double])] = [
    ([3, 2], [0.5, -1, 2, 0.25, -0.75, 1.5]), ([1, 3], [1, -2, 0.5]), ([2, 2], [1, 2, -2, 1]),
  ]
  static let noise: [(name: String, values: Rows)] = [
    ("penalty/transform/real", [[0.3, -1.2], [0.8, 0.1], [-0.5, 1.4], [2, -0.7]]),
    ("penalty/transform/fake", [[-0.9, 0.4], [1.1, 0.6], [0.2, -1.5], [-0.3, 0.9]]),
    ("penalty/latent", [[1.3, -0.2], [-0.4, 0.7], [0.5, 1.6], [-1.1, 0.3]]),
    ("penalty/generator/latent", [[0.6, 0.9], [-1.7, 0.2], [0.4, -0.3], [1.2, 0.8]]),
  ]
  /// What penalties remember before the step.
  static let memory: NamedValues = [
    ("penalty.real", [0.4]), ("penalty.fake", [-0.3]), ("penalty.steps", [5000]),
    ("penalty.multiplier", [0.7]),
  ]

  static let named: NamedValues =
    [("real", PlainGame.real.flatMap(\.self)), ("latents", latents.flatMap(\.self))]
    + noise.map { ($0.name, $0.values.flatMap(\.self)) } + memory

  static let shapes = SmallCritic.shapes + [[2, 2]] + matrices.map(\.shape)
  static let values = SmallCritic.values + [generator] + matrices.map(\.values)

  /// What a penalty sees whose player is the critic, or with another stream its opponent.
  ///
  /// - Parameter weights: of the shapes `shapes`: the critic's, the generator's, and some matrices.
  static func inputs(
    _ weights: [Tensor], memories: Memories = Memories(), stream: String = "penalty"
  ) -> PenaltyInputs {
    let graph = weights[0].graph
    let critic = SmallCritic(form: .score)
    let respond = { (x: Tensor) in critic.respond(x, Array(weights[..<3])) }
    let generate = { (z: Tensor) in
      let g = z.matmul(weights[3])
      return g + 0.25 * g.square()
    }
    let (real, latents) = (graph.input("real", [4, 2]), graph.input("latents", [4, 2]))
    let fake = generate(latents)
    let game = Game(
      real: real, fake: fake, latents: latents, onReal: respond(real), onFake: respond(fake),
      respond: { x, _ in respond(x) }, generate: { z, _ in generate(z) },
      secondFake: { (fake, respond(fake)) }, memory: memories.memory(graph))
    return PenaltyInputs(
      game: game, stream: stream, critic: { respond($0).output },
      weights: Array(weights.suffix(3)),
      field: {
        // The Wasserstein game, each player's gradient by its own weights.
        let (r, f) = (game.onReal.output.mean(), game.onFake.output.mean())
        return gradients(of: -f, by: [weights[3]]) + gradients(of: f - r, by: Array(weights[..<2]))
      }, memory: memories.memory(graph, "penalty"))
  }

  static func generated(_ z: [Double]) -> [Double] {
    (0..<2).map { (d: Int) -> Double in
      let g = z[0] * generator[d] + z[1] * generator[2 + d]
      return g + g * g / 4
    }
  }

  static let fake = latents.map(generated)

  static func noise(_ name: String) -> Rows { noise.first { $0.name == name }?.values ?? [] }
}

/// Terms of penalties that are not of slopes alone, without their weights, in plain numbers.
enum PlainPenalties {
  /// The penalties that this has a formula of.
  static let names = [
    "drift", "lecam", "cr", "bcr", "zcr", "l2", "orthogonal", "consensus", "sobolev",
    "fisher",
  ]

  /// The terms of the player that the penalty is given to and of the other one.
  static func terms(
    _ name: String, _ arguments: Arguments
  ) throws -> (own: [Double], other: [Double]) {
    switch name {
    case "drift": ([mean(scores(PlainGame.real).map { $0 * $0 })], [])
    case "lecam": ([leCam(decay: arguments.real("decay"))], [])
    case "cr": ([try inconsistency(arguments, PlainGame.real, "real")], [])
    case "bcr":
      (
        [
          try inconsistency(arguments, PlainGame.real, "real"),
          try inconsistency(arguments, PenaltyWorld.fake, "fake"),
        ], []
      )
    case "zcr": latentConsistency(deviation: arguments.real("deviation"))
    case "l2": ([PenaltyWorld.matrices.reduce(0) { $0 + inner($1.values, $1.values) / 2 }], [])
    case "orthogonal":
      ([PenaltyWorld.matrices.reduce(0) { $0 + crossTerms($1.shape, $1.values) }], [])
    case "consensus": ([fieldEnergy()], [fieldEnergy()])
    case "sobolev": ([sobolev(rho: arguments.real("rho"))], [])
    case "fisher":
      {
        let moment = mean((scores(PlainGame.real) + scores(PenaltyWorld.fake)).map { $0 * $0 })
        return ([0.7 * (moment - 1) + arguments.real("rho") / 2 * pow(moment - 1, 2)], [])
      }()
    default: throw UnknownEntry(name: name)
    }
  }

  private static let critic = SmallCritic(form: .score)

  private static func scores(_ samples: Rows) -> [Double] {
    samples.map { critic.respond($0).score }
  }

  private static func leCam(decay: Double) -> Double {
    let (real, fake) = (scores(PlainGame.real), scores(PenaltyWorld.fake))
    let realAverage = decay * 0.4 + (1 - decay) * mean(real)
    let fakeAverage = decay * -0.3 + (1 - decay) * mean(fake)
    func excess(_ x: Double) -> Double { max(0, x) * max(0, x) }
    return mean(real.map { excess($0 - fakeAverage) }) + mean(fake.map { excess(realAverage - $0) })
  }

  private static func inconsistency(
    _ arguments: Arguments, _ samples: Rows, _ name: String
  ) throws -> Double {
    let (entry, settings) = transformTable.selection(arguments.value("transform"))
    guard entry.description.name == "noise" else {
      throw UnknownEntry(name: entry.description.name)
    }
    let noise = PenaltyWorld.noise("penalty/transform/\(name)")
    let transformed = zip(samples, noise).map { x, noise in
      zip(x, noise).map { $0 + settings.real("deviation") * $1 }
    }
    return mean(zip(scores(samples), scores(transformed)).map { ($0 - $1) * ($0 - $1) })
  }

  private static func latentConsistency(deviation: Double) -> (own: [Double], other: [Double]) {
    func neighbours(_ stream: String) -> Rows {
      zip(PenaltyWorld.latents, PenaltyWorld.noise(stream)).map { z, noise in
        PenaltyWorld.generated(zip(z, noise).map { $0 + deviation * $1 })
      }
    }
    let gaps = zip(scores(PenaltyWorld.fake), scores(neighbours("penalty/latent"))).map { $0 - $1 }
    let distances = zip(PenaltyWorld.fake, neighbours("penalty/generator/latent")).flatMap {
      difference($0, $1)
    }
    return ([mean(gaps.map { $0 * $0 })], [-mean(distances.map { $0 * $0 })])
  }

  /// Σ_{i≠j} ⟨wᵢ, wⱼ⟩² over the rows of a matrix.
  private static func crossTerms(_ shape: [Int], _ values: [Double]) -> Double {
    let rows = (0..<shape[0]).map { Array(values[$0 * shape[1]..<($0 + 1) * shape[1]]) }
    return rows.indices.reduce(0) { sum, i in
      rows.indices.filter { $0 != i }.reduce(sum) { $0 + pow(inner(rows[i], rows[$1]), 2) }
    }
  }

  private static func sobolev(rho: Double) -> Double {
    let excess =
      mean(PlainGame.real.map { critic.respond($0).squaredScoreSlope }) / 2
      + mean(PenaltyWorld.fake.map { critic.respond($0).squaredScoreSlope }) / 2 - 1
    return 0.7 * excess + rho / 2 * excess * excess
  }

  /// ½‖v‖² of the Wasserstein game by differences of its value E D(G(z)) − E D(x) along every weight.
  private static func fieldEnergy() -> Double {
    func value(_ weights: [[Double]]) -> (real: Double, fake: Double) {
      func score(_ x: [Double]) -> Double {
        let features = (0..<3).map { (k: Int) -> Double in
          let a = x[0] * weights[0][k] + x[1] * weights[0][3 + k]
          return a + a * a / 2
        }
        return inner(features, weights[1])
      }
      func sample(_ z: [Double]) -> [Double] {
        (0..<2).map { (d: Int) -> Double in
          let g = z[0] * weights[2][d] + z[1] * weights[2][2 + d]
          return g + g * g / 4
        }
      }
      return (mean(PlainGame.real.map(score)), mean(PenaltyWorld.latents.map { score(sample($0)) }))
    }
    let weights = [SmallCritic.values[0], SmallCritic.values[1], PenaltyWorld.generator]
    var sum = 0.0
    for part in weights.indices {
      for index in weights[part].indices {
        func quotient(_ h: Double) -> Double {
          func loss(_ step: Double) -> Double {
            var moved = weights
            moved[part][index] += step
            let value = value(moved)
            return part == 2 ? -value.fake : value.fake - value.real
          }
          return (loss(h) - loss(-h)) / (2 * h)
        }
        let slope = (4 * quotient(1e-3) - quotient(2e-3)) / 3
        sum += slope * slope / 2
      }
    }
    return sum
  }
}
