import Catalog
import Testing

@testable import Engine
@testable import Objectives

/// LeCam regularization over several steps, its memory carried by hand.
@Suite struct LeCamTests {
  /// Scores of one step.
  private typealias Batch = (real: [Double], fake: [Double])

  /// What a step gives and leaves.
  private struct Result {
    let term: Double
    /// By the real and by the fake scores.
    let slopes: [[Double]]
    let memory: [String: Double]
  }

  private static let batches: [Batch] = [
    ([1, 3], [-2, 0]), ([2, 5], [-1, 0.5]), ([-1, 2.5], [1.5, -3]), ([0.25, 4], [2, -0.5]),
    ([-2, -1], [3, 1]),
  ]

  private func run(_ members: ValueMap, _ batches: [Batch]) throws -> [Result] {
    let graph = Graph()
    let memories = Memories()
    let scores = [graph.input("real", [2]), graph.input("fake", [2])]
    let inputs = PenaltyInputs(
      game: Game(scores: scores[0], scores[1]), stream: "penalty", critic: { $0 }, weights: [],
      field: { [] }, memory: memories.memory(graph, "penalty"))
    let penalty = try #require(penaltyTable["lecam"]).body
    let term = penalty.term(inputs, penaltyTable.arguments("lecam", members))
    let names = penalty.memory.map(\.name)
    let next = try names.map { try #require(memories.written[$0]) }
    let function = ScalarFunction(graph, [term] + gradients(of: term, by: scores) + next)
    var memory = Dictionary(uniqueKeysWithValues: penalty.memory.map { ($0.name, $0.start) })
    return batches.map { batch in
      let before = names.map { (name: "penalty.\($0)", values: [memory[$0] ?? .nan]) }
      let values = function([("real", batch.real), ("fake", batch.fake)] + before)
      for (name, value) in zip(names, values[3...]) { memory[name] = value[0] }
      return Result(term: values[0][0], slopes: Array(values[1...2]), memory: memory)
    }
  }

  /// The same by the definition.
  private func byHand(decay: Double, warmup: Int, _ batches: [Batch]) -> [Result] {
    var (real, fake) = (0.0, 0.0)
    return batches.enumerated().map { step, batch in
      let isOn = step >= warmup
      real = isOn ? decay * real + (1 - decay) * mean(batch.real) : mean(batch.real)
      fake = isOn ? decay * fake + (1 - decay) * mean(batch.fake) : mean(batch.fake)
      let above = batch.real.map { max(0, $0 - fake) }
      let below = batch.fake.map { max(0, real - $0) }
      let term = mean(above.map { $0 * $0 }) + mean(below.map { $0 * $0 })
      return Result(
        term: isOn ? term : 0,
        // Averages are anchors: neither they nor the batch means in them have a derivative.
        slopes: [above.map { isOn ? $0 : 0 }, below.map { isOn ? -$0 : 0 }],
        memory: ["real": real, "fake": fake, "steps": Double(step + 1)])
    }
  }

  @Test(arguments: [(0.9, 0), (0.9, 1), (0.5, 2), (0, 3), (0.99, 1000)])
  func stepsByHand(_ decay: Double, _ warmup: Int) throws {
    let own = try run(["decay": .real(decay), "warmup": .integer(warmup)], Self.batches)
    for (own, other) in zip(own, byHand(decay: decay, warmup: warmup, Self.batches)) {
      #expect(abs(own.term - other.term) < 1e-13)
      for (own, other) in zip(own.slopes.joined(), other.slopes.joined()) {
        #expect(abs(own - other) < 1e-14)
      }
      #expect(own.memory.count == 3)
      for name in ["real", "fake", "steps"] {
        #expect(abs(try #require(own.memory[name]) - (other.memory[name] ?? .nan)) < 1e-14)
      }
    }
  }

  /// The first step after one of warming up: averages ½(0 + 2) = 1 of real and ½(−3 + 1) = −1 of fake scores, moved before
  /// they are used. With the old averages 0 and −3 the term would be 25.
  @Test func averagesMoveFirst() throws {
    let steps = try run(
      ["decay": .real(0.5), "warmup": .integer(1)], [([0, 0], [-3, -3]), ([2, 2], [1, 1])])
    #expect(steps[0].term == 0 && steps[0].slopes.joined().allSatisfy { $0 == 0 })
    // [2 + 1]₊² + [1 − 1]₊².
    #expect(steps[1].term == 9)
    #expect(steps[1].memory == ["real": 1, "fake": -1, "steps": 2])
  }

  /// Counting ends where single precision ends, beyond the longest warm-up, which is left at its very step.
  @Test func countsAsFarAsTheLongestWarmup() throws {
    let warmup = 10_000_000
    let graph = Graph()
    let memories = Memories()
    let scores = [graph.input("real", [2]), graph.input("fake", [2])]
    let inputs = PenaltyInputs(
      game: Game(scores: scores[0], scores[1]), stream: "penalty", critic: { $0 }, weights: [],
      field: { [] }, memory: memories.memory(graph, "penalty"))
    let term = try #require(penaltyTable["lecam"]).body.term(
      inputs, penaltyTable.arguments("lecam", ["warmup": .integer(warmup)]))
    let steps = try #require(memories.written["steps"])
    for kernels in availableKernels {
      for (count, next) in [
        (warmup - 1, warmup), (warmup, warmup + 1), (1 << 24, 1 << 24),
      ] {
        let values = kernels.evaluate(
          [term, steps],
          [
            ("real", [1, 2]), ("fake", [-1, 0]), ("penalty.real", [1]), ("penalty.fake", [0]),
            ("penalty.steps", [Float(count)]),
          ])
        #expect((values[0][0] > 0) == (count >= warmup) && values[1][0] == Float(next))
      }
    }
  }
}
