import Testing

@testable import Engine

/// Sums and maxima against a scalar model of their documented order.
@Suite struct ReductionTests {
  /// A contiguous run: fewer than 16 elements as one chain; else lane l takes elements l, l + 16, …,
  /// and the lanes are joined as a binary tree.
  static func run(_ x: [Float], _ join: (Float, Float) -> Float) -> Float {
    guard x.count >= 16 else { return x.dropFirst().reduce(x[0], join) }
    var lanes = Array(x[..<16])
    for index in 16..<x.count { lanes[index % 16] = join(lanes[index % 16], x[index]) }
    for width in [8, 4, 2, 1] {
      for lane in 0..<width { lanes[lane] = join(lanes[lane], lanes[lane + width]) }
    }
    return lanes[0]
  }

  /// A column: chains over blocks of 128 rows, joined in order.
  static func column(_ x: [Float], _ join: (Float, Float) -> Float) -> Float {
    let blocks = stride(from: 0, to: x.count, by: 128).map { first in
      x[first..<min(first + 128, x.count)].dropFirst().reduce(x[first], join)
    }
    return blocks.dropFirst().reduce(blocks[0], join)
  }

  /// The reduction of consecutive axes.
  static func model(
    _ x: [Float], _ shape: [Int], _ axes: Range<Int>, _ join: (Float, Float) -> Float
  ) -> [Float] {
    let outer = shape[..<axes.lowerBound].reduce(1, *)
    let reduced = shape[axes].reduce(1, *)
    let inner = shape[axes.upperBound...].reduce(1, *)
    return (0..<outer * inner).map { index in
      let start = index / inner * reduced * inner + index % inner
      let terms = (0..<reduced).map { x[start + $0 * inner] }
      return inner == 1 ? run(terms, join) : column(terms, join)
    }
  }

  static func join(_ reduction: Reduction) -> (Float, Float) -> Float {
    switch reduction {
    case .sum: { $0 + $1 }
    case .maximum: { $0 > $1 || $0.isNaN ? $0 : $1 }
    }
  }

  private func check(_ shape: [Int], _ x: [Float]) {
    let graph = Graph()
    let tensor = graph.input("x", shape)
    for reduction in Reduction.allCases {
      for first in shape.indices {
        for end in first + 1...shape.count {
          let expected = Self.model(x, shape, first..<end, Self.join(reduction))
          let result = tensor.reduced(reduction, over: Array(first..<end))
          for kernels in availableKernels {
            let difference = firstDifference(kernels.evaluate([result], [("x", x)])[0], expected)
            #expect(
              difference == nil,
              "\(kernels.name), \(reduction) of \(shape) over \(first)..<\(end)")
          }
        }
      }
    }
  }

  @Test func randomShapes() {
    var numbers = TestNumbers(1)
    let extents = [1, 2, 3, 5, 8, 15, 16, 17, 31, 33]
    for _ in 0..<60 {
      let shape = (0..<3).map { _ in extents[numbers.below(extents.count)] }
      check(shape, numbers.uniform(shape.reduce(1, *), -1, 1).map { Float($0) })
    }
  }

  @Test func longAxes() {
    var numbers = TestNumbers(2)
    for length in [127, 128, 129, 256, 257, 300] {
      for shape in [[length, 2, 3], [2, length, 19], [3, 2, length]] {
        check(shape, numbers.uniform(shape.reduce(1, *), -1, 1).map { Float($0) })
      }
    }
  }

  /// Axes that are not neighbours are reduced one run after another, the last first.
  @Test func separateAxes() {
    var numbers = TestNumbers(3)
    let shape = [140, 3, 21]
    let x = numbers.uniform(shape.reduce(1, *), -1, 1).map { Float($0) }
    let graph = Graph()
    for reduction in Reduction.allCases {
      let result = graph.input("x", shape).reduced(reduction, over: [0, 2])
      let rows = Self.model(x, shape, 2..<3, Self.join(reduction))
      let expected = Self.model(rows, [140, 3], 0..<1, Self.join(reduction))
      for kernels in availableKernels {
        #expect(kernels.evaluate([result], [("x", x)])[0] == expected, "\(kernels.name)")
      }
    }
  }

  /// One NaN at each position in turn reaches the result; infinities and signed zeros do as well.
  @Test func specialValues() {
    for shape in [[1, 1, 37], [1, 37, 18], [1, 131, 5]] {
      let count = shape.reduce(1, *)
      var numbers = TestNumbers(4)
      for special in [Float.nan, .infinity, -.infinity] {
        for _ in 0..<20 {
          var x = numbers.uniform(count, -1, 1).map { Float($0) }
          x[numbers.below(count)] = special
          check(shape, x)
        }
      }
      check(shape, Array(repeating: -0.0, count: count))
    }
  }
}
