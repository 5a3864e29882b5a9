import Catalog
import Testing

@testable import Engine
@testable import Networks

/// Every layer that a file can list: shapes, derivatives up to second order, values where another definition is simple.
@Suite struct LayerTableTests {
  static let names = layerTable.entries.map(\.description.name)

  /// The layer with the settings that a file must give, others as given.
  static func layer(
    _ name: String, _ shape: [Int], _ members: ValueMap = [:]
  ) throws -> (any Layer)? {
    let required: ValueMap =
      switch name {
      case "linear": ["outputs": .integer(3)]
      case "conv", "conv-transposed": ["channels": .integer(3)]
      case "reshape": ["shape": .list([8, 2, 2].map { .integer($0) })]
      case "group": ["groups": .integer(1)]
      case "virtual-batch": ["samples": .integer(2)]
      default: [:]
      }
    let arguments = layerTable.arguments(name, required.merging(members) { _, new in new })
    return try #require(layerTable[name]).body(shape, arguments)
  }

  private static func pass() -> ForwardPass {
    ForwardPass(states: "net", mode: .evaluation, name: "real")
  }

  @Test(arguments: names) func derivativesAndShapes(_ name: String) throws {
    let shape = [4, 4, 2]
    guard let layer = try Self.layer(name, shape) else { return }
    let error = gradientError([[2] + shape], lower: 0.3, upper: 2) {
      let y = layer.apply($0[0], name: "net.0", Self.pass())
      #expect(Array(y.shape.dropFirst()) == layer.outputShape(of: shape))
      return y.tanh()
    }
    #expect(error < 1e-8)
  }

  /// Kernels, strides and paddings, on maps and on vectors.
  @Test(arguments: ["conv", "conv-transposed"])
  func convolutionsOfAllForms(_ name: String) throws {
    for shape in [[5, 4, 2], [3]] {
      for (kernel, stride, padding, extra) in [
        (3, 1, 1, 0), (4, 2, 1, 0), (5, 2, 2, 1), (1, 1, 0, 0),
      ]
      where shape.count == 3 || padding == 0 || (name == "conv" && kernel == 3) {
        var members: ValueMap = [
          "kernel": .integer(kernel), "stride": .integer(stride), "padding": .integer(padding),
          "bias": .boolean(stride == 1),
        ]
        if name == "conv-transposed" { members["outputPadding"] = .integer(extra) }
        let layer = try #require(try Self.layer(name, shape, members))
        let error = gradientError([[2] + shape]) {
          let y = layer.apply($0[0], name: "net.0", Self.pass())
          #expect(Array(y.shape.dropFirst()) == layer.outputShape(of: shape))
          return y.tanh()
        }
        #expect(error < 1e-8, "\(shape) \(kernel) \(stride) \(padding)")
        #expect(layer.states.count == (stride == 1 ? 2 : 1))
      }
    }
  }

