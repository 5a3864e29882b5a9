import Catalog
import Foundation
import Testing

@testable import Engine
@testable import Objectives

/// Critics that are known to be best for two densities p and q, and what their loss then says.
@Suite struct OptimalCriticTests {
  private static let (data, model) = ([4, 3, 2, 1], [1, 2, 3, 4])
  private static let p = data.map { Double($0) / 10 }
  private static let q = model.map { Double($0) / 10 }

  private static func sum(_ term: (_ p: Double, _ q: Double) -> Double) -> Double {
    zip(p, q).reduce(0) { $0 + term($1.0, $1.1) }
  }

  private static func loss(_ name: String, _ members: ValueMap = [:]) throws -> CriticLoss {
    try CriticLoss(name, lossTable.arguments(name, members), data: data, model: model)
  }

  /// Nothing near `outputs` is better.
  private static func expectLeast(_ loss: CriticLoss, at outputs: [Double]) {
    let value = loss(outputs).value
    for index in outputs.indices {
      for step in [-0.25, -0.01, 0.01, 0.25] {
        var moved = outputs
        moved[index] += step
        #expect(loss(moved).value > value, "output \(index) moved by \(step)")
      }
    }
  }

  /// The logit of the data's share is ln p/q, and the loss log 4 − 2·JS.
  @Test(arguments: ["minimax", "nonsaturating"]) func logisticGame(_ name: String) throws {
    let outputs = zip(Self.p, Self.q).map { log($0 / $1) }
    let loss = try Self.loss(name)
    let (value, slopes) = loss(outputs)
    let divergence =
      Self.sum { p, q in (p * log(2 * p / (p + q)) + q * log(2 * q / (p + q))) / 2 }
    #expect(abs(value - (log(4) - 2 * divergence)) < 1e-14)
    #expect(slopes.allSatisfy { abs($0) < 1e-15 })
    Self.expectLeast(loss, at: outputs)
  }

  /// D = (b·p + a·q)/(p + q), the output as it is and not its sigmoid.
  @Test(arguments: [(0.0, 1.0), (-1.0, 1.0), (3.0, -2.0)])
  func leastSquares(_ a: Double, _ b: Double) throws {
    let loss = try Self.loss("lsgan", ["a": .real(a), "b": .real(b)])
    let outputs = zip(Self.p, Self.q).map { (b * $0 + a * $1) / ($0 + $1) }
    let (value, slopes) = loss(outputs)
    #expect(slopes.allSatisfy { abs($0) < 1e-15 })
    let expected = (b - a) * (b - a) / 2 * Self.sum { p, q in p * q / (p + q) }
    #expect(abs(value - expected) < 1e-14)
    Self.expectLeast(loss, at: outputs)
  }

  @Test func equalTargetsAreRefused() throws {
    let check = try #require(lossTable["lsgan"]).description.check
    #expect(check(lossTable.arguments("lsgan", ["a": .real(1)])) != nil)
    #expect(check(lossTable.arguments("lsgan")) == nil)
  }

  /// ½E_p D² + ½E_q D² at D = (p − q)/(p + q) is ½·χ²(p + q ‖ 2q), the sum of (p − q)²/(p + q).
  @Test func leastSquaresMeasureChiSquare() throws {
    let graph = Graph()
    let fake = graph.input("fake", [4])
    let body = try #require(lossTable["lsgan"]).body
    let arguments = lossTable.arguments(
      "lsgan", ["a": .real(-1), "b": .real(1), "c": .real(0)])
    let term = body.generator(Game(scores: fake, fake), arguments)
    let function = ScalarFunction(graph, [term])
    let squares = zip(Self.p, Self.q).map { p, q in
      let output = (p - q) / (p + q)
      return function([("fake", [output, output, output, output])])[0][0] * (p + q)
    }
    let chiSquare = Self.sum { p, q in
      let difference = 2 * q - (p + q)
      return difference * difference / (p + q)
    }
    #expect(abs(squares.reduce(0, +) - chiSquare / 2) < 1e-15)
  }

  /// The hinge game's best critic is the sign of p − q, with the loss 2 − 2·TV.
  @Test func hinge() throws {
    let outputs = zip(Self.p, Self.q).map { $0 > $1 ? 1.0 : -1 }
    let loss = try Self.loss("hinge")
    let variation = Self.sum { abs($0 - $1) } / 2
    #expect(abs(loss(outputs).value - (2 - 2 * variation)) < 1e-15)
    Self.expectLeast(loss, at: outputs)
  }

  /// Absolute deviations are least at 1 where p > q and at 0 elsewhere, with the loss 1 − TV.
  @Test func absoluteDeviation() throws {
    let outputs = zip(Self.p, Self.q).map { $0 > $1 ? 1.0 : 0 }
    let loss = try Self.loss("absolute-deviation")
    let variation = Self.sum { abs($0 - $1) } / 2
    #expect(abs(loss(outputs).value - (1 - variation)) < 1e-15)
    Self.expectLeast(loss, at: outputs)
  }

  /// The Wasserstein loss is linear; among critics of slope 1 along a line of places one apart, D(x) = −x is best here, and
  /// the loss −W₁, the sum of |P − Q| of the distribution functions.
  @Test func wasserstein() throws {
    let loss = try Self.loss("wasserstein")
    var (distance, difference) = (0.0, 0.0)
    for (p, q) in zip(Self.p, Self.q) {
      difference += p - q
      distance += abs(difference)
    }
    #expect(abs(loss([0, -1, -2, -3]).value + distance) < 1e-15)
    let slopes = loss([0, 0, 0, 0]).slopes
    for (slope, (p, q)) in zip(slopes, zip(Self.p, Self.q)) {
      #expect(abs(slope - (q - p)) < 1e-15)
    }
  }

  /// The softmax game's best critic is ln p/q up to a constant for batches of equal size, where the share e^s/Z of each
  /// sample is p/(p + q) of those at its place.
  @Test func softmax() throws {
    let loss = try Self.loss("softmax")
    // −E_p s + ln Σ(p + q)e^s is least where (p + q)e^s ∝ p.
    let outputs = zip(Self.p, Self.q).map { log($0 / ($0 + $1)) }
    let (value, slopes) = loss(outputs)
    #expect(slopes.allSatisfy { abs($0) < 1e-15 })
    let shifted = loss(outputs.map { $0 + 3 })
    #expect(abs(shifted.value - value) < 1e-14)
  }
}
