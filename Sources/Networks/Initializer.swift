import Arrays
import Catalog

/// Draws the initial values of a weight matrix of `outputs` rows and `inputs` columns from a stream.
public typealias Initializer =
  @Sendable (_ outputs: Int, _ inputs: Int, RandomStream, Arguments) -> [Double]

/// The weight initializations that an experiment file can name; biases start at zero unless an entry says otherwise.
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
    ) { outputs, inputs, stream, arguments in
      let slope = arguments.real("slope")
      let deviation = (2 / ((1 + slope * slope) * Double(inputs))).squareRoot()
      return stream.normal(outputs * inputs).map { Double($0) * deviation }
    },
    Entry(
      EntryDescription(
        "xavier", "Uniform with variance 2/(fan-in + fan-out)",
        formula: "w ~ U(−a, a), a = √(6/(fan_in + fan_out))",
        source: "Glorot and Bengio, AISTATS 2010")
    ) { outputs, inputs, stream, _ in
      let bound = (6 / Double(inputs + outputs)).squareRoot()
      return stream.uniform(outputs * inputs).map { (2 * Double($0) - 1) * bound }
    },
    Entry(
      EntryDescription(
        "lecun", "Uniform within ±1/√fan-in, the default of torch.nn.Linear for weights",
        formula: "w ~ U(−1/√fan_in, 1/√fan_in)", source: "LeCun et al., Efficient BackProp, 1998")
    ) { outputs, inputs, stream, _ in
      let bound = (1 / Double(inputs)).squareRoot()
      return stream.uniform(outputs * inputs).map { (2 * Double($0) - 1) * bound }
    },
    Entry(
      EntryDescription(
        "normal", "Normal with a fixed deviation", formula: "w ~ N(0, deviation²)",
        source: "1511.06434",
        parameters: [.real("deviation", .positive, default: 0.02, "the standard deviation")])
    ) { outputs, inputs, stream, arguments in
      stream.normal(outputs * inputs).map { Double($0) * arguments.real("deviation") }
    },
    Entry(
      EntryDescription(
        "orthogonal", "A random matrix with orthonormal rows or columns",
        formula: "W Wᵀ = gain²·I or Wᵀ W = gain²·I", source: "1312.6120",
        parameters: [.real("gain", .positive, default: 1, "the common singular value")])
    ) { outputs, inputs, stream, arguments in
      orthogonal(outputs, inputs, stream).map { $0 * arguments.real("gain") }
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
