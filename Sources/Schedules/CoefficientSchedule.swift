import Engine

/// A number over training: its value before each generator step.
public struct CoefficientSchedule: Sendable {
  /// The values between which it moves, in order; one alone for a constant.
  public let levels: [Double]
  private let value: @Sendable (_ progress: Double) -> Double

  /// A number that stays.
  public init(constant: Double) { self.init(levels: [constant]) { _ in constant } }

  /// The schedule times a number.
  public static func * (schedule: CoefficientSchedule, factor: Double) -> CoefficientSchedule {
    CoefficientSchedule(levels: schedule.levels.map { $0 * factor }) {
      schedule.value($0) * factor
    }
  }

  /// A number that moves.
  ///
  /// - Parameters:
  ///   - levels: the values between which it moves.
  ///   - value: from the part of training that is over, in [0, 1), to the value.
  init(levels: [Double], value: @escaping @Sendable (_ progress: Double) -> Double) {
    self.levels = levels
    self.value = value
  }

  /// The value throughout, or nil where it changes.
  public var constant: Double? { levels.allSatisfy { $0 == levels[0] } ? levels[0] : nil }

  /// The value in generator step `step`, from 0, of `steps`.
  public func callAsFunction(_ step: Int, of steps: Int) -> Double {
    value(Double(step) / Double(max(steps, 1)))
  }
}

/// A coefficient as a graph sees it: a number that is known when the graph is built, or a scalar input.
public enum Coefficient: Sendable {
  /// A constant of the graph.
  case constant(Double)
  /// The input of this name, which has a value before each run.
  case input(String)

  /// A constant where the schedule is one, else the input that is named after the setting's key.
  public init(_ schedule: CoefficientSchedule, key: String) {
    self = schedule.constant.map(Coefficient.constant) ?? .input(Self.inputName(key))
  }

  /// The name of the input that carries the coefficient with this key.
  public static func inputName(_ key: String) -> String { "coefficient/\(key)" }

  /// The scalar in a graph.
  public func tensor(in graph: Graph) -> Tensor {
    switch self {
    case .constant(let value): graph.constant(value)
    case .input(let name): graph.input(name, [])
    }
  }

  /// The coefficient times each element.
  public static func * (coefficient: Coefficient, tensor: Tensor) -> Tensor {
    coefficient.tensor(in: tensor.graph) * tensor
  }

  /// One less the coefficient.
  public func complement(in graph: Graph) -> Tensor {
    switch self {
    case .constant(let value): graph.constant(1 - value)
    case .input(let name): 1 - graph.input(name, [])
    }
  }
}
