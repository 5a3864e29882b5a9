extension ReferenceExecution {
  /// Each product of a convolution's image, weight and result element in turn; the one that is asked for takes the
  /// product of the other two.
  func convolution(_ node: Node, _ operands: [[Double]], _ shapes: [[Int]]) -> [Double] {
    var result = [Double](repeating: 0, count: node.count)
    switch node.primitive {
    case .convolution(let window):
      window.forEach(shapes[0], shapes[1], node.shape) { x, w, y in
        result[y] += operands[0][x] * operands[1][w]
      }
    case .convolutionInputGradient(let window):
      window.forEach(node.shape, shapes[1], shapes[0]) { x, w, y in
        result[x] += operands[0][y] * operands[1][w]
      }
    case .convolutionWeightGradient(let window):
      window.forEach(shapes[0], node.shape, shapes[1]) { x, w, y in
        result[w] += operands[0][x] * operands[1][y]
      }
    default: preconditionFailure("\(node.primitive) is no convolution")
    }
    return result
  }

  /// The rows of `table` that `indices` count to.
  func gatherRows(_ table: [Double], _ shape: [Int], _ indices: [Double]) -> [Double] {
    let width = table.count / shape[0]
    return indices.flatMap { index in
      index.row(below: shape[0]).map { Array(table[$0 * width..<($0 + 1) * width]) }
        ?? [Double](repeating: 0, count: width)
    }
  }

  /// The sums of the rows that count to the same row of a result of `shape`.
  func scatterRows(_ rows: [Double], _ indices: [Double], _ shape: [Int]) -> [Double] {
    let width = shape.dropFirst().reduce(1, *)
    var result = [Double](repeating: 0, count: shape[0] * width)
    for (position, index) in indices.enumerated() {
      guard let row = index.row(below: shape[0]) else { continue }
      for column in 0..<width { result[row * width + column] += rows[position * width + column] }
    }
    return result
  }
}

extension Double {
  /// The row that a number counts to; nil where there is none.
  fileprivate func row(below count: Int) -> Int? {
    self >= 0 && self < Double(count) ? Int(self) : nil
  }
}

extension Lattice {
  /// The flat positions in an array of shape `whole` of all indices of `part`, in row-major order.
  func positions(_ part: [Int], in whole: [Int]) -> [Int] {
    let (own, target) = (rowMajorStrides(part), rowMajorStrides(whole))
    return (0..<part.reduce(1, *)).map { flat in
      part.indices.reduce(0) { sum, axis in
        sum + (start[axis] + flat / own[axis] % part[axis] * step[axis]) * target[axis]
      }
    }
  }
}

extension Window {
  /// Calls `body` with the flat positions of image, weight and result elements that belong together.
  fileprivate func forEach(
    _ x: [Int], _ w: [Int], _ y: [Int], _ body: (_ x: Int, _ w: Int, _ y: Int) -> Void
  ) {
    for image in 0..<y[0] {
      for (i, j) in product(y[1], y[2]) {
        for (a, b) in product(w[1], w[2]) {
          let (row, column) = (i * strideY + a - top, j * strideX + b - left)
          guard (0..<x[1]).contains(row), (0..<x[2]).contains(column) else { continue }
          let pixel = ((image * x[1] + row) * x[2] + column) * x[3]
          let result = ((image * y[1] + i) * y[2] + j) * y[3]
          for output in 0..<w[0] {
            let tap = ((output * w[1] + a) * w[2] + b) * w[3]
            for channel in 0..<w[3] { body(pixel + channel, tap + channel, result + output) }
          }
        }
      }
    }
  }
}

/// All pairs of indices below `rows` and `columns`, in row-major order.
private func product(_ rows: Int, _ columns: Int) -> [(Int, Int)] {
  (0..<rows * columns).map { ($0 / columns, $0 % columns) }
}
