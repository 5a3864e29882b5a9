import Catalog
import Foundation
import Testing

@testable import Engine
@testable import Objectives

/// Laws of discrepancies between batches, and the mistakes that public code makes with them.
@Suite struct DiscrepancyLawTests {
  /// Both sides of a loss whose critic's features are the samples themselves.
  private func sides(
    _ name: String, _ members: ValueMap, _ real: Rows, _ fake: Rows, second: Rows? = nil,
    respond: @escaping (Tensor) -> Response = { Response(output: $0) }
  ) throws -> (critic: Double, generator: Double) {
    let graph = Graph()
    let (count, size) = (real.count, real[0].count)
    let loss = try #require(lossTable[name]).body
    let game = Game(
      real: graph.input("real", [count, size]), fake: graph.input("fake", [fake.count, size]),
      respond: respond)
    let arguments = lossTable.arguments(name, members)
    let values = ScalarFunction(
      graph, [loss.critic(game, arguments), loss.generator(game, arguments)])([
        ("real", real.flatMap(\.self)), ("fake", fake.flatMap(\.self)),
        ("second", (second ?? fake).flatMap(\.self)),
      ])
    return (values[0][0], values[1][0])
  }

  private static let pooled: Rows = [
    [0.3, -0.5], [1.1, 0.2], [-0.7, 0.9], [0.4, 1.3], [-2, 0.1], [0.6, -1.7],
  ]

  /// Every way to divide the six samples into two batches of three.
  private static let partitions: [(Rows, Rows)] = (0..<64).filter { $0.nonzeroBitCount == 3 }.map {
    chosen in
    let indices = pooled.indices
    return (
      indices.filter { chosen & 1 << $0 != 0 }.map { pooled[$0] },
      indices.filter { chosen & 1 << $0 == 0 }.map { pooled[$0] }
    )
  }

  // MARK: Estimates

  /// Where the labels mean nothing, every pair is as often within a batch as across: the mean over all partitions is 0.
  @Test(arguments: kernelValues) func unbiasedEstimateHasMeanZero(_ kernel: Value) throws {
    let values = try Self.partitions.map { real, fake in
      try sides("mmd", ["kernel": kernel], real, fake).generator
    }
    #expect(values.count == 20)
    let size = values.map { abs($0) }.max() ?? 0
    #expect(size > 1e-4 && abs(mean(values)) < 1e-13 * max(1, size))
  }

  /// The mistake of an "unbiased" estimate with the diagonal added back, which is 0 for equal batches; the right one is
  /// −2·(mean of the diagonal − mean of the rest)/n.
  @Test(arguments: kernelValues) func diagonalIsLeftOut(_ kernel: Value) throws {
    let batch = Array(Self.pooled[..<4])
    let arguments = lossTable.arguments("mmd", ["kernel": kernel])
    let plain = try plainKernel(of: arguments)
    let expected =
      -2 * (mean(batch.map { plain($0, $0) }) - meanOfOthers(batch, plain)) / Double(batch.count)
    let value = try sides("mmd", ["kernel": kernel], batch, batch).generator
    #expect(abs(value - expected) < 1e-13 * max(1, abs(expected)) && value < -1e-6)
  }

  /// Kernels are positive: the biased estimate is no square of an imaginary number.
  @Test(arguments: kernelValues) func biasedEstimateIsNotNegative(_ kernel: Value) throws {
    let (entry, arguments) = featureKernelTable.selection(
      ParameterType.entry(featureKernelTable.description).complete(kernel))
    let graph = Graph()
    let (x, y) = (graph.input("x", [3, 2]), graph.input("y", [3, 2]))
    let matrix = { entry.body.matrix($0, $1, arguments) }
    let function = ScalarFunction(
      graph, [matrix(x, x).mean() + matrix(y, y).mean() - 2 * matrix(x, y).mean()])
    for (real, fake) in Self.partitions {
      let squared = function([("x", real.flatMap(\.self)), ("y", fake.flatMap(\.self))])[0][0]
      #expect(squared > 1e-6)
      let root = try sides(
        "moment-matching", ["kernel": kernel, "form": .text("root")], real, fake)
      #expect(abs(root.generator * root.generator - squared - 1e-12) < 1e-13 * max(1, squared))
    }
  }

  /// The number under the root is the one that is stated: a discrepancy of 0 is 1e−6 and not, with 1e−4, 0.01.
  @Test func rootOfZero() throws {
    let batch = Array(Self.pooled[..<3])
    let (critic, generator) = try sides("mmd-li", ["reconstruction": .real(0)], batch, batch)
    #expect(abs(generator - 1e-6) < 1e-9 && critic == -generator)
    let points: Rows = [[2, 1], [2, 1]]
    // ‖x‖ + ‖y‖ − ‖x − y‖ of equal points: 2√5 − 1e−6 in all three matrices.
    let distance = try sides(
      "mmd", ["kernel": .text("distance")], [[2, 1], [2, 1]], [[1, 2], [1, 2]])
    #expect(abs(distance.generator - 2 * 2.squareRoot() + 2e-6) < 1e-11)
    let cramer = try sides("cramer", [:], points, points)
    #expect(abs(cramer.generator - 1e-6) < 1e-18)
  }

  // MARK: Energy distance

  private func distance(_ x: [Double], _ y: [Double]) -> Double { length(difference(x, y)) }

