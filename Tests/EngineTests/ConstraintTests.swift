import Catalog
import Testing

@testable import Engine
@testable import Objectives

/// Every constraint of the table, and power iteration against values worked by hand.
@Suite struct ConstraintTests {
  private typealias Normalize = (String, Tensor, Arguments) -> Constraint.Normalized

  private static func spectral() throws -> Normalize {
    let entry = try #require(constraintTable["spectral"])
    return try #require(entry.body.normalize)
  }

  /// Every entry keeps shapes, names states after the weight, and projects onto a set.
  @Test(arguments: constraintTable.entries.map(\.description.name), [[3, 2], [3, 2, 2, 2]])
  func laws(_ name: String, _ shape: [Int]) throws {
    let constraint = try #require(constraintTable[name]).body
    let arguments = constraintTable.arguments(name)
    let graph = Graph()
    let weight = graph.input("weight", shape)
    if let normalize = constraint.normalize {
      let normalized = normalize("critic.0.weight", weight, arguments)
      #expect(normalized.weight.shape == shape)
      let declared = constraint.states.map { "critic.0.weight" + $0.suffix }
      #expect(graph.states.map(\.name) == declared)
      #expect(graph.states.allSatisfy { $0.shape == [3] })
      for update in normalized.updates {
        #expect(declared.contains(update.state) && update.tensor.shape == [3])
      }
    }
    if let project = constraint.project {
      let once = project(weight, arguments, "key")
      let x = (0..<weight.count).map { Double($0) * 0.004 - 0.02 }
      let values = ScalarFunction(graph, [once, project(once, arguments, "key")])([("weight", x)])
      #expect(values[0] == values[1])
    }
  }

  /// Rows (3, 4) and (0, 2) have norms 5 and 2.
  @Test func weightNormByHand() throws {
    let normalize = try #require(constraintTable["weight-norm"]?.body.normalize)
    let graph = Graph()
    let result = normalize(
      "w", graph.input("weight", [2, 1, 1, 2]), constraintTable.arguments("weight-norm"))
    let values = ScalarFunction(graph, [result.weight])([
      ("weight", [3, 4, 0, 2]), ("w_g", [10, 1]),
    ])
    #expect(values[0] == [6, 8, 0, 1])
  }

  @Test func derivativesOfWeightNorm() throws {
    let normalize = try #require(constraintTable["weight-norm"]?.body.normalize)
    let error = gradientError([[3, 4]], lower: 0.5, upper: 2) {
      normalize("w", $0[0], constraintTable.arguments("weight-norm")).weight.tanh()
    }
    #expect(error < 1e-8)
  }

  /// W = diag(2, 1), u = (1, 1): σ = 17/√85 after one iteration, 257/√16705 after two.
  @Test func powerIterationByHand() throws {
    for (name, executor) in allExecutors {
      let graph = Graph()
      let weight = graph.input("weight", [2, 2])
      let result = try Self.spectral()("w", weight, constraintTable.arguments("spectral"))
      let program = Program(
        graph, outputs: [("normalized", result.weight)], updates: result.updates)
      let state = StateTable(of: graph, precision: executor.precision)
      state["w_u"] = [1, 1]
      let execution = executor.prepare(program, state: state)
      let tolerance = executor.precision == .float64 ? 1e-15 : 3e-7
      for sigma in [17 / 85.0.squareRoot(), 257 / 16705.0.squareRoot()] {
        execution.setInput("weight", [2, 0, 0, 1])
        execution.run()
        for (value, expected) in zip(execution.output(0), [2 / sigma, 0, 0, 1 / sigma]) {
          #expect(abs(value - expected) <= tolerance, "\(name)")
        }
      }
      for (value, expected) in zip(state["w_u"], [16 / 257.0.squareRoot(), 1 / 257.0.squareRoot()])
      {
        #expect(abs(value - expected) <= tolerance, "\(name)")
      }
    }
  }

