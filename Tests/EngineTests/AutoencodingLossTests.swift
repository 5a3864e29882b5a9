import Catalog
import Testing

@testable import Engine
@testable import Objectives

/// Losses of autoencoding critics worked by hand, and the mistakes that public code makes with them.
@Suite struct AutoencodingLossTests {
  /// Both sides for samples of one number that a critic reconstructs as 0, with given codes of the fakes.
  private func ebgan(
    fake: [Double], codes: Rows, margin: Double = 1
  ) throws -> (critic: Double, generator: Double) {
    let graph = Graph()
    let (count, size) = (fake.count, codes[0].count)
    let loss = try #require(lossTable["ebgan"]).body
    let samples = graph.input("fake", [count, 1])
    let game = Game(real: graph.input("real", [count, 1]), fake: samples) { x in
      Response(output: 0 * x, code: graph.input("codes", [count, size]))
    }
    let arguments = lossTable.arguments("ebgan", ["margin": .real(margin)])
    let values = ScalarFunction(
      graph, [loss.critic(game, arguments), loss.generator(game, arguments)])([
        ("real", fake.map { _ in 0 }), ("fake", fake), ("codes", codes.flatMap(\.self)),
      ])
    return (values[0][0], values[1][0])
  }

  /// Errors of 0, 1 and 4 with the margin 2 cost 2, 1 and 0. The mistake of a hinge on the batch mean 5/3 gives 1/3.
  @Test func hingeOfEBGANIsPerSample() throws {
    let codes: Rows = [[1, 0, 0], [0, 1, 0], [0, 0, 1]]
    let (critic, generator) = try ebgan(fake: [0, 1, 2], codes: codes, margin: 2)
    #expect(abs(critic - 1) < 1e-15)
    #expect(abs(generator - 5 / 3.0) < 1e-15)
  }

  /// Codes at 45°, 90° and 45° have the squared cosines ½, 0 and ½: a mean of ⅓ over pairs of different samples. Mistakes:
  /// without the square 0 or √2/3, with the pairs of a sample with itself 5/6 or 5/9, with each pair once 1/6.
  @Test func pullAwayIsOfSquaredCosines() throws {
    let (_, generator) = try ebgan(fake: [0, 0, 0], codes: [[3, 0], [2, 2], [0, -5]])
    #expect(abs(generator - 0.1 / 3) < 1e-13)
    // Codes of one direction, of either sign and any length, are as alike as can be.
    let (_, parallel) = try ebgan(fake: [0, 0, 0], codes: [[1, 2], [-2, -4], [0.5, 1]])
    #expect(abs(parallel - 0.1) < 1e-12)
    // A code of length 0 is at right angles to all.
    let (_, zero) = try ebgan(fake: [0, 0], codes: [[0, 0], [1, 1]])
    #expect(zero == 0)
  }

  /// Runs BEGAN's controller on errors of one sample of each kind, and returns the loss and k after each step.
  private func began(
    _ errors: [(real: Double, fake: Double)], _ members: ValueMap
  ) throws -> [(loss: Double, balance: Double)] {
    let graph = Graph()
    let memories = Memories()
    let loss = try #require(lossTable["began"]).body
    let game = Game(
      real: graph.input("real", [1, 1]), fake: graph.input("fake", [1, 1]), memories: memories
    ) { Response(output: 0 * $0) }
    let value = loss.critic(game, lossTable.arguments("began", members))
    let next = try #require(memories.written["balance"])
    #expect(memories.written.count == 1 && loss.memory == [Remembered("balance", start: 0)])
    let function = ScalarFunction(graph, [value, next])
    var balance = 0.0
    return errors.map { error in
      let values = function([
        ("real", [error.real]), ("fake", [-error.fake]), ("loss.balance", [balance]),
      ])
      balance = values[1][0]
      return (values[0][0], balance)
    }
  }

  /// The step uses k as it was, and k moves by the rate times the excess of the real error over the fake one.
  @Test func controllerOfBEGANByHand() throws {
    let steps = try began([(2, 0.5), (4, 1), (1, 3)], ["gamma": .real(0.5), "rate": .real(0.1)])
    // k: 0, then 0 + 0.1·(1 − 0.5), 0.05 + 0.1·(2 − 1), 0.15 + 0.1·(0.5 − 3) below 0.
    let expected = [(2.0, 0.05), (4 - 0.05 * 1, 0.15), (1 - 0.15 * 3, 0)]
    for (own, other) in zip(steps, expected) {
      #expect(abs(own.loss - other.0) < 1e-15 && abs(own.balance - other.1) < 1e-15)
    }
  }

  /// Whatever the errors and the rate are.
  @Test func controllerOfBEGANStaysBetweenZeroAndOne() throws {
    var numbers = TestNumbers(8)
    let errors = (0..<200).map { _ in (numbers.unit() * 10, numbers.unit() * 10) }
    for rate in [0.001, 0.3, 100] {
      let balances = try began(errors, ["rate": .real(rate)]).map(\.balance)
      #expect(balances.allSatisfy { $0 >= 0 && $0 <= 1 })
      #expect(balances.contains { $0 > 0 })
      if rate == 100 { #expect(balances.contains(1) && balances.contains(0)) }
    }
  }

  /// The controller is told and not trained: the loss has k's derivative −E e(x̃) and none by way of what k becomes.
  @Test func controllerOfBEGANIsNotDifferentiated() throws {
    let graph = Graph()
    let memories = Memories()
    let fake = graph.input("fake", [1, 1])
    let game = Game(real: graph.input("real", [1, 1]), fake: fake, memories: memories) {
      Response(output: 0 * $0)
    }
    let loss = try #require(lossTable["began"]).body
    _ = loss.critic(game, lossTable.arguments("began"))
    let next = try #require(memories.written["balance"])
    let slope = gradients(of: next, by: [fake])[0]
    #expect(ScalarFunction(graph, [slope])([("real", [1]), ("fake", [1])])[0] == [0])
  }

  /// Gradient penalties of autoencoding critics are of the error e(x̂), mean over a sample's elements.
  @Test func witnessIsTheError() throws {
    for (name, expected) in [("ebgan", [6.5, 0.5]), ("began", [2.5, 0.5])] {
      let graph = Graph()
      let point = graph.input("point", [2, 2])
      let loss = try #require(lossTable[name]).body
      let game = Game(real: point, fake: point) { Response(output: 2 * $0) }
      let witness = loss.witness(
        game, (point, game.respond(point, "")), lossTable.arguments(name))
      let values = ScalarFunction(graph, [witness])([("point", [2, -3, 0, 1])])[0]
      #expect(values == expected)
    }
  }
}
