import Catalog
import Testing

@testable import Engine
@testable import Objectives

/// Penalties on weights worked by hand.
@Suite struct WeightPenaltyTests {
  /// The term of a penalty on matrices, and its gradients by them.
  private func values(
    _ name: String, _ matrices: [(shape: [Int], values: [Double])]
  ) throws -> (term: Double, gradients: [[Double]]) {
    let graph = Graph()
    let weights = matrices.enumerated().map { graph.input("w\($0.offset)", $0.element.shape) }
    let sample = graph.input("sample", [2])
    let inputs = PenaltyInputs(
      game: Game(scores: sample, sample), stream: "penalty", critic: { $0 }, weights: weights,
      field: { [] }, memory: Memories().memory(graph))
    let term = try #require(penaltyTable[name]).body.term(inputs, penaltyTable.arguments(name))
    let results = ScalarFunction(graph, [term] + gradients(of: term, by: weights))(
      matrices.enumerated().map { ("w\($0.offset)", $0.element.values) })
    return (results[0][0], Array(results[1...]))
  }

  /// Σ½‖W‖² over matrices, whose gradient is W, as optimizers' weight decay has it.
  @Test func squaresOfWeights() throws {
    let (term, gradients) = try values("l2", [([2, 2], [1, -2, 3, 0]), ([1, 2], [4, 1])])
    #expect(term == 15.5)
    #expect(gradients == [[1, -2, 3, 0], [4, 1]])
  }

  /// Rows (1, 2, 0) and (3, −1, 2) have the product 1, and the second with itself counts nothing: ‖…‖² = 1² + 1². The
  /// gradient is 4(WWᵀ⊙(1−I))W, rows 4·1·(3, −1, 2) and 4·1·(1, 2, 0); a public mistake is half of it.
  @Test func orthogonalGradientIsWhole() throws {
    let (term, gradients) = try values("orthogonal", [([2, 3], [1, 2, 0, 3, -1, 2])])
    #expect(term == 2)
    #expect(gradients == [[12, -4, 8, 4, 8, 0]])
  }

  /// 4(WWᵀ⊙(1−I))W of any matrix, several together.
  @Test func orthogonalGradientByDefinition() throws {
    var numbers = TestNumbers(6)
    let matrices = [[3, 2], [4, 5], [1, 3], [2, 2]].map { shape in
      (shape: shape, values: numbers.uniform(shape[0] * shape[1], -2, 2))
    }
    let (term, gradients) = try values("orthogonal", matrices)
    var expected = 0.0
    for (matrix, gradient) in zip(matrices, gradients) {
      let columns = matrix.shape[1]
      let rows = (0..<matrix.shape[0]).map {
        Array(matrix.values[$0 * columns..<($0 + 1) * columns])
      }
      for i in rows.indices {
        let others = rows.indices.filter { $0 != i }
        expected += others.reduce(0) { $0 + inner(rows[i], rows[$1]) * inner(rows[i], rows[$1]) }
        for column in 0..<columns {
          let slope = others.reduce(0) { $0 + 4 * inner(rows[i], rows[$1]) * rows[$1][column] }
          #expect(abs(gradient[i * columns + column] - slope) < 1e-12)
        }
      }
    }
    #expect(abs(term - expected) < 1e-12)
  }

  /// Rows at right angles cost nothing, whatever their lengths; so does a single row.
  @Test func rightAnglesCostNothing() throws {
    let (term, gradients) = try values(
      "orthogonal", [([2, 2], [3, 4, -8, 6]), ([1, 2], [5, 5])])
    #expect(term == 0 && gradients.joined().allSatisfy { $0 == 0 })
  }
}