  /// A transposed convolution is the derivative of the convolution with the same weights by its images.
  @Test func transposeOfTheConvolution() throws {
    let graph = Graph()
    let small = graph.input("small", [2, 3, 3, 2])
    let large = graph.input("large", [2, 6, 6, 4])
    let form = ConvolutionForm(4, stride: 2, padding: 1)
    let up = TransposedConvolution([3, 3, 2], channels: 4, form, hasBias: false)
    let down = Convolution([6, 6, 4], channels: 2, form, hasBias: false)
    #expect(
      up.outputShape(of: [3, 3, 2]) == [6, 6, 4] && down.outputShape(of: [6, 6, 4]) == [3, 3, 2])
    let a = (up.apply(small, name: "net.0", Self.pass()) * large).sum()
    let b = (down.apply(large, name: "net.0", Self.pass()) * small).sum()
    var numbers = TestNumbers(1)
    let values = ScalarFunction(graph, [a, b])([
      ("small", numbers.uniform(36, -1, 1)), ("large", numbers.uniform(288, -1, 1)),
      ("net.0.weight", numbers.uniform(128, -1, 1)),
    ])
    #expect(abs(values[0][0] - values[1][0]) < 1e-12)
  }

  /// What a constraint sees of a transposed convolution has the outputs first.
  @Test func constraintsSeeOutputsFirst() {
    let graph = Graph()
    var shapes: [[Int]] = []
    let pass = ForwardPass(states: "net", mode: .training, name: "real") { _, weight in
      shapes.append(weight.shape)
      return weight * 2
    }
    let form = ConvolutionForm(2, stride: 2)
    let up = TransposedConvolution([1, 2, 3], channels: 5, form, hasBias: false)
    let y = up.apply(graph.input("x", [1, 1, 2, 3]), name: "net.0", pass)
    let plain = up.apply(graph.input("x", [1, 1, 2, 3]), name: "net.0", Self.pass())
    _ = Convolution([2, 4, 3], channels: 5, form).apply(
      graph.input("z", [1, 2, 4, 3]), name: "net.1", pass)
    #expect(shapes == [[5, 2, 2, 3], [5, 2, 2, 3]])
    var numbers = TestNumbers(1)
    let values = ScalarFunction(graph, [y, plain])([
      ("x", numbers.uniform(6, -1, 1)), ("net.0.weight", numbers.uniform(60, -1, 1)),
    ])
    let doubled = values[1].map { 2 * $0 }
    #expect(values[0] == doubled)
  }

  /// Maps are flattened and unflattened channel by channel: pixel (row, column) of channel c is number
  /// (c·height + row)·width + column.
  @Test func orderOfElements() {
    let graph = Graph()
    let x = graph.input("x", [1, 2, 2, 3])
    let flat = Reshape(shape: [12]).apply(x, name: "net.0", Self.pass())
    let back = Reshape(shape: [2, 2, 3]).apply(flat, name: "net.1", Self.pass())
    let other = Reshape(shape: [1, 4, 3]).apply(x, name: "net.2", Self.pass())
    let pixels = (0..<12).map { Double(100 * ($0 % 3) + $0 / 3) }
    let values = ScalarFunction(graph, [flat, back, other])([("x", pixels)])
    #expect(values[0] == [0, 1, 2, 3, 100, 101, 102, 103, 200, 201, 202, 203])
    #expect(values[1] == pixels && values[2] == pixels)
  }

  @Test func cropTakesTheMiddle() {
    let graph = Graph()
    let x = graph.input("x", [1, 4, 3, 1])
    let y = Crop(height: 1, width: 2).apply(x, name: "net.0", Self.pass())
    #expect(ScalarFunction(graph, [y])([("x", (0..<12).map(Double.init))])[0] == [3, 4])
  }

  /// The terms of one output element, away from edges.
  @Test func fans() throws {
    func form(_ layer: any Layer) throws -> WeightForm {
      try #require(layer.states[0].weightForm)
    }
    let half = ConvolutionForm(4, stride: 2, padding: 1)
    let down = try form(Convolution([8, 8, 6], channels: 10, half))
    #expect(down.fanIn == 6 * 16 && down.fanOut == 10 * 4 && !down.hasOutputsLast)
    let up = try form(TransposedConvolution([4, 4, 6], channels: 10, half))
    #expect(up.fanIn == 6 * 4 && up.fanOut == 10 * 16 && up.hasOutputsLast)
    let first = try form(TransposedConvolution([6], channels: 10, ConvolutionForm(4)))
    #expect(first.fanIn == 6 && first.inputs == 96 && first.outputs == 10)
    let last = try form(Convolution([4, 4, 6], channels: 1, ConvolutionForm(4)))
    #expect(last.fanIn == 96 && last.fanOut == 1)
  }

  /// An orthogonal start of a transposed convolution is orthogonal between outputs.
  @Test func orthogonalTransposedConvolution() throws {
    let form = try #require(
      TransposedConvolution([5], channels: 3, ConvolutionForm(2)).states[0].weightForm)
    let matrix = (0..<60).map(Double.init)
    let weight = form.arranged(matrix)
    // Output 1 is the last axis: every third number from the second on.
    let second = (0..<20).map { weight[3 * $0 + 1] }
    #expect(second == Array(matrix[20..<40]))
    #expect(form.matrix(weight) == matrix)
  }
}
