import Engine

/// The new values of states that a step's forward passes have asked for: running statistics, power-iteration vectors.
///
/// A second pass over the same layer continues from the first one's value.
public final class PendingUpdates {
  /// The updates in the order in which they were first asked for.
  public private(set) var updates: [(state: String, tensor: Tensor)] = []

  /// No updates yet.
  public init() {}

  /// The value that a state has after the updates so far, or nil where there is none.
  public subscript(state: String) -> Tensor? {
    get { updates.first { $0.state == state }?.tensor }
    set {
      guard let newValue else { return }
      if let position = updates.firstIndex(where: { $0.state == state }) {
        updates[position].tensor = newValue
      } else {
        updates.append((state, newValue))
      }
    }
  }
}

/// How a network is applied: with which states, in which mode, under which name its random numbers are drawn.
public struct ForwardPass {
  /// Whether normalizers and dropout train or evaluate.
  public enum Mode: Sendable {
    /// Batch statistics, dropout active.
    case training
    /// Running statistics, dropout off.
    case evaluation
  }

  /// The prefix of the states that are read: the network's name, or `average.` and its name.
  public let states: String
  /// The mode of normalizers and dropout.
  public let mode: Mode
  /// The name of the pass, which keeps its random numbers apart: `real`, `fake`, `penalty`, `generator`.
  public let name: String
  /// Where running statistics go; nil for a pass that leaves them alone.
  public let pending: PendingUpdates?
  /// What a layer computes with in place of a weight, outputs on the first axis: the weight itself, or a normalized one.
  public let weight: (_ name: String, Tensor) -> Tensor
  /// The reference batch where it arrives at the layer; nil in a network without one, and for that batch itself.
  var reference: Tensor?

  /// Describes a pass.
  public init(
    states: String, mode: Mode, name: String, pending: PendingUpdates? = nil,
    weight: @escaping (_ name: String, Tensor) -> Tensor = { $1 }
  ) {
    self.states = states
    self.mode = mode
    self.name = name
    self.pending = pending
    self.weight = weight
  }

  /// The pass of the reference batch, which goes alongside: no dropout, no statistics of its own.
  var ofReference: ForwardPass {
    ForwardPass(states: states, mode: .evaluation, name: "reference", weight: weight)
  }
}
