import Catalog
import Networks
import Objectives
import Schedules

/// A penalty as an experiment file has it: whose it is, and what names in the graph begin with.
struct PenaltySetting: Sendable {
  /// A complete entry of `penaltyTable`.
  let value: Value
  /// The player that it is given to.
  let owner: Player
  /// Its position among those of this player.
  let position: Int

  var penalty: Penalty { penaltyTable.selection(value).entry.body }
  var name: String { penaltyTable.selection(value).entry.description.name }
  var arguments: Arguments { penaltyTable.selection(value).arguments }
  /// Every how many steps it is applied.
  var interval: Int { arguments.integer("every") }
  /// The key of the list in an experiment file.
  var keyPath: String { owner == .critic ? "penalty" : "generator.penalty" }
  /// What its random streams, its passes and its states begin with.
  var prefix: String { keyPath + (position == 0 ? "" : ".\(position)") }

  /// The terms that enter a player's loss.
  func terms(of player: Player) -> [Penalty.Term] {
    player == owner ? penalty.terms : penalty.otherTerms
  }

  /// The factor of a term where it is applied: its weight times the steps between applications.
  func factor(_ weight: String) -> CoefficientSchedule {
    arguments.coefficient(weight) * Double(interval)
  }

  /// The key of a term's factor in the steps in which it is applied.
  func key(_ weight: String) -> String { "\(keyPath).\(position).\(weight)" }

  /// The key of a term's factor in any step, 0 in those in which it is not applied.
  func appliedKey(_ weight: String) -> String {
    "\(keyPath).\(position)." + (weight == "weight" ? "applied" : "\(weight).applied")
  }

  /// The names of all settings that are weights.
  var weights: [String] {
    (penalty.terms + penalty.otherTerms).map(\.weight).reduce(into: []) { names, name in
      if !names.contains(name) { names.append(name) }
    }
  }
}
