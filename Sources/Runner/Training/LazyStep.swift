import Engine

/// A kind of step with its programs: one for each set of penalties that can be due together.
struct LazyStep {
  let move: Move
  /// By the bits of the penalties that are due, of those which are not applied in every step.
  let variants: [PreparedStep]
  private let intervals: [Int]

  /// - Parameter variants: the programs that `programs` gives, made ready.
  init(_ move: Move, _ configuration: RunConfiguration, _ variants: [PreparedStep]) {
    self.move = move
    self.variants = variants
    intervals = Self.lazyIntervals(move, configuration)
  }

  /// The program of the step `number`, from 0, of this kind.
  func variant(at number: Int) -> PreparedStep { variants[Self.variant(at: number, intervals)] }

  /// The index of the program of a step among those that `programs` gives.
  static func variant(at number: Int, _ intervals: [Int]) -> Int {
    intervals.indices.reduce(0) { $0 | (number.isMultiple(of: intervals[$1]) ? 1 << $1 : 0) }
  }

  /// The programs of a kind of step, by the bits of the penalties that are due.
  static func programs(of move: Move, in training: TrainingGraph, isRecorded: Bool) -> [Program] {
    let penalties = training.configuration.penaltyIntervals(move)
    let lazy = penalties.filter { $0.interval > 1 }.map(\.penalty)
    return (0..<(1 << lazy.count)).map { bits in
      let due = lazy.indices.filter { bits >> $0 & 1 == 1 }.map { lazy[$0] }
      let active = penalties.filter { $0.interval == 1 || due.contains($0.penalty) }
      return training.step(move, active: active.map(\.penalty), isRecorded: isRecorded)
    }
  }

  /// Every how many steps of a kind each penalty is applied, of those which are not applied in every one.
  static func lazyIntervals(_ move: Move, _ configuration: RunConfiguration) -> [Int] {
    configuration.penaltyIntervals(move).map(\.interval).filter { $0 > 1 }
  }
}
