import CKernels
import Testing

@testable import Engine

/// The convolution kernels of every instruction set against the reference executor.
@Suite struct ConvolutionTests {
  /// The extents of images, weights and result, and where the windows lie.
  struct Geometry: CustomStringConvertible, Sendable {
    var x: [Int]
    var w: [Int]
    var y: [Int]
    var window: Window

    var description: String { "\(x) * \(w) = \(y), \(window)" }

    /// The three primitives in terms of their operands' and results' shapes.
    var cases: [(primitive: Primitive, operands: [[Int]], result: [Int])] {
      [
        (.convolution(window), [x, w], y),
        (.convolutionInputGradient(window), [y, w], x),
        (.convolutionWeightGradient(window), [x, y], w),
      ]
    }

    /// Small extents, any strides and paddings, some windows that see nothing of the image.
    static func random(_ numbers: inout TestNumbers, channels: Int) -> Geometry {
      func extent(_ largest: Int) -> Int { 1 + numbers.below(largest) }
      let c = extent(channels)
      let o = extent(channels)
      let w = [o, extent(5), extent(5), c]
      let x = [extent(4), extent(9), extent(9), c]
      return Geometry(
        x: x, w: w, y: [x[0], extent(7), extent(7), o],
        window: Window(
          strideY: extent(4), strideX: extent(4), top: numbers.below(w[1] + 2),
          left: numbers.below(w[2] + 2)))
    }

    /// Square images, kernels and results.
    static func square(
      _ count: Int, _ size: Int, _ channels: Int, to result: Int, _ features: Int, kernel: Int,
      stride: Int, padding: Int
    ) -> Geometry {
      Geometry(
        x: [count, size, size, channels], w: [features, kernel, kernel, channels],
        y: [count, result, result, features], window: Window(stride: stride, padding: padding))
    }
  }

