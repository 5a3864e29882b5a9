import Arrays
import Catalog
import Engine
import Networks
import Objectives
import Testing

@testable import Runner

/// Whole training steps with every loss, penalty, optimizer and way of play, found by iterating the tables.
@Suite struct EveryObjectiveTests {
  /// An entry with one of its choices, as a setting.
  struct Setting: CustomTestStringConvertible, Sendable {
    let text: String
    var testDescription: String { text }
  }

  /// All entries of a table with each word of each choice, and each entry of each table that they name.
  static func settings<Body>(_ table: Table<Body>, _ small: String = "") -> [Setting] {
    table.entries.flatMap { entry -> [Setting] in
      let description = entry.description
      let name = "\(table.description.selector): \(description.name)"
      let sizes = description.parameters.filter { ["dimensions", "code"].contains($0.name) }
        .map { "\($0.name): 3" }
      let parts = [name] + sizes + (small.isEmpty ? [] : [small])
      let others = description.parameters.flatMap { parameter -> [String] in
        switch parameter.type {
        case .choice(let words): words.dropFirst().map { "\(parameter.name): \($0)" }
        case .entry(let table) where ["kernel", "transform"].contains(table.title):
          table.entries.map(\.name).filter { $0 != "flip-shift" }
            .map { "\(parameter.name): \($0)" }
        default: []
        }
      }
      return ([[]] + others.map { [$0] }).map { other in
        Setting(text: "{\((parts + other).joined(separator: ", "))}")
      }
    }
  }

  static let losses = settings(lossTable)
  static let penalties = settings(penaltyTable, "weight: 0.01")
  static let plays = Play.allCases.map(\.rawValue)

  /// Smooth networks with two hidden layers.
  private static func configuration(_ settings: String) throws -> RunConfiguration {
    try TinyPlan.configuration(
      "generator: {hidden: [5], activation: tanh}, critic: {hidden: [6, 5], activation: tanh}, "
        + "train.batch: 6, train.steps: 10, " + settings)
  }

  /// What else an experiment must say for a penalty to have something to act on.
  private static func whole(_ penalty: String) -> String {
    let isWitness = penalty.contains("preset: witness")
    let loss = isWitness ? "loss: {name: mmd, dimensions: 3}, " : ""
    // So slow a decay that averages do not move with the batch, through which no derivative is taken.
    let lecam = "preset: lecam, warmup: 1, decay: 0.9999999999"
    return loss + "penalty: \(penalty.replacing("preset: lecam", with: lecam))"
  }

  // MARK: Executors

  private func expectAgreement(_ settings: String) throws {
    let configuration = try Self.configuration("optimizer: {name: sgd, rate: 0.01}, " + settings)
    let (fast, reference) = try (configuration.trainer(), configuration.trainer(.reference))
    for step in 0..<4 {
      let (ours, theirs) = (fast.advanceRecorded().record, reference.advanceRecorded().record)
      for (index, column) in HistoryRecord.columns.enumerated() {
        let (a, b) = (ours.values[index], theirs.values[index])
        #expect(abs(a - b) <= 2e-3 * max(1, abs(b)), "\(column) at step \(step): \(a), \(b)")
      }
    }
  }

  @Test(arguments: losses) func executorsAgreeOnLosses(_ loss: Setting) throws {
    try expectAgreement("loss: \(loss.text)")
  }

  @Test(arguments: penalties) func executorsAgreeOnPenalties(_ penalty: Setting) throws {
    try expectAgreement(Self.whole(penalty.text))
  }

  @Test(arguments: plays) func executorsAgreeOnPlays(_ play: String) throws {
    try expectAgreement(
      "train.play: \(play), train.lookahead.every: 2, train.noise: 0.1, penalty: {preset: r1, every: 2}, "
        + "generator.average: 0.5, critic.constraint: spectral, generator.normalizer: batch")
  }

  /// A generator that looks ahead, under losses and penalties that see more than scores.
  @Test(arguments: [
    "loss: {name: mmd, dimensions: 3}, penalty: {preset: r2, weight: 0.01}",
    "loss: {name: cramer, dimensions: 3}, penalty: {preset: wgan-gp, weight: 0.01}",
    "loss: {name: began, code: 3, rate: 0.5}", "loss: {name: ebgan, code: 3}",
    "loss: {name: infomax, dimensions: 3}, train.noise: 0.1", "loss: r3gan",
    "penalty: [{preset: lecam, warmup: 1}, {preset: sobolev, rho: 0.5}, zcr, bcr]",
  ])
  func executorsAgreeOnUnrolling(_ settings: String) throws {
    try expectAgreement("train.unroll: 2, " + settings)
  }