  /// With u and v held, W ↦ W/uᵀWv has the gradient G/σ − (⟨G, W⟩/σ²)·uvᵀ.
  @Test func gradientThroughTheQuotient() throws {
    var numbers = TestNumbers(1)
    let (rows, columns) = (3, 2)
    let w = numbers.uniform(6, -1, 1)
    let g = numbers.uniform(6, -1, 1)
    let start = numbers.uniform(rows, -1, 1)
    func unit(_ x: [Double]) -> [Double] {
      let norm = x.reduce(0) { $0 + $1 * $1 }.squareRoot()
      return x.map { $0 / norm }
    }
    let v = unit((0..<columns).map { j in (0..<rows).reduce(0) { $0 + w[$1 * 2 + j] * start[$1] } })
    let wv = (0..<rows).map { i in (0..<columns).reduce(0) { $0 + w[i * 2 + $1] * v[$1] } }
    let u = unit(wv)
    let sigma = zip(u, wv).reduce(0) { $0 + $1.0 * $1.1 }
    let inner = zip(g, w).reduce(0) { $0 + $1.0 * $1.1 }
    let expected = (0..<6).map { index in
      g[index] / sigma - inner / (sigma * sigma) * u[index / 2] * v[index % 2]
    }

    let graph = Graph()
    let weight = graph.input("weight", [rows, columns])
    let result = try Self.spectral()("w", weight, constraintTable.arguments("spectral"))
    let loss = (result.weight * graph.input("g", [rows, columns])).sum()
    let values = ScalarFunction(graph, gradients(of: loss, by: [weight]))(
      [("weight", w), ("g", g), ("w_u", start)])[0]
    for (value, other) in zip(values, expected) { #expect(abs(value - other) < 1e-14) }
  }

  /// The second derivative holds u and v as well: it equals that of W/uᵀWv with u and v as inputs.
  @Test func curvatureOfTheQuotient() throws {
    var numbers = TestNumbers(2)
    let point: NamedValues = [
      ("weight", numbers.uniform(6, -1, 1)), ("d", numbers.uniform(6, -1, 1)),
      ("w_u", [1, 0.5, -1]),
    ]
    func curvature(_ weight: Tensor, _ normalized: Tensor) -> Tensor {
      let loss = normalized.tanh().sum()
      let slope = gradients(of: loss, by: [weight])[0]
      return gradients(of: (slope * weight.graph.input("d", [3, 2])).sum(), by: [weight])[0]
    }
    let graph = Graph()
    let weight = graph.input("weight", [3, 2])
    let result = try Self.spectral()("w", weight, constraintTable.arguments("spectral"))
    let matrix = weight.stopGradient()
    let direction = matrix.transposed.matmul(graph.state("w_u", [3]).reshaped([3, 1]))
    let v = direction / direction.square().sum().sqrt()
    let tensors = [result.updates[0].tensor, v, curvature(weight, result.weight)]
    let own = ScalarFunction(graph, tensors)(point)

    let other = Graph()
    let plain = other.input("weight", [3, 2])
    let sigma = (other.input("u", [3, 1]) * plain.matmul(other.input("v", [2, 1]))).sum()
    let held = ScalarFunction(other, [curvature(plain, plain / sigma)])(
      point[..<2] + [("u", own[0]), ("v", own[1])])
    for (value, expected) in zip(own[2], held[0]) {
      #expect(abs(value - expected) < 1e-13 * max(1, abs(expected)))
    }
  }

  /// A vanishing weight leaves a finite vector behind.
  @Test func vectorOfAVanishingWeight() throws {
    let graph = Graph()
    let weight = graph.input("weight", [2, 2])
    let result = try Self.spectral()("w", weight, constraintTable.arguments("spectral"))
    let u = ScalarFunction(graph, [result.updates[0].tensor])(
      [("weight", [0, 0, 0, 0]), ("w_u", [1, 0])])
    #expect(u[0] == [0, 0])
  }

  @Test func clippingBounds() throws {
    let entry = try #require(constraintTable["clipping"])
    let project = try #require(entry.body.project)
    let graph = Graph()
    let clipped = project(
      graph.input("x", [7]), constraintTable.arguments("clipping", ["bound": .real(0.25)]),
      "key")
    let x: [Float] = [-1, -0.25, -0.125, 0, 0.25, 0.26, .nan]
    for kernels in availableKernels {
      let values = kernels.evaluate([clipped], [("x", x)])[0]
      #expect(firstDifference(values, [-0.25, -0.25, -0.125, 0, 0.25, 0.25, .nan]) == nil)
    }
    #expect(constraintTable.arguments("clipping").coefficient("bound").constant == 0.01)
  }
}
