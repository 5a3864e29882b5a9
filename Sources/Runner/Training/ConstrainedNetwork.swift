import Arrays
import Catalog
import Engine
import Networks
import Objectives

/// A player's network and the rule on its weights.
struct ConstrainedNetwork {
  /// A state of the network or of its constraint.
  struct State {
    /// The full name.
    let name: String
    let shape: [Int]
    /// Whether an optimizer trains it.
    let isTrained: Bool
  }

  let player: Player
  let network: Network
  private let constraint: Constraint
  private let arguments: Arguments

  /// - Parameter constraint: a complete entry of `constraintTable`.
  init(_ player: Player, _ network: Network, constraint: Value) {
    self.player = player
    self.network = network
    let (entry, arguments) = constraintTable.selection(constraint)
    (self.constraint, self.arguments) = (entry.body, arguments)
  }

  /// All states in the order of declaration: the network's, then those that its weights bring with them.
  var states: [State] {
    let own = network.states.map {
      State(name: $0.name, shape: $0.state.shape, isTrained: $0.state.isTrained)
    }
    return own
      + constraintStates.map {
        State(name: $0.name, shape: [$0.form.outputs], isTrained: $0.start == .norms)
      }
  }

  /// A state of the constraint, with the weight that it belongs to.
  private typealias Companion = (
    name: String, weight: String, form: WeightForm, start: Constraint.State.Start
  )

  private var constraintStates: [Companion] {
    network.states.flatMap { name, state -> [Companion] in
      guard let form = state.weightForm else { return [] }
      return constraint.states.map { (name + $0.suffix, name, form, $0.start) }
    }
  }

  /// The name of the state that holds the batch of inputs which virtual batch normalization refers to, and the number of
  /// its samples; nil without one.
  var reference: (state: String, count: Int)? {
    network.states.first { $0.state.role == .reference }.map { ($0.name, $0.state.shape[0]) }
  }

  /// The weights in a graph as matrices `[outputs, inputs]`, as they are before constraints.
  func weights(in graph: Graph) -> [Tensor] {
    network.states.compactMap { name, state in
      state.weightForm?.matrix(graph.state(name, state.shape))
    }
  }

  /// The values that the states have before the first step, without the reference batch.
  ///
  /// - Parameter given: values by the names of states, in the place of drawn ones.
  func initialValues(
    seed: UInt64, given: [String: [Double]]
  ) -> [(name: String, values: [Double])] {
    let own = network.initialValues(seed: seed).map {
      (name: $0.name, values: given[$0.name] ?? $0.values)
    }
    return own
      + constraintStates.map { name, weight, form, start in
        if let values = given[name] { return (name, values) }
        switch start {
        case .direction:
          let stream = RandomStream(seed: seed, name: network.initialStream(of: name))
          return (name, Self.unitVector(form.outputs, stream))
        case .norms:
          let values = own.first { $0.name == weight }?.values ?? []
          return (name, Self.norms(form.matrix(values), rows: form.outputs))
        }
      }
  }

  /// A random direction.
  private static func unitVector(_ count: Int, _ stream: RandomStream) -> [Double] {
    let numbers = stream.normal(count).map(Double.init)
    let norm = numbers.reduce(0) { $0 + $1 * $1 }.squareRoot()
    return numbers.map { $0 / norm }
  }

  /// The Euclidean norm of each row of a matrix.
  private static func norms(_ matrix: [Double], rows: Int) -> [Double] {
    let columns = matrix.count / rows
    return (0..<rows).map { row in
      matrix[row * columns..<(row + 1) * columns].reduce(0) { $0 + $1 * $1 }.squareRoot()
    }
  }

  /// What becomes of a parameter after each optimizer step.
  func projected(_ parameter: Tensor) -> Tensor {
    guard let project = constraint.project else { return parameter }
    return project(parameter, arguments, "\(player.rawValue).constraint")
  }

  /// The network as a function in one step: its passes share normalized weights.
  final class Function {
    private let owner: ConstrainedNetwork
    private let states: String
    private let mode: ForwardPass.Mode
    private let pending: PendingUpdates?
    private var normalized: [String: Tensor] = [:]

    /// - Parameters:
    ///   - states: the prefix of the states that are read; the network's own where nothing is said.
    ///   - pending: where statistics and vectors go; nil in a step that is not the network's.
    init(
      _ owner: ConstrainedNetwork, states: String? = nil, mode: ForwardPass.Mode = .training,
      pending: PendingUpdates?
    ) {
      self.owner = owner
      self.states = states ?? owner.network.name
      self.mode = mode
      self.pending = pending
    }

    /// The outputs on a batch.
    ///
    /// - Parameters:
    ///   - pass: the name of the pass, which keeps its random numbers apart.
    ///   - recordsStatistics: whether running statistics take this batch in.
    func callAsFunction(_ x: Tensor, pass: String, recordsStatistics: Bool = true) -> Tensor {
      owner.network.apply(x, forward(pass, recordsStatistics))
    }

    /// The outputs on a batch with local and global features on the way.
    func withFeatures(
      _ x: Tensor, pass: String, recordsStatistics: Bool
    ) -> (output: Tensor, local: Tensor, global: Tensor) {
      owner.network.applyWithFeatures(x, forward(pass, recordsStatistics))
    }

    private func forward(_ pass: String, _ recordsStatistics: Bool) -> ForwardPass {
      ForwardPass(
        states: states, mode: mode, name: pass, pending: recordsStatistics ? pending : nil,
        weight: weight)
    }

    /// What the passes so far computed with in the place of a weight, outputs on the first axis; nil where it was the
    /// weight itself.
    func normalizedWeight(_ name: String) -> Tensor? { normalized[name] }

    private func weight(_ name: String, _ weight: Tensor) -> Tensor {
      guard let normalize = owner.constraint.normalize else { return weight }
      if let known = normalized[name] { return known }
      let result = normalize(name, weight, owner.arguments)
      for update in result.updates { pending?[update.state] = update.tensor }
      normalized[name] = result.weight
      return result.weight
    }
  }
}
