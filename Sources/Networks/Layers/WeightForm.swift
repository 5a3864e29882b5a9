import Engine

/// How a weight joins inputs to outputs: what initializers and constraints need to know besides its numbers.
public struct WeightForm: Hashable, Sendable {
  /// Rows of the weight as a matrix: output features or channels.
  public let outputs: Int
  /// Columns of the weight as a matrix: input features, or channels times the kernel's positions.
  public let inputs: Int
  /// The number of terms that make up an element of the output, away from edges.
  public let fanIn: Double
  /// The number of elements of the output that an element of the input enters, away from edges.
  public let fanOut: Double
  /// Whether the outputs are the weight's last axis rather than its first, as in a transposed convolution.
  public let hasOutputsLast: Bool

  /// Describes a weight of a given matrix; fans are the extents of the matrix unless they are given.
  public init(
    outputs: Int, inputs: Int, fanIn: Double? = nil, fanOut: Double? = nil,
    hasOutputsLast: Bool = false
  ) {
    self.outputs = outputs
    self.inputs = inputs
    self.fanIn = fanIn ?? Double(inputs)
    self.fanOut = fanOut ?? Double(outputs)
    self.hasOutputsLast = hasOutputsLast
  }

  /// The weight's elements in its own order from those of the matrix `[outputs, inputs]`.
  func arranged(_ matrix: [Double]) -> [Double] {
    guard hasOutputsLast else { return matrix }
    return (0..<inputs).flatMap { input in
      (0..<outputs).map { matrix[$0 * inputs + input] }
    }
  }

  /// The weight as a matrix `[outputs, inputs]`.
  public func matrix(_ weight: Tensor) -> Tensor {
    hasOutputsLast
      ? weight.reshaped([inputs, outputs]).transposed : weight.reshaped([outputs, inputs])
  }

  /// The elements of the matrix `[outputs, inputs]` from those of the weight in its own order.
  public func matrix(_ weight: [Double]) -> [Double] {
    guard hasOutputsLast else { return weight }
    return (0..<outputs).flatMap { output in
      (0..<inputs).map { weight[$0 * outputs + output] }
    }
  }
}