  // MARK: Derivatives

  private static let rate = 0x1p-10

  /// The gradient that moves each player against differences of the loss that is recorded, along a random direction in the
  /// reference executor, some steps into training.
  private func expectGradients(_ settings: String) throws {
    let configuration = try Self.configuration(
      "optimizer: {name: sgd, rate: \(Self.rate)}, " + settings)
    for move in configuration.moves {
      let trainer = try configuration.trainer(.reference)
      for _ in 0..<2 { _ = trainer.advance() }
      let training = trainer.training
      let active = configuration.penaltyIntervals(move).map(\.penalty)
      let program = training.step(move, active: active, isRecorded: false)
      let step = PreparedStep(
        Executor.reference.prepare(program, state: trainer.state), training, seed: 0,
        batches: try trainer.configuration.dataset().batches(seed: 0, batch: 6))
      let start = StateTable(of: training.graph, precision: .float64)
      start.copy(from: trainer.state)
      for player in move.players {
        let names = training.trainedStates(of: player).map(\.name)
        guard !names.isEmpty else { continue }
        let directions = names.map { name in
          RandomStream(seed: 1, name: name).normal(start[name].count).map(Double.init)
        }
        /// The player's loss at a distance along the direction; leaves the states as they are after the step.
        func total(_ h: Double) -> Double {
          trainer.state.copy(from: start)
          for (name, direction) in zip(names, directions) {
            trainer.state[name] = zip(start[name], direction).map { $0 + h * $1 }
          }
          step.run(step: 2, at: TrainingMoment(generatorSteps: 2, criticSteps: 2))
          return (step[.loss, player] ?? 0) + (step[.penalty, player] ?? 0)
        }
        _ = total(0)
        var analytic = 0.0
        for (name, direction) in zip(names, directions) {
          for (index, move) in zip(trainer.state[name], start[name]).map({ $0 - $1 }).enumerated() {
            analytic -= move / Self.rate * direction[index]
          }
        }
        func quotient(_ h: Double) -> Double { (total(h) - total(-h)) / (2 * h) }
        let numeric = (4 * quotient(5e-5) - quotient(1e-4)) / 3
        #expect(abs(analytic) > 1e-12, "a derivative that vanishes tests nothing")
        #expect(
          abs(analytic - numeric) <= 1e-6 * max(abs(analytic), 1e-2),
          "\(player) in \(move): \(analytic), \(numeric)")
      }
    }
  }

  @Test(arguments: losses) func gradientsOfLosses(_ loss: Setting) throws {
    try expectGradients("loss: \(loss.text)")
  }

  @Test(arguments: penalties) func gradientsOfPenalties(_ penalty: Setting) throws {
    try expectGradients(Self.whole(penalty.text))
  }

  @Test(
    arguments: penaltyTable.entries.filter { $0.body.subject == .weights }.map(\.description.name))
  func gradientsOfTheGeneratorsPenalties(_ name: String) throws {
    try expectGradients("generator.penalty: {preset: \(name), weight: 1}")
  }

  // MARK: Interruption

  /// A run that is taken up from a copy of its states goes on to the same bits: nothing that survives a step lives
  /// elsewhere.
  private func expectResumption(_ settings: String) throws {
    let configuration = try Self.configuration(settings)
    let (whole, first, second) = try (
      configuration.trainer(), configuration.trainer(), configuration.trainer()
    )
    for _ in 0..<6 { _ = whole.advance() }
    for _ in 0..<3 { _ = first.advance() }
    second.restore(step: 3, from: first.state)
    for _ in 0..<3 { _ = second.advance() }
    #expect(whole.state.digest == second.state.digest)
  }

  @Test(arguments: losses) func lossesResume(_ loss: Setting) throws {
    try expectResumption("loss: \(loss.text)")
  }

  @Test(arguments: penalties) func penaltiesResume(_ penalty: Setting) throws {
    try expectResumption(Self.whole(penalty.text))
  }

  @Test(arguments: plays, optimizerTable.entries.map(\.description.name))
  func playsResume(_ play: String, _ optimizer: String) throws {
    try expectResumption(
      "train.play: \(play), train.lookahead.every: 2, optimizer: \(optimizer), "
        + "penalty: {preset: r1, every: 2}")
  }
}
