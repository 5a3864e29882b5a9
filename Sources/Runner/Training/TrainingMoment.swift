import Networks

/// Where training stands: how many steps of each player lie behind it.
struct TrainingMoment: Sendable {
  /// The generator's steps.
  var generatorSteps: Int
  /// The updates of the generator's weights: two a step where both players look ahead.
  var generatorUpdates: Int
  /// The updates of the critic's weights.
  var criticSteps: Int

  /// - Parameter generatorUpdates: as many as the generator's steps where nothing is said.
  init(generatorSteps: Int, criticSteps: Int, generatorUpdates: Int? = nil) {
    self.generatorSteps = generatorSteps
    self.generatorUpdates = generatorUpdates ?? generatorSteps
    self.criticSteps = criticSteps
  }

  /// The start of training.
  static let start = TrainingMoment(generatorSteps: 0, criticSteps: 0)

  /// The updates of one player's weights.
  func updates(of player: Player) -> Int { player == .critic ? criticSteps : generatorUpdates }
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
