import Networks
import Objectives
import Schedules

/// The numbers that a run's programs are given before each step, by the name of the scalar input: what optimizers need, and
/// every coefficient that a schedule moves; also those that the critic's next steps will have.
///
/// They are computed in Float64 outside of the graph.
struct CoefficientInputs {
  /// A coefficient at a moment.
  typealias Value = @Sendable (TrainingMoment) -> Double

  private let values: [(name: String, value: Value)]
  private let lookahead: CriticLookahead

  init(_ configuration: RunConfiguration) {
    let steps = configuration.steps
    let optimizers = Player.allCases.flatMap { player in
      let (optimizer, arguments) = optimizerTable.selection(configuration.optimizer(player))
      let coefficients = optimizer.body.coefficients(arguments)
      guard !coefficients.isEmpty else { return [(name: String, value: Value)]() }
      let rate = arguments.coefficient("rate")
      return coefficients.enumerated().map { position, coefficient in
        let value: Value = { moment in
          coefficient(moment.updates(of: player) + 1, rate(moment.generatorSteps, of: steps))
        }
        return (Coefficient.inputName(Self.key(player, position)), value)
      }
    }
    let schedules = Self.schedules(configuration).map { key, schedule in
      let value: Value = { schedule($0.generatorSteps, of: steps) }
      return (Coefficient.inputName(key), value)
    }
    values = optimizers + schedules + Self.appliedPenalties(configuration)
    lookahead = CriticLookahead(configuration)
  }

  /// The value of the input called `name`; nil where that is no coefficient.
  subscript(name: String) -> Value? {
    guard let ahead = UnrolledInput(name: name) else {
      return values.first { $0.name == name }?.value
    }
    guard let value = self[ahead.input] else { return nil }
    let lookahead = lookahead
    return { value(lookahead.moment(of: ahead.step, after: $0)) }
  }

  /// All coefficients that are a factor of a step, by the keys under which graphs know them.
  private static func schedules(
    _ configuration: RunConfiguration
  ) -> [(key: String, schedule: CoefficientSchedule)] {
    let penalties = configuration.penalties.flatMap { setting in
      setting.weights.map { (setting.key($0), setting.factor($0)) }
    }
    let auxiliaries = configuration.auxiliaries.enumerated().map { position, value in
      let (_, arguments) = auxiliaryTable.selection(value)
      return (auxiliaryKey(position), arguments.coefficient("weight"))
    }
    let bounds = Player.allCases.compactMap { player in
      configuration.clippingBound(player).map { ("\(player.rawValue).constraint.bound", $0) }
    }
    return penalties + auxiliaries + bounds + [
      ("labels.real", configuration.realLabel), ("labels.fake", configuration.fakeLabel),
      ("generator.average", configuration.averageDecay),
      ("generator.dropout", configuration.dropout(.generator)),
      ("critic.dropout", configuration.dropout(.critic)), ("train.noise", configuration.noise),
    ]
  }

  /// The factors of penalties in a graph that has them in every critic step: 0 where they are not applied.
  private static func appliedPenalties(
    _ configuration: RunConfiguration
  ) -> [(name: String, value: Value)] {
    let steps = configuration.steps
    return configuration.penalties.flatMap { setting in
      setting.weights.map { weight in
        let (factor, interval) = (setting.factor(weight), setting.interval)
        let value: Value = { moment in
          moment.criticSteps.isMultiple(of: interval)
            ? factor(moment.generatorSteps, of: steps) : 0
        }
        return (Coefficient.inputName(setting.appliedKey(weight)), value)
      }
    }
  }

  /// The key of a number that a player's optimizer needs.
  static func key(_ player: Player, _ position: Int) -> String { "\(player.rawValue)/\(position)" }

  /// The key of an auxiliary term's weight.
  static func auxiliaryKey(_ position: Int) -> String { "auxiliary.\(position).weight" }
}
