import ArgumentParser
import Records

/// Which run of an experiment is meant.
struct ArmOptions: ParsableArguments {
  @Option(help: "The arm by its name, or by labels as axis=label,…; not needed where there is one.")
  var arm: String?

  @Option(help: "The seed; the experiment's first by default.")
  var seed: Int?

  func validate() throws {
    if let seed, seed < 0 { throw ValidationError("--seed must be at least 0") }
  }

  /// The seed that is meant.
  func seed(of plan: Plan) -> Int { seed ?? plan.seeds.first ?? 0 }

  /// The arm that is meant: by its name as it is shown, by labels, or because there is no other.
  ///
  /// - Parameter options: what the plan was read with.
  func arm(of plan: Plan, _ options: ExperimentOptions) throws -> Arm {
    var candidates = plan.arms
    if let arm {
      if let named = plan.arms.first(where: { $0.name == arm }) { return named }
      let names = try names(of: arm, plan, options)
      candidates = plan.arms.filter { names.contains($0.name) }
      // Labels are those of the grid; included arms have them for the sake of comparison.
      let cells = candidates.filter { $0.includedName == nil }
      if !cells.isEmpty { candidates = cells }
    }
    guard candidates.count > 1 else { return candidates[0] }
    let names = candidates.prefix(10).map { "'\($0.name)'" }.joined(separator: ", ")
    throw UsageError(
      "\(candidates.count) arms match: \(names)\(candidates.count > 10 ? ", …" : ""); choose one "
        + "with --arm and its name, or \(plan.axes.map { "\($0.name)=…" }.joined(separator: ","))")
  }

  /// The names of the arms that labels mean, read as `--only` reads them.
  private func names(
    of arm: String, _ plan: Plan, _ options: ExperimentOptions
  ) throws -> [String] {
    guard arm.contains("=") else {
      throw UsageError(
        "no arm is called '\(arm)'\(Spelling.hint(for: arm, among: plan.arms.map(\.name))); write "
          + "--arm axis=label,… or a name that 'saddle plan' shows")
    }
    var narrowed = options
    narrowed.selection.only.append(arm)
    do {
      return try narrowed.plan().arms.map(\.name)
    } catch let error as RecordsError {
      throw UsageError("\(error)".replacing("--only", with: "--arm"))
    }
  }
}