  private func check(_ geometry: Geometry, _ numbers: inout TestNumbers) {
    for (primitive, shapes, shape) in geometry.cases {
      let graph = Graph()
      let operands = shapes.enumerated().map { graph.input("\($0)", $1) }
      let result = graph.apply(primitive, operands, shape: shape)
      let values = operands.map { numbers.uniform($0.count, -1, 1).map { Float($0) } }
      let inputs = values.enumerated().map { ("\($0)", $1) }
      let expected = ScalarFunction(graph, [result])(
        inputs.map { ($0.0, $0.1.map(Double.init)) })[0]
      let scale = expected.map(abs).max() ?? 0
      var first: [Float]?
      for kernels in availableKernels {
        let found = kernels.evaluate([result], inputs)[0]
        let error = zip(found, expected).map { abs(Double($0) - $1) }.max() ?? .infinity
        #expect(
          found.allSatisfy(\.isFinite) && error <= 1e-5 * (1 + scale),
          "\(kernels.name), \(primitive), \(geometry)")
        #expect(
          firstDifference(found, first ?? found) == nil,
          "bits of \(kernels.name), \(primitive), \(geometry)")
        first = first ?? found
      }
    }
  }

  @Test(arguments: 0..<60)
  func randomGeometries(_ seed: Int) {
    var numbers = TestNumbers(seed)
    for _ in 0..<4 { check(.random(&numbers, channels: 6), &numbers) }
    check(.random(&numbers, channels: 70), &numbers)
  }

  static let chosen: [Geometry] = [
    // One pixel; one window; windows that overlap the image not at all.
    .square(3, 1, 7, to: 1, 5, kernel: 1, stride: 1, padding: 0),
    .square(2, 1, 6, to: 3, 5, kernel: 3, stride: 1, padding: 2),
    .square(2, 2, 5, to: 6, 6, kernel: 2, stride: 2, padding: 5),
    .square(5, 4, 30, to: 1, 9, kernel: 4, stride: 1, padding: 0),
    // Strides that leave pixels out.
    .square(2, 9, 6, to: 3, 5, kernel: 2, stride: 4, padding: 1),
    // Sums of several blocks of 512 terms, several of them at once, and many results.
    .square(3, 4, 130, to: 2, 40, kernel: 4, stride: 2, padding: 1),
    .square(2, 3, 300, to: 3, 20, kernel: 4, stride: 1, padding: 2),
    .square(2, 4, 9, to: 2, 290, kernel: 4, stride: 2, padding: 1),
    .square(2, 4, 290, to: 2, 9, kernel: 4, stride: 2, padding: 1),
    .square(9, 10, 17, to: 10, 33, kernel: 3, stride: 1, padding: 1),
    // Whole panels of channels, some windows outside of the image.
    .square(140, 4, 32, to: 2, 40, kernel: 4, stride: 2, padding: 1),
    .square(40, 4, 64, to: 4, 9, kernel: 3, stride: 1, padding: 1),
    .square(2, 2, 32, to: 6, 6, kernel: 2, stride: 2, padding: 5),
    // Few channels on either side.
    .square(3, 32, 1, to: 16, 32, kernel: 4, stride: 2, padding: 1),
    .square(2, 32, 32, to: 32, 3, kernel: 3, stride: 1, padding: 1),
    .square(2, 20, 33, to: 18, 1, kernel: 3, stride: 1, padding: 0),
    .square(2, 7, 2, to: 7, 2, kernel: 5, stride: 1, padding: 2),
    .square(2, 9, 600, to: 9, 2, kernel: 3, stride: 1, padding: 1),
    .square(2, 3, 3, to: 2, 600, kernel: 4, stride: 2, padding: 1),
    .square(2, 12, 5, to: 2, 3, kernel: 11, stride: 1, padding: 0),
  ]

  @Test(arguments: chosen)
  func chosenGeometries(_ geometry: Geometry) {
    var numbers = TestNumbers(5)
    check(geometry, &numbers)
  }

  /// What the contract says, for results of more than four channels: padding is left out, terms are taken in
  /// ascending order of the element's place in window, kernel or batch, and sums of 512 places are added in order.
  @Test(arguments: 0..<20)
  func sumsAreChains(_ seed: Int) {
    var numbers = TestNumbers(seed + 500)
    var geometry = Geometry.random(&numbers, channels: 60)
    for axis in [0, 3] { geometry.w[axis] += 4 }
    geometry.x[3] = geometry.w[3]
    geometry.y[3] = geometry.w[0]
    for (primitive, shapes, shape) in geometry.cases {
      let graph = Graph()
      let operands = shapes.enumerated().map { graph.input("\($0)", $1) }
      let values = operands.map { numbers.uniform($0.count, -1, 1).map { Float($0) } }
      let expected = geometry.chains(primitive, values)
      let result = graph.apply(primitive, operands, shape: shape)
      for kernels in availableKernels {
        let found = kernels.evaluate([result], values.enumerated().map { ("\($0)", $1) })[0]
        #expect(
          firstDifference(found, expected) == nil, "\(kernels.name), \(primitive), \(geometry)")
      }
    }
  }

  static let batches: [Geometry] = [
    .square(7, 8, 24, to: 4, 40, kernel: 4, stride: 2, padding: 1),
    .square(7, 9, 2, to: 9, 3, kernel: 3, stride: 1, padding: 1),
    .square(30, 4, 20, to: 4, 4, kernel: 3, stride: 1, padding: 1),
  ]

  /// An image has the same result wherever in whatever batch it is.
  @Test(arguments: batches)
  func resultsDoNotDependOnTheBatch(_ geometry: Geometry) {
    var numbers = TestNumbers(6)
    for (primitive, shapes, shape) in geometry.cases.dropLast() {
      let image = numbers.uniform(shapes[0].dropFirst().reduce(1, *), -1, 1).map { Float($0) }
      let weights = numbers.uniform(shapes[1].reduce(1, *), -1, 1).map { Float($0) }
      for kernels in availableKernels {
        func result(of count: Int) -> [Float] {
          let graph = Graph()
          let operands = [
            graph.input("x", [count] + shapes[0].dropFirst()), graph.input("w", shapes[1]),
          ]
          let images = (0..<count).flatMap { _ in image }
          return kernels.evaluate(
            [graph.apply(primitive, operands, shape: [count] + shape.dropFirst())],
            [("x", images), ("w", weights)])[0]
        }
        let alone = result(of: 1)
        let together = result(of: shapes[0][0])
        for position in 0..<shapes[0][0] {
          let part = Array(together[position * alone.count..<(position + 1) * alone.count])
          #expect(
            firstDifference(part, alone) == nil, "\(kernels.name), \(primitive), image \(position)")
        }
      }
    }
  }

  /// The workspace holds NaN before, and what surrounds the result is as it was.
  @Test func kernelsKeepToTheirMemory() {
    let counts = [3 * 6 * 6 * 5, 7 * 4 * 4 * 5, 3 * 3 * 3 * 7]
    let kinds = [
      SADDLE_STEP_CONVOLUTION_INPUT_GRADIENT, SADDLE_STEP_CONVOLUTION_WEIGHT_GRADIENT,
      SADDLE_STEP_CONVOLUTION,
    ]
    let starts = [40, 80 + counts[0], 120 + counts[0] + counts[1]]
    for kernels in availableKernels {
      for (written, kind) in kinds.enumerated() {
        var memory = [Float](repeating: -77, count: starts[2] + counts[2] + 40)
        for array in 0..<3 where array != written {
          for position in 0..<counts[array] { memory[starts[array] + position] = 0.5 }
        }
        let before = memory
        memory.withUnsafeMutableBufferPointer { memory in
          let arrays = starts.map { start in memory.baseAddress.map { $0 + start } }
          var descriptor = saddle_convolution(
            images: arrays[0], weights: arrays[1], results: arrays[2], count: 3, height: 6,
            width: 6, channels: 5, kernel_rows: 4, kernel_columns: 4, rows: 3, columns: 3,
            features: 7, stride_y: 2, stride_x: 2, top: 1, left: 1, epilogue: saddle_epilogue())
          kernels.run(kind, &descriptor)
        }
        let result = starts[written]..<starts[written] + counts[written]
        for position in memory.indices {
          let isRight =
            result.contains(position)
            ? memory[position].isFinite && memory[position] > 0
            : memory[position] == before[position]
          #expect(isRight, "\(kernels.name), kind \(kind.rawValue), position \(position)")
        }
      }
    }
  }
}

