import Arrays
import Catalog
import Foundation
import Metrics
import Testing

@Suite("Metrics on probabilities of classes")
struct ClassMetricTests {
  /// Probabilities 1 of the given classes.
  static func certain(_ labels: [Int], of classes: Int) -> HostArray<Double> {
    matrix(labels.map { label in (0..<classes).map { $0 == label ? 1 : 0 } })
  }

  static func setting(_ name: String, _ settings: ValueMap) -> Value {
    .map(settings.merging(["name": .text(name)]) { $1 })
  }

  static func score(_ fake: HostArray<Double>, splits: Int = 1) throws -> Double {
    try value(
      setting("classifier-score", ["splits": .integer(splits)]), real: fake, fake: fake)
  }

  @Test("The score of sure samples is the number of equally frequent classes")
  func sureSamples() throws {
    let even = Self.certain((0..<40).map { $0 % 10 }, of: 10)
    #expect(abs(try Self.score(even) - 10) < 1e-12)
    #expect(try Self.score(Self.certain(Array(repeating: 3, count: 40), of: 10)) == 1)
    // Sorted by class, each of four splits sees one class alone.
    let sorted = Self.certain((0..<40).map { $0 / 10 }, of: 4)
    #expect(abs(try Self.score(sorted) - 4) < 1e-12)
    #expect(try Self.score(sorted, splits: 4) == 1)
  }

  @Test("The score agrees with exp E KL worked by hand")
  func unsureSamples() throws {
    let samples = matrix([[0.5, 0.5, 0], [0.25, 0.75, 0], [0, 0.25, 0.75]])
    // The mean is (¼, ½, ¼).
    let divergences = [
      0.5 * log(2) + 0.5 * log(1), 0.25 * log(1) + 0.75 * log(1.5), 0.25 * log(0.5) + 0.75 * log(3),
    ]
    let expected = exp(divergences.reduce(0, +) / 3)
    #expect(abs(try Self.score(samples) - expected) < 1e-14)
    // All equal: nothing is known from a sample.
    #expect(abs(try Self.score(matrix([[0.2, 0.8], [0.2, 0.8]])) - 1) < 1e-15)
    // Two splits, of one sample and of two.
    let second = [1.0 / 8, 1.0 / 2, 3.0 / 8]
    let parts = 0.25 * log(0.25 / second[0]) + 0.75 * log(0.75 / second[1])
    let others = 0.25 * log(0.25 / second[1]) + 0.75 * log(0.75 / second[2])
    let mean = (1 + exp((parts + others) / 2)) / 2
    #expect(abs(try Self.score(samples, splits: 2) - mean) < 1e-14)
    #expect(throws: MetricError.self) { try Self.score(samples, splits: 4) }
  }

  @Test("The balance is the divergence of the predicted shares from those of real samples")
  func balance() throws {
    let real = Self.certain([0, 0, 0, 1, 1, 2], of: 4)
    let fake = Self.certain([0, 2, 2, 3], of: 4)
    // With half a sample more in each of four classes: 3.5, 2.5, 1.5 and 0.5 of 8.
    let shares = [3.5 / 8, 1.5 / 8, 0.5 / 8]
    let expected =
      0.25 * log(0.25 / shares[0]) + 0.5 * log(0.5 / shares[1]) + 0.25 * log(0.25 / shares[2])
    let balance = try value(.text("class-balance"), real: real, fake: fake)
    #expect(abs(balance - expected) < 1e-14)
    let uniform = Self.setting("class-balance", ["from": .text("uniform")])
    let entropy = -(0.5 * log(0.25) + 0.5 * log(0.5))
    #expect(abs(try value(uniform, real: real, fake: fake) - (log(4) - entropy)) < 1e-14)
    let even = Self.certain([0, 1, 2, 3], of: 4)
    #expect(try value(uniform, real: real, fake: even) == 0)
  }

  @Test("Classes are counted by their share and by the confidence of their samples")
  func classes() throws {
    let fake = matrix(
      [[0.6, 0.4, 0], [0.5, 0.5, 0], [0.05, 0.9, 0.05]]
        + Array(repeating: [0, 0, 1], count: 97))
    func count(_ settings: ValueMap) throws -> Double {
      try value(Self.setting("classes", settings), real: fake, fake: fake)
    }
    #expect(try count([:]) == 3)
    #expect(try count(["confidence": .real(0.6)]) == 3)
    #expect(try count(["confidence": .real(0.7)]) == 2)
    #expect(try count(["confidence": .real(1)]) == 1)
    // Two samples of a hundred are of class 0 and one is of class 1.
    #expect(try count(["share": .real(0.01)]) == 3)
    #expect(try count(["share": .real(0.02)]) == 2)
    #expect(try count(["share": .real(0.03)]) == 1)
    #expect(try count(["share": .real(0.98)]) == 0)
  }

  @Test("A sample of several parts is of one class per part")
  func parts() throws {
    // Two parts of three classes each: (0, 2) twice, (2, 1), and one that is unsure of its second part.
    let sure: [[[Double]]] = [
      [[1, 0, 0], [0, 0, 1]], [[1, 0, 0], [0, 0, 1]], [[0, 0, 1], [0, 1, 0]],
      [[0, 1, 0], [0.5, 0.5, 0]],
    ]
    let samples = HostArray(shape: [4, 2, 3], elements: sure.flatMap { $0.flatMap { $0 } })
    #expect(try value(.text("classes"), real: samples, fake: samples) == 3)
    let strict = Self.setting("classes", ["confidence": .real(0.6)])
    #expect(try value(strict, real: samples, fake: samples) == 2)
    // As nine classes of whole samples.
    let joint = matrix(sure.map { parts in parts[0].flatMap { a in parts[1].map { a * $0 } } })
    for name in ["classifier-score", "class-balance", "classes"] {
      let setting =
        name == "classifier-score" ? Self.setting(name, ["splits": .integer(1)]) : .text(name)
      let values = try [samples, joint].map { try value(setting, real: $0, fake: $0) }
      #expect(abs(values[0] - values[1]) < 1e-15, "\(name)")
    }
    // The same numbers in other parts are other samples.
    let other = HostArray(shape: [4, 3, 2], elements: samples.elements)
    #expect(throws: MetricError.self) {
      try value(.text("classes"), real: samples, fake: other)
    }
  }

  @Test("Parts with too many combinations are refused, not counted for hours")
  func tooManyParts() {
    let samples = HostArray<Double>(
      shape: [1, 60, 10],
      elements: (0..<600).map { $0 % 10 == 0 ? 1 : 0 })
    let error = #expect(throws: MetricError.self) {
      try value(.text("classes"), real: samples, fake: samples)
    }
    #expect(error?.description.contains("60 parts of 10 classes are too many") == true)
  }
}
