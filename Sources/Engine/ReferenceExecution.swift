/// Runs a program in Float64, node after node, in loops that are obviously right.
final class ReferenceExecution: Execution {
  let program: Program
  private let state: StateTable
  private var inputs: [[Double]]
  private var staging: [[Float]]
  private var values: [[Double]]

  init(_ program: Program, state: StateTable) {
    precondition(state.precision == .float64, "the reference executor computes in Float64")
    self.program = program
    self.state = state
    inputs = program.inputs.map { Array(repeating: 0, count: $0.shape.reduce(1, *)) }
    staging = inputs.map { Array(repeating: 0, count: $0.count) }
    values = Array(repeating: [], count: program.graph.nodes.count)
  }

  func fillInput(_ position: Int, _ body: (UnsafeMutableBufferPointer<Float>) -> Void) {
    staging[position].withUnsafeMutableBufferPointer { body($0) }
    inputs[position] = staging[position].map(Double.init)
  }

  func setInput(_ name: String, _ values: [Double]) {
    guard let position = inputPosition(name) else { return }
    precondition(values.count == inputs[position].count, "\(values.count) values for '\(name)'")
    inputs[position] = values
  }

  func setScalar(_ position: Int, _ value: Double) { inputs[position] = [value] }

  func input(_ position: Int) -> [Double] { inputs[position] }

  func run() {
    for index in program.nodes { values[index] = evaluate(program.graph.nodes[index]) }
    for update in program.updates { state[update.state] = values[update.tensor.index] }
  }

  func output(_ position: Int) -> [Double] {
    values[program.outputs[position].tensor.index]
  }

  func scalar(_ position: Int) -> Double { output(position)[0] }

  private func evaluate(_ node: Node) -> [Double] {
    let operands = node.operands.map { values[$0] }
    let shapes = node.operands.map { program.graph.nodes[$0].shape }
    switch node.primitive {
    case .input(let name): return inputPosition(name).map { inputs[$0] } ?? []
    case .state(let name): return state[name]
    case .constant(let value): return Array(repeating: value, count: node.count)
    case .unary(let operation): return operands[0].map(operation.evaluate)
    case .binary(let operation): return zip(operands[0], operands[1]).map(operation.evaluate)
    case .select: return operands[0].indices.map { operands[operands[0][$0] != 0 ? 1 : 2][$0] }
    case .reshape, .stopGradient: return operands[0]
    case .broadcast:
      let strides = zip(shapes[0], rowMajorStrides(shapes[0])).map { $0 == 1 ? 0 : $1 }
      return gather(operands[0], strides, node.shape)
    case .permute(let axes):
      let strides = rowMajorStrides(shapes[0])
      return gather(operands[0], axes.map { strides[$0] }, node.shape)
    case .reduce(let reduction, let axes):
      return reduce(reduction, operands[0], shapes[0], axes)
    case .product(let left, let right):
      return product(operands[0], shapes[0], left, operands[1], shapes[1], right)
    case .slice(let lattice):
      return lattice.positions(node.shape, in: shapes[0]).map { operands[0][$0] }
    case .pad(let lattice):
      var result = [Double](repeating: 0, count: node.count)
      for (value, position) in zip(operands[0], lattice.positions(shapes[0], in: node.shape)) {
        result[position] = value
      }
      return result
    case .gather: return gatherRows(operands[0], shapes[0], operands[1])
    case .scatter: return scatterRows(operands[0], operands[1], node.shape)
    case .convolution, .convolutionInputGradient, .convolutionWeightGradient:
      return convolution(node, operands, shapes)
    }
  }

  /// result[x] = source at Σ x[d]·strides[d].
  private func gather(_ source: [Double], _ strides: [Int], _ shape: [Int]) -> [Double] {
    let own = rowMajorStrides(shape)
    return (0..<shape.reduce(1, *)).map { flat in
      var offset = 0
      for axis in shape.indices { offset += flat / own[axis] % shape[axis] * strides[axis] }
      return source[offset]
    }
  }

  private func reduce(
    _ reduction: Reduction, _ source: [Double], _ shape: [Int], _ axes: Range<Int>
  ) -> [Double] {
    let outer = shape[..<axes.lowerBound].reduce(1, *)
    let reduced = shape[axes].reduce(1, *)
    let inner = shape[axes.upperBound...].reduce(1, *)
    return (0..<outer * inner).map { index in
      let start = index / inner * reduced * inner + index % inner
      var result = source[start]
      for position in 1..<max(reduced, 1) {
        let next = source[start + position * inner]
        switch reduction {
        case .sum: result += next
        case .maximum: result = BinaryOperation.maximum.evaluate(result, next)
        }
      }
      return result
    }
  }

  private func product(
    _ a: [Double], _ aShape: [Int], _ left: Bool, _ b: [Double], _ bShape: [Int], _ right: Bool
  ) -> [Double] {
    let (rows, depth) = left ? (aShape[1], aShape[0]) : (aShape[0], aShape[1])
    let columns = right ? bShape[0] : bShape[1]
    var result = [Double](repeating: 0, count: rows * columns)
    for i in 0..<rows {
      for j in 0..<columns {
        var sum = 0.0
        for p in 0..<depth {
          let x = left ? a[p * rows + i] : a[i * depth + p]
          let y = right ? b[j * depth + p] : b[p * columns + j]
          sum += x * y
        }
        result[i * columns + j] = sum
      }
    }
    return result
  }
}

/// The distance in memory between neighbours along each axis of a dense array.
func rowMajorStrides(_ shape: [Int]) -> [Int] {
  var strides = [Int](repeating: 1, count: shape.count)
  for axis in shape.indices.dropLast().reversed() {
    strides[axis] = strides[axis + 1] * shape[axis + 1]
  }
  return strides
}