extension ConvolutionTests.Geometry {
  /// The elements of the result as chains of fused multiply-adds per block of 512 places.
  fileprivate func chains(_ primitive: Primitive, _ operands: [[Float]]) -> [Float] {
    switch primitive {
    case .convolution:
      return everyIndex(y).map { chain(windowTerms($0), operands[0], operands[1]) }
    case .convolutionInputGradient:
      return everyIndex(x).map { chain(pixelTerms($0), operands[0], operands[1]) }
    default:
      return everyIndex(w).map { chain(weightTerms($0), operands[0], operands[1]) }
    }
  }

  /// A term of an element of the result: its place in the contraction and where its factors are.
  private typealias Term = (place: Int, left: Int, right: Int)

  private func chain(_ terms: [Term], _ left: [Float], _ right: [Float]) -> Float {
    var sums: [(block: Int, sum: Float)] = [(0, 0)]
    for term in terms {
      if sums[sums.count - 1].block != term.place / 512 { sums.append((term.place / 512, 0)) }
      sums[sums.count - 1].sum.addProduct(left[term.left], right[term.right])
    }
    return sums.dropFirst().reduce(sums[0].sum) { $0 + $1.sum }
  }

  /// y[n, i, j, o] over kernel rows, columns and channels.
  private func windowTerms(_ index: [Int]) -> [Term] {
    everyIndex(Array(w[1...])).enumerated().compactMap { place, tap in
      pixel(index, tap[0], tap[1]).map {
        (place, $0 + tap[2], flat([index[3], tap[0], tap[1], tap[2]], w))
      }
    }
  }

  /// dx[n, h, w, c] over the windows that have the pixel at some place of the kernel, inside of the grid of windows
  /// or not, and their results.
  private func pixelTerms(_ index: [Int]) -> [Term] {
    func windows(_ position: Int, _ kernel: Int, _ stride: Int) -> [Int] {
      (-20...20).filter { (0..<kernel).contains(position - $0 * stride) }
    }
    let (row, column) = (index[1] + window.top, index[2] + window.left)
    var terms: [Term] = []
    var place = 0
    for i in windows(row, w[1], window.strideY) {
      for j in windows(column, w[2], window.strideX) {
        for o in 0..<y[3] {
          if (0..<y[1]).contains(i), (0..<y[2]).contains(j) {
            let tap = [o, row - i * window.strideY, column - j * window.strideX, index[3]]
            terms.append((place, flat([index[0], i, j, o], y), flat(tap, w)))
          }
          place += 1
        }
      }
    }
    return terms
  }

  /// dw[o, a, b, c] over windows.
  private func weightTerms(_ index: [Int]) -> [Term] {
    everyIndex(Array(y[..<3])).enumerated().compactMap { place, position in
      pixel(position, index[1], index[2]).map {
        (place, $0 + index[3], flat(position + [index[0]], y))
      }
    }
  }

  /// The pixel that position (a, b) of the kernel meets in a window, if there is one.
  private func pixel(_ position: [Int], _ a: Int, _ b: Int) -> Int? {
    let row = position[1] * window.strideY + a - window.top
    let column = position[2] * window.strideX + b - window.left
    guard (0..<x[1]).contains(row), (0..<x[2]).contains(column) else { return nil }
    return flat([position[0], row, column, 0], x)
  }

  private func flat(_ index: [Int], _ shape: [Int]) -> Int {
    zip(index, shape).reduce(0) { $0 * $1.1 + $1.0 }
  }

  /// All indices of an array, in row-major order.
  private func everyIndex(_ shape: [Int]) -> [[Int]] {
    shape.reduce([[]]) { indices, extent in
      indices.flatMap { index in (0..<extent).map { index + [$0] } }
    }
  }
}
