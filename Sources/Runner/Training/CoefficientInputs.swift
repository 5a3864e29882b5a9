import Networks
import Objectives
import Schedules

/// The numbers that a run's programs are given before each step, by the name of the scalar input: what optimizers need, and
/// every coefficient that a schedule moves.
///
/// They are computed in Float64 outside of the graph.
struct CoefficientInputs {
  /// The number of the player's update `update`, from 1, in generator step `step`, from 0.
  typealias Value = @Sendable (_ update: Int, _ step: Int) -> Double

  private let values: [(name: String, value: Value)]

  init(_ configuration: RunConfiguration) {
    let steps = configuration.steps
    let optimizers = Player.allCases.flatMap { player in
      let (optimizer, arguments) = optimizerTable.selection(configuration.optimizer(player))
      let rate = arguments.coefficient("rate")
      return optimizer.body.coefficients(arguments).enumerated().map { position, coefficient in
        let value: Value = { update, step in coefficient(update, rate(step, of: steps)) }
        return (Coefficient.inputName(Self.key(player, position)), value)
      }
    }
    let schedules = Self.schedules(configuration).map { key, schedule in
      let value: Value = { _, step in schedule(step, of: steps) }
      return (Coefficient.inputName(key), value)
    }
    values = optimizers + schedules
  }

  /// The value of the input called `name`; nil where that is no coefficient.
  subscript(name: String) -> Value? { values.first { $0.name == name }?.value }

  /// All coefficients that are a factor of a step, by the keys under which graphs know them.
  private static func schedules(
    _ configuration: RunConfiguration
  ) -> [(key: String, schedule: CoefficientSchedule)] {
    let penalties = configuration.penalties.indices.map {
      (penaltyKey($0), configuration.penaltyFactor($0))
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
      ("critic.dropout", configuration.dropout(.critic)),
    ]
  }

  /// The key of a number that a player's optimizer needs.
  static func key(_ player: Player, _ position: Int) -> String { "\(player.rawValue)/\(position)" }

  /// The key of a penalty's factor.
  static func penaltyKey(_ position: Int) -> String { "penalty.\(position).weight" }

  /// The key of an auxiliary term's weight.
  static func auxiliaryKey(_ position: Int) -> String { "auxiliary.\(position).weight" }
}