  /// Lengths cancel from the distance kernel: what is left is 2E‖x − y‖ − E‖x − x′‖ − E‖y − y′‖.
  @Test func distanceKernelGivesEnergyDistance() throws {
    for (real, fake) in Self.partitions {
      let value = try sides("mmd", ["kernel": .text("distance")], real, fake).generator
      let expected =
        2 * meanOfPairs(real, fake, distance) - meanOfOthers(real, distance)
        - meanOfOthers(fake, distance)
      #expect(abs(value - expected) < 1e-11)
    }
  }

  /// Over all ways to pair the batches, the mean of the Cramér generator's loss is the energy distance but for E‖x − x′‖, in
  /// which it has no part; the critic's is its negative with lengths that make it one of a function.
  @Test func cramerGivesEnergyDistance() throws {
    let (real, fake) = Self.partitions[0]
    let second: Rows = [[0.5, 0.6], [-0.9, 0.7], [0.1, -0.4]]
    func turned(_ rows: Rows, _ steps: Int) -> Rows {
      rows.indices.map { rows[($0 + steps) % rows.count] }
    }
    let pairings = (0..<3).flatMap { i in (0..<3).map { (i, $0) } }
    let values = try pairings.map { i, j in
      try sides("cramer", [:], real, turned(fake, i), second: turned(second, j))
    }
    let across = meanOfPairs(fake, real, distance) + meanOfPairs(second, real, distance)
    let within = meanOfPairs(fake, second, distance)
    #expect(abs(mean(values.map(\.generator)) - (across - within)) < 1e-11)
    let lengths = mean(real.map { length($0) }) - mean(second.map { length($0) })
    let expected = -(meanOfPairs(real, fake, distance) - within - lengths)
    #expect(abs(mean(values.map(\.critic)) - expected) < 1e-11)
  }

  // MARK: Scaled discrepancy

  /// With an inner product for a kernel, features c times as large with λ/c² in the place of λ have c² times the value: all
  /// that counts is the ratio of the discrepancy to the slope.
  @Test func scaledDiscrepancyHasAUnit() throws {
    let kernel: Value = .map([
      "name": .text("polynomial"), "degree": .integer(1), "offset": .real(0),
    ])
    let (real, fake) = Self.partitions[3]
    func value(_ factor: Double, _ lambda: Double) throws -> Double {
      try sides("scaled-mmd", ["kernel": kernel, "lambda": .real(lambda)], real, fake) {
        Response(output: factor * $0)
      }.generator
    }
    let plain = try sides("mmd", ["kernel": kernel], real, fake).generator
    #expect(try abs(value(1, 0) - plain) < 1e-15)
    for factor in [0.125, 3, 40] {
      let expected = try factor * factor * value(1, 2)
      #expect(try abs(value(factor, 2 / (factor * factor)) - expected) < 1e-13 * abs(expected))
    }
    // A steeper critic gains nothing in the end: the slope of the identity in two dimensions has the square 2.
    #expect(try abs(value(1e6, 10) - plain / 20) < 1e-12)
  }

  // MARK: Witness

  /// The mean of the witness function over real samples is above that over fake ones by the biased estimate.
  @Test(arguments: ["mmd", "mmd-li", "scaled-mmd"], kernelValues)
  func witnessTellsTheBatchesApart(_ name: String, _ kernel: Value) throws {
    let loss = try #require(lossTable[name]).body
    let arguments = lossTable.arguments(name, ["kernel": kernel])
    let graph = Graph()
    let real = graph.input("real", [3, 2])
    let fake = graph.input("fake", [3, 2])
    // Of an autoencoder it is a function of codes, of an embedding codes are the outputs.
    let game = Game(real: real, fake: fake) { Response(output: -$0, code: $0) }
    let witness = [(real, game.onReal), (fake, game.onFake)].map {
      loss.witness(game, $0, arguments)
    }
    let function = ScalarFunction(graph, [witness[0].mean() - witness[1].mean()] + witness)
    let plain = try plainKernel(of: arguments)
    for (x, y) in Self.partitions {
      let values = function([("real", x.flatMap(\.self)), ("fake", y.flatMap(\.self))])
      #expect(abs(values[0][0] - biasedMMD(x, y, plain)) < 1e-13)
      for (own, sample) in zip(values[1] + values[2], x + y) {
        let expected = mean(x.map { plain(sample, $0) }) - mean(y.map { plain(sample, $0) })
        #expect(abs(own - expected) < 1e-13 * max(1, abs(expected)))
      }
    }
  }

  /// The witness of cramer is x̂ ↦ ‖h(x̂) − h(g′)‖ − ‖h(x̂)‖ with the second fake at the same place of its batch.
  @Test func witnessOfCramer() throws {
    let graph = Graph()
    let (real, fake) = (graph.input("real", [4, 2]), graph.input("fake", [4, 2]))
    let point = graph.input("point", [4, 2])
    let loss = try #require(lossTable["cramer"]).body
    let game = Game(real: real, fake: fake) { Response(output: 2 * $0) }
    let witness = loss.witness(
      game, (point, game.respond(point, "")), lossTable.arguments("cramer"))
    let values = ScalarFunction(graph, [witness])(
      PlainGame.named + [("point", PlainGame.real.flatMap(\.self))])[0]
    for (own, (x, second)) in zip(values, zip(PlainGame.real, PlainGame.second)) {
      #expect(abs(own - 2 * (distance(x, second) - length(x))) < 1e-11)
    }
  }
}
