import Arrays
import Catalog
import Datasets
import Engine
import LinearAlgebra
import Networks
import Records

/// What a game does near one point of training: its gradient field, and how plain gradient descent would move there.
///
/// Everything is computed in Float64 by the reference executor. The batches, latents and random numbers are those of the
/// steps that training would take next, each player's its own.
public struct LocalDynamics: Sendable {
  /// The most parameters of both networks together.
  public static let mostParameters = 256

  /// The gradient field.
  public let field: GradientField
  /// The learning rates of the next steps.
  public let generatorRate: Double
  /// The same of the critic.
  public let criticRate: Double
  /// The critic's steps before the generator's in alternating descent.
  public let criticSteps: Int
  /// The Jacobian of one step of both players at once.
  let simultaneousStep: HostArray<Double>
  /// The Jacobian of the critic's steps and one of the generator against the critic that they lead to.
  let alternatingStep: HostArray<Double>
  /// The Jacobian of one step of both players along the field where a step of both leads to.
  let extragradientStep: HostArray<Double>

  /// The eigenvalues of one step of both players at once: near an equilibrium it converges where all lie within the unit
  /// circle.
  ///
  /// - Throws: `DynamicsError.noEigenvalues`.
  public func simultaneousSpectrum() throws -> Spectrum { try Spectrum(simultaneousStep) }

  /// The same of the critic's steps and one of the generator against the critic that they lead to.
  ///
  /// - Throws: `DynamicsError.noEigenvalues`.
  public func alternatingSpectrum() throws -> Spectrum { try Spectrum(alternatingStep) }

  /// The same of one step of both players along the field where a step of both leads to. Source: 1802.10551.
  ///
  /// - Throws: `DynamicsError.noEigenvalues`.
  public func extragradientSpectrum() throws -> Spectrum { try Spectrum(extragradientStep) }

  /// The dynamics of a run after some steps of its training.
  ///
  /// - Parameters:
  ///   - step: generator steps that are taken before.
  ///   - values: trained states by name and what they are set to then: one number for all elements, or one for each.
  /// - Throws: `DynamicsError`; `DatasetError` and `RunnerError` where data or networks cannot be made.
  public init(
    _ arm: Arm, seed: Int, step: Int, values: [(state: String, values: [Double])] = [],
    identities: Identities
  ) throws {
    let configuration = RunConfiguration(arm.configuration)
    guard step <= configuration.steps else {
      throw DynamicsError.tooLate(steps: configuration.steps)
    }
    let trainer = try Trainer(
      configuration, seed: seed, dataset: try identities.dataset(arm), executor: .reference)
    let count = Player.allCases.flatMap(trainer.training.parameters).reduce(0) { $0 + $1.count }
    guard count <= Self.mostParameters else { throw DynamicsError.tooManyParameters(count) }
    while trainer.step < step {
      guard trainer.advance().isFinite, trainer.state.isFinite else {
        throw DynamicsError.diverged(step: trainer.step - 1)
      }
    }
    try trainer.set(values)
    self.init(trainer, seed: seed)
  }

  /// The dynamics at a trainer's states as they stand, which are left as they are.
  init(_ trainer: Trainer, seed: Int) {
    let evaluate = FieldEvaluation(trainer, seed: seed)
    let names = Player.allCases.map { trainer.trainedStates(of: $0) }
    let moment = trainer.moment
    let parts = Player.allCases.map { evaluate($0, at: moment) }
    let rows = parts.flatMap(\.rows)
    field = GradientField(
      states: names.flatMap { $0 }, generatorCount: parts[0].velocity.count,
      velocity: parts.flatMap(\.velocity),
      jacobian: HostArray(shape: [rows.count, rows.count], elements: rows.flatMap { $0 }))
    let rates = Player.allCases.map { trainer.configuration.rate($0, at: moment) }
    (generatorRate, criticRate) = (rates[0], rates[1])
    criticSteps = trainer.configuration.criticSteps(moment.generatorSteps)
    let steps = DescentSteps(trainer, evaluate, rates: rates)
    simultaneousStep = steps.simultaneous(parts)
    alternatingStep = steps.alternating(criticSteps: criticSteps)
    extragradientStep = steps.extragradient(parts)
  }
}

extension RunConfiguration {
  /// A player's learning rate at a moment; 0 for an optimizer without one.
  fileprivate func rate(_ player: Player, at moment: TrainingMoment) -> Double {
    let (entry, arguments) = optimizerTable.selection(optimizer(player))
    guard entry.description.parameter("rate") != nil else { return 0 }
    return arguments.coefficient("rate")(moment.generatorSteps, of: steps)
  }
}

extension Trainer {
  /// The names and sizes of a player's trained states.
  func trainedStates(of player: Player) -> [(name: String, count: Int)] {
    training.trainedStates(of: player).map { ($0.name, $0.shape.reduce(1, *)) }
  }

  /// Sets trained states, each to one number or to as many as it has elements.
  fileprivate func set(_ values: [(state: String, values: [Double])]) throws {
    let known = Player.allCases.flatMap { trainedStates(of: $0) }
    for (name, numbers) in values {
      guard let (_, count) = known.first(where: { $0.name == name }) else {
        throw DynamicsError.unknownState(name, known: known.map(\.name))
      }
      guard numbers.count == 1 || numbers.count == count else {
        throw DynamicsError.wrongCount(state: name, given: numbers.count, needed: count)
      }
      state[name] = numbers.count == 1 ? Array(repeating: numbers[0], count: count) : numbers
    }
  }
}
