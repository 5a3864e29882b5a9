import Arrays
import Catalog

/// Draws the initial values of a weight as a matrix of a row per output from a stream.
public typealias Initializer = @Sendable (WeightForm, RandomStream, Arguments) -> [Double]

/// The weight initializations that an experiment file can name; biases start at zero.
///
/// fan_in is the number of terms that make up an element of a layer's output, and fan_out that of output elements which an
/// element of its input enters: of a convolution in·k² and out·k²/stride², of a transposed one the reverse, as in the
/// code of 1704.00028.
public let initializerTable = Table<Initializer>(
  "initializer",
  [
    Entry(
      EntryDescription(
        "he", "Normal with variance 2/((1 + slope²)·fan-in)",
        formula: "w ~ N(0, 2/((1 + slope²)·fan_in))", source: "1502.01852",
        parameters: [
          .real(
            "slope", .halfOpen(0, 1), default: 0, "the slope below zero of the next rectifier"
          )
        ])
    ) { form, stream, arguments in
      let slope = arguments.real("slope")
      let deviation = (2 / ((1 + slope * slope) * form.fanIn)).squareRoot()
      return stream.normal(form.outputs * form.inputs).map { Double($0) * deviation }
    },
    Entry(
      EntryDescription(
        "xavier", "Uniform with variance 2/(fan-in + fan-out)",
        formula: "w ~ U(−a, a), a = √(6/(fan_in + fan_out))",
        source: "Glorot and Bengio, AISTATS 2010")
    ) { form, stream, _ in
      let bound = (6 / (form.fanIn + form.fanOut)).squareRoot()
      return stream.uniform(form.outputs * form.inputs).map { (2 * Double($0) - 1) * bound }
    },
    Entry(
      EntryDescription(
        "lecun", "Uniform within ±1/√fan-in, the default of torch.nn.Linear for weights",
        formula: "w ~ U(−1/√fan_in, 1/√fan_in)", source: "LeCun et al., Efficient BackProp, 1998")
    ) { form, stream, _ in
      let bound = (1 / form.fanIn).squareRoot()
      return stream.uniform(form.outputs * form.inputs).map { (2 * Double($0) - 1) * bound }
    },
    Entry(
      EntryDescription(
        "normal", "Normal with a fixed deviation", formula: "w ~ N(0, deviation²)",
        source: "1511.06434",
        parameters: [.real("deviation", .positive, default: 0.02, "the standard deviation")])
    ) { form, stream, arguments in
      stream.normal(form.outputs * form.inputs).map { Double($0) * arguments.real("deviation") }
    },
    Entry(
      EntryDescription(
        "orthogonal", "A random matrix with orthonormal rows or columns",
        formula: "W Wᵀ = gain²·I or Wᵀ W = gain²·I", source: "1312.6120",
        parameters: [.real("gain", .positive, default: 1, "the common singular value")])
    ) { form, stream, arguments in
      orthogonal(form.outputs, form.inputs, stream).map { $0 * arguments.real("gain") }
    },
  ])

/// Orthonormal vectors of the longer side from normal numbers, by Gram–Schmidt applied twice.
private func orthogonal(_ outputs: Int, _ inputs: Int, _ stream: RandomStream) -> [Double] {
  let (vectors, length) = (min(outputs, inputs), max(outputs, inputs))
  let numbers = stream.normal(vectors * length).map(Double.init)
  var basis: [[Double]] = []
  for index in 0..<vectors {
    var vector = Array(numbers[index * length..<(index + 1) * length])
    for _ in 0..<2 {
      for other in basis {
        let overlap = dot(vector, other)
        for position in vector.indices { vector[position] -= overlap * other[position] }
      }
    }
    let scale = 1 / dot(vector, vector).squareRoot()
    basis.append(vector.map { $0 * scale })
  }
  if outputs <= inputs { return basis.flatMap { $0 } }
  return (0..<length).flatMap { row in basis.map { $0[row] } }
}

private func dot(_ a: [Double], _ b: [Double]) -> Double {
  zip(a, b).reduce(0) { $0 + $1.0 * $1.1 }
}
