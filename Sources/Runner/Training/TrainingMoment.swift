import Networks

/// Where training stands: how many steps of each player lie behind it.
struct TrainingMoment: Sendable {
  /// The generator's steps.
  var generatorSteps: Int
  /// The critic's steps.
  var criticSteps: Int

  /// The start of training.
  static let start = TrainingMoment(generatorSteps: 0, criticSteps: 0)

  /// The steps of one player.
  func steps(of player: Player) -> Int { player == .critic ? criticSteps : generatorSteps }
}

/// The critic's next steps as a generator step sees them: when they will be taken.
struct CriticLookahead: Sendable {
  private let count: @Sendable (_ generatorStep: Int) -> Int
  private let steps: Int

  init(_ configuration: RunConfiguration) {
    count = configuration.criticSteps
    steps = configuration.steps
  }

  /// The moment of one of the critic's next steps. The generator takes the step at hand before the first of them, and
  /// one between them wherever the alternation of the players has one.
  ///
  /// A critic step that would come after the end of the run is taken to be in its last generator step, where schedules
  /// have arrived.
  ///
  /// - Parameters:
  ///   - number: which of the next steps, from 1.
  ///   - moment: that of the generator step.
  func moment(of number: Int, after moment: TrainingMoment) -> TrainingMoment {
    var generatorStep = moment.generatorSteps + 1
    var before = number - 1
    while before >= count(generatorStep) {
      before -= count(generatorStep)
      generatorStep += 1
    }
    return TrainingMoment(
      generatorSteps: min(generatorStep, steps - 1), criticSteps: moment.criticSteps + number - 1)
  }
}
