import Arrays
import Engine

/// A network whose weights stay as they are, applied by the engine's kernels to any number of inputs.
struct FixedNetwork: Sendable {
  /// The inputs of one call, the last ones of which may be filled up with zeros.
  private static let chunk = 100

  /// The shape of one input, `[height, width, channels]` for images.
  let inputShape: [Int]
  /// The values of the states that the network reads.
  let weights: [NamedArray]
  /// From inputs `[m] + inputShape` to `[m, d…]`, each row a function of its input alone.
  let apply: @Sendable (Tensor) -> Tensor

  /// The outputs for inputs of shape `[n] + inputShape`, shape `[n, d…]`; computed in Float32.
  func callAsFunction(_ inputs: HostArray<Float>, kernels: Kernels) -> HostArray<Double> {
    let graph = Graph()
    let result = apply(graph.input("inputs", [Self.chunk] + inputShape))
    let program = Program(graph, outputs: [("result", result)], updates: [])
    let state = StateTable(of: graph, precision: .float32)
    for (name, array) in weights where state.entry(name) != nil {
      _ = state.floats(name).update(fromContentsOf: array.elements)
    }
    let execution = Executor.fast(kernels).prepare(program, state: state)
    let outputShape = Array(result.shape.dropFirst())
    var elements: [Double] = []
    elements.reserveCapacity(inputs.rows * outputShape.reduce(1, *))
    for start in stride(from: 0, to: inputs.rows, by: Self.chunk) {
      let count = min(Self.chunk, inputs.rows - start)
      let rows = inputs.elements[start * inputs.rowCount..<(start + count) * inputs.rowCount]
      execution.fillInput(0) { buffer in
        let end = buffer.update(fromContentsOf: rows)
        buffer[end...].update(repeating: 0)
      }
      execution.run()
      elements += execution.output(0).prefix(count * outputShape.reduce(1, *))
    }
    return HostArray(shape: [inputs.rows] + outputShape, elements: elements)
  }
}

/// An array of weights and the name of the state that holds it.
typealias NamedArray = (name: String, array: HostArray<Float>)
