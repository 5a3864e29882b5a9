import Arrays
import Catalog
import Foundation
import Metrics
import Testing

@Suite struct DiscrepancyTests {
  /// Each kernel of the table at its defaults, written out a second time.
  static func kernel(_ name: String) -> ((ArraySlice<Double>, ArraySlice<Double>) -> Double)? {
    func squared(_ x: ArraySlice<Double>, _ y: ArraySlice<Double>) -> Double {
      zip(x, y).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
    }
    func norm(_ x: ArraySlice<Double>) -> Double { x.reduce(0) { $0 + $1 * $1 }.squareRoot() }
    switch name {
    case "rbf":
      return { x, y in
        [1, 2, 4, 8, 16].reduce(0.0) { $0 + exp(-squared(x, y) / (2 * $1 * $1)) }
      }
    case "rational-quadratic":
      return { x, y in
        [0.2, 0.5, 1, 2, 5].reduce(0.0) { $0 + pow(1 + squared(x, y) / (2 * $1), -$1) }
      }
    case "polynomial":
      return { x, y in
        pow(zip(x, y).reduce(0) { $0 + $1.0 * $1.1 } / Double(x.count) + 1, 3)
      }
    case "distance":
      return { x, y in norm(x) + norm(y) - squared(x, y).squareRoot() }
    default: return nil
    }
  }

  /// The estimate by its definition, with every ordered pair visited.
  static func bruteForce(
    _ x: HostArray<Double>, _ y: HostArray<Double>, isUnbiased: Bool,
    _ kernel: (ArraySlice<Double>, ArraySlice<Double>) -> Double
  ) -> Double {
    func mean(_ a: HostArray<Double>, _ b: HostArray<Double>, skipsDiagonal: Bool) -> Double {
      var (sum, pairs) = (0.0, 0.0)
      for i in 0..<a.rows {
        for j in 0..<b.rows where !(skipsDiagonal && i == j) {
          sum += kernel(a.row(i), b.row(j))
          pairs += 1
        }
      }
      return sum / pairs
    }
    return mean(x, x, skipsDiagonal: isUnbiased) + mean(y, y, skipsDiagonal: isUnbiased)
      - 2 * mean(x, y, skipsDiagonal: false)
  }

  @Test(
    "Every kernel and estimator agrees with the double sum, for sizes around panels",
    arguments: kernelTable.entries.map(\.description.name),
    [(2, 2, 1), (5, 3, 2), (13, 22, 3), (8, 4, 7)])
  func doubleSum(_ name: String, _ sizes: (Int, Int, Int)) throws {
    let kernel = try #require(Self.kernel(name), "write kernel '\(name)' out in this test")
    let x = wave(sizes.0, sizes.2, phase: 0, scale: 3)
    let y = wave(sizes.1, sizes.2, phase: 1, scale: 2, shift: 1)
    for estimator in ["unbiased", "biased"] {
      let setting: Value = .map([
        "name": .text("mmd2"), "kernel": .text(name), "estimator": .text(estimator),
      ])
      let expected = Self.bruteForce(x, y, isUnbiased: estimator == "unbiased", kernel)
      let found = try value(setting, real: x, fake: y)
      #expect(abs(found - expected) < 1e-12 * max(1, abs(expected)), "\(estimator)")
    }
  }

  @Test("Narrow widths and distant samples agree with the system's exponential")
  func exponential() throws {
    // Distances from 0 to beyond the point where the exponential underflows.
    let x = matrix((0..<40).map { [pow(1.35, Double($0)) * 1e-4] })
    let y = matrix([[0], [1e6]])
    for widths in [[0.01], [0.3], [20], [2, 5, 10, 20, 40, 80], [3, 1, 1, 0.5, 7]] {
      let kernel: ValueMap = [
        "name": .text("rbf"), "sigmas": .list(widths.map(Value.real)),
      ]
      let expected = Self.bruteForce(x, y, isUnbiased: true) { a, b in
        let squared = zip(a, b).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
        return widths.reduce(0) { $0 + exp(-squared / (2 * $1 * $1)) }
      }
      let setting: Value = .map(["name": .text("mmd2"), "kernel": .map(kernel)])
      #expect(abs(try value(setting, real: x, fake: y) - expected) < 1e-13, "\(widths)")
    }
  }

  @Test("Worked by hand: distances of two and two numbers")
  func byHand() throws {
    // Unbiased energy distance of {0, 2} and {1, 5}: −2 − 4 + 2·(1 + 5 + 1 + 3)/4 = −1.
    let setting: Value = .map(["name": .text("mmd2"), "kernel": .text("distance")])
    let found = try value(setting, real: matrix([[0], [2]]), fake: matrix([[1], [5]]))
    #expect(abs(found - -1) < 1e-15)
  }

  @Test("The biased estimate is 0 at equality and positive elsewhere; the unbiased one is centred")
  func estimators() throws {
    let biased: Value = .map(["name": .text("mmd2"), "estimator": .text("biased")])
    let x = normal(50, 2, seed: 1)
    #expect(abs(try value(biased, real: x, fake: x)) < 1e-14)
    var (sum, squares) = (0.0, 0.0)
    let rounds = 200
    for seed in 0..<UInt64(rounds) {
      let a = normal(20, 2, seed: 2 * seed + 10)
      let b = normal(30, 2, seed: 2 * seed + 11)
      #expect(try value(biased, real: a, fake: b) > 0)
      let unbiased = try value(.text("mmd2"), real: a, fake: b)
      sum += unbiased
      squares += unbiased * unbiased
    }
    let mean = sum / Double(rounds)
    let error = ((squares / Double(rounds) - mean * mean) / Double(rounds)).squareRoot()
    #expect(abs(mean) < 4 * error)
    #expect(error < 0.01)
  }
}
