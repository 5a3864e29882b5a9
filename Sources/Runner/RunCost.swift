import Catalog
import Engine

/// The counted floating-point operations of training, from a configuration alone: its graph is built, but no kernels
/// are prepared and no memory is planned.
struct RunCost {
  /// The operations of each kind of step, by the set of penalties that it applies.
  private let steps: [(move: Move, operations: [Int])]
  /// The operations of a return to slow weights.
  private let lookahead: Int
  /// The number of elements of the largest tensor of a step; 0 where it was not looked for.
  let largestTensor: Int

  /// Takes known counts.
  init(
    _ steps: [(move: Move, operations: [Int])], _ lookahead: Int, largestTensor: Int = 0
  ) {
    self.steps = steps
    self.lookahead = lookahead
    self.largestTensor = largestTensor
  }

  /// Builds the configuration's graph, which takes about a millisecond.
  ///
  /// - Parameter sampleShape: the shape of one sample of the configuration's data.
  /// - Throws: `RunnerError.network` where a network does not fit the data.
  init(_ configuration: RunConfiguration, sampleShape: [Int]) throws {
    let training = try TrainingGraph(configuration, sampleShape: sampleShape)
    let steps = configuration.moves.map { move in
      let programs = LazyStep.programs(of: move, in: training, isRecorded: false)
      return (move, programs.map(\.operations))
    }
    self.init(
      steps, training.hasLookahead ? training.lookahead().operations : 0,
      largestTensor: training.graph.largestCount)
  }

  /// The operations of the first generator steps and their critic steps; the largest `Int` where they are more.
  ///
  /// - Parameters:
  ///   - count: generator steps.
  ///   - criticSteps: critic steps in all; where they are not given, they are counted.
  func operations(
    steps count: Int, criticSteps: Int? = nil, _ configuration: RunConfiguration
  ) -> Int {
    let returns = configuration.lookahead.every > 0 ? count / configuration.lookahead.every : 0
    let perStep = configuration.criticSteps
    return steps.reduce(Self.product(returns, lookahead)) { sum, step in
      let number =
        step.move == .critic
        ? criticSteps ?? (0..<count).reduce(0) { $0 + perStep($1) } : count
      let counts = Self.counts(
        of: number, lazy: LazyStep.lazyIntervals(step.move, configuration))
      return zip(step.operations, counts).reduce(sum) { Self.sum($0, Self.product($1.0, $1.1)) }
    }
  }

  private static func sum(_ a: Int, _ b: Int) -> Int {
    let (sum, overflow) = a.addingReportingOverflow(b)
    return overflow ? .max : sum
  }

  private static func product(_ a: Int, _ b: Int) -> Int {
    let (product, overflow) = a.multipliedReportingOverflow(by: b)
    return overflow ? .max : product
  }
  /// How many of the steps 0 ..< n are multiples of exactly the intervals of each set, by the set's bits: by inclusion
  /// and exclusion, Σ over T ⊇ S of (−1)^|T∖S|·⌈n / lcm(T)⌉.
  private static func counts(of n: Int, lazy intervals: [Int]) -> [Int] {
    let sets = 0..<(1 << intervals.count)
    let multiples = sets.map { set in
      let period = intervals.indices.filter { set >> $0 & 1 == 1 }
        .reduce(1) { leastCommonMultiple($0, intervals[$1]) }
      return n / period + (n % period == 0 ? 0 : 1)
    }
    return sets.map { set in
      sets.filter { $0 & set == set }.reduce(0) { sum, larger in
        let sign = (larger ^ set).nonzeroBitCount.isMultiple(of: 2) ? 1 : -1
        return sum + sign * multiples[larger]
      }
    }
  }

  private static func leastCommonMultiple(_ a: Int, _ b: Int) -> Int {
    var (x, y) = (a, b)
    while y != 0 { (x, y) = (y, x % y) }
    return a / x * b
  }
}
