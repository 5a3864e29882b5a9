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
}
