import Arrays
import Engine
import Networks

/// Writes down everything that the programs of a training read and give, in PyTorch's layouts.
///
/// The n-th program that is run in generator step t, and what it trains, give the prefix of its arrays' names:
/// `step/<t>/<n>.critic/`, with `input/<name>`, `output/<name>` and `gradient/<state>` behind it.
final class TraceRecorder: StepObserver {
  /// The arrays so far.
  private(set) var entries: [Safetensors.Entry] = []
  /// The bytes of these arrays.
  private(set) var size = 0
  private let precision: Precision
  private var step = 0
  private var runs = 0

  init(_ precision: Precision) { self.precision = precision }

  /// The prefix of the output that is the derivative of a player's objective by a state.
  private static let gradientPrefix = "gradient/"

  /// Adds the derivatives that the optimizers of a program are given to its outputs.
  ///
  /// They are the same nodes of the graph: equal nodes are shared.
  func observed(_ program: Program, of training: TrainingGraph) -> Program {
    var outputs = program.outputs
    for player in Player.allCases {
      let names = training.trainedStates(of: player, in: program)
      guard !names.isEmpty, let objective = program.objective(of: player) else { continue }
      let parameters = names.map { training.graph.state($0.name, $0.shape) }
      let derivatives = gradients(of: objective, by: parameters)
      outputs += zip(names, derivatives).map { (Self.gradientPrefix + $0.name, $1) }
    }
    return Program(program.graph, outputs: outputs, updates: program.updates)
  }

  func willRun(_ execution: any Execution) {
    let program = execution.program
    for (position, input) in program.inputs.enumerated() {
      add("\(prefix(program))input/\(input.name)", input.shape, execution.input(position))
    }
  }

  func didRun(_ execution: any Execution) {
    let program = execution.program
    for (position, output) in program.outputs.enumerated() {
      let isGradient = output.name.hasPrefix(Self.gradientPrefix)
      let name = (isGradient ? "" : "output/") + output.name
      add(prefix(program) + name, output.tensor.shape, execution.output(position))
    }
    runs += 1
  }

  /// Ends the generator step at hand: what runs next belongs to the next one.
  func endStep() {
    step += 1
    runs = 0
  }

  /// Writes down all states of a moment.
  ///
  /// - Parameter moment: `initial` or `final`.
  func add(_ state: StateTable, moment: String) {
    for entry in state.entries { add("\(moment)/\(entry.name)", entry.shape, state[entry.name]) }
  }

  private func prefix(_ program: Program) -> String {
    let players = program.players.map(\.rawValue)
    let name = players.isEmpty ? "other" : players.joined(separator: "+")
    return "step/\(step)/\(runs).\(name)/"
  }

  private func add(_ name: String, _ shape: [Int], _ elements: [Double]) {
    entries.append(Safetensors.Entry(portable: name, shape, elements, precision))
    size += elements.count * precision.size
  }
}

extension Program {
  /// The players whose states it changes.
  fileprivate var players: [Player] {
    Player.allCases.filter { player in
      updates.contains { $0.state.hasPrefix("\(player.rawValue).") }
    }
  }

  /// What a player minimizes in this program: its loss and, of the critic, its penalties; nil where the program has no
  /// such outputs.
  fileprivate func objective(of player: Player) -> Tensor? {
    let names = [TrainingGraph.Output.loss, .penalty].map { $0.of(player) }
    let terms = names.compactMap { name in outputs.first { $0.name == name }?.tensor }
    return terms.isEmpty ? nil : terms.dropFirst().reduce(terms[0]) { $0 + $1 }
  }
}

extension TrainingGraph {
  /// The trained states of a player that a program changes.
  fileprivate func trainedStates(
    of player: Player, in program: Program
  ) -> [ConstrainedNetwork.State] {
    trainedStates(of: player).filter { state in
      program.updates.contains { $0.state == state.name }
    }
  }
}
