import Catalog
import Testing

@testable import Engine
@testable import Objectives

/// Auxiliary terms of the generator's loss: derivatives, and values against sums over pairs.
@Suite struct AuxiliaryTests {
  @Test(arguments: auxiliaryTable.entries.map(\.description.name))
  func derivatives(_ name: String) throws {
    let entry = try #require(auxiliaryTable[name])
    let error = gradientError([[4, 2, 3], [4, 2, 3]]) {
      entry.body.term(
        AuxiliaryInputs(real: $0[0], fake: $0[1]), auxiliaryTable.arguments(name))
    }
    #expect(error < 1e-8)
  }

  @Test func discrepancyIsTheSumOverPairs() throws {
    let (n, dimensions, sigmas) = (5, 3, [0.5, 2])
    let graph = Graph()
    let x = graph.input("x", [n, dimensions])
    let y = graph.input("y", [n, dimensions])
    let term = try #require(auxiliaryTable["mmd"]).body.term(
      AuxiliaryInputs(real: x, fake: y),
      auxiliaryTable.arguments("mmd", ["sigmas": .list(sigmas.map(Value.real))]))
    var numbers = TestNumbers(11)
    let real = numbers.uniform(n * dimensions, -1, 1)
    let fake = numbers.uniform(n * dimensions, 0, 2)
    func kernel(_ a: [Double], _ i: Int, _ b: [Double], _ j: Int) -> Double {
      let distance = (0..<dimensions).reduce(0) { sum, d in
        let difference = a[i * dimensions + d] - b[j * dimensions + d]
        return sum + difference * difference
      }
      return sigmas.reduce(0) { $0 + UnaryOperation.exp.evaluate(-distance / (2 * $1 * $1)) }
    }
    var expected = 0.0
    for i in 0..<n {
      for j in 0..<n {
        if i != j {
          expected += (kernel(real, i, real, j) + kernel(fake, i, fake, j)) / Double(n * (n - 1))
        }
        expected -= 2 * kernel(real, i, fake, j) / Double(n * n)
      }
    }
    let value = ScalarFunction(graph, [term])([("x", real), ("y", fake)])[0][0]
    #expect(abs(value - expected) < 1e-12)
    let same = ScalarFunction(graph, [term])([("x", real), ("y", real)])[0][0]
    #expect(same < 0, "the unbiased estimate of equal batches is negative")
  }
}
