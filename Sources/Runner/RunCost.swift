import Catalog
import Engine

/// The counted floating-point operations of training, from a configuration alone: its graph is built, but no kernels
/// are prepared and no memory is planned.
struct RunCost {
  /// The operations of a generator step.
  private let generatorStep: Int
  /// The operations of a critic step, by the set of penalties that it applies.
  private let criticSteps: [Int]

  /// Builds the configuration's graph, which takes about a millisecond.
  ///
  /// - Parameter sampleShape: the shape of one sample of the configuration's data.
  /// - Throws: `RunnerError.network` where a network does not fit the data.
  init(_ configuration: RunConfiguration, sampleShape: [Int]) throws {
    let training = try TrainingGraph(configuration, sampleShape: sampleShape)
    criticSteps = Trainer.subsets(configuration.penaltyIntervals).map {
      training.criticStep(active: $0, isRecorded: false).operations
    }
    generatorStep = training.generatorStep(isRecorded: false).operations
  }

  /// The operations of a whole run, as `Trainer.operations(steps:)` counts them; the largest `Int` where they are more.
  ///
  /// - Parameters:
  ///   - steps: generator steps.
  ///   - criticSteps: critic steps in all.
  ///   - penaltyIntervals: every how many critic steps each penalty is applied.
  func operations(steps: Int, criticSteps total: Int, penaltyIntervals: [Int]) -> Int {
    let counts = Self.counts(of: total, lazy: penaltyIntervals.filter { $0 > 1 })
    return zip(self.criticSteps, counts).reduce(Self.product(steps, generatorStep)) {
      let (sum, overflow) = $0.addingReportingOverflow(Self.product($1.0, $1.1))
      return overflow ? .max : sum
    }
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
