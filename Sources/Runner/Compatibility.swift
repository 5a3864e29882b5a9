import Catalog
import Networks
import Objectives
import Records
import Schedules

/// What is wrong, or doubtful, with a complete configuration whose settings are each valid.
let compatibilityRemarks: @Sendable (Value) -> [Remark] = { value in
  let configuration = RunConfiguration(value)
  return labelRemarks(configuration) + penaltyRemarks(configuration)
    + auxiliaryRemarks(configuration) + optimizerRemarks(configuration)
    + networkRemarks(configuration) + unrollingRemarks(configuration)
}

private func labelRemarks(_ configuration: RunConfiguration) -> [Remark] {
  let loss = lossTable.selection(configuration.loss).entry
  let (real, fake) = (configuration.realLabel, configuration.fakeLabel)
  let isSmoothed = real.constant != 1 || fake.constant != 0
  if isSmoothed, !loss.body.takesLabels {
    let message =
      "labels cannot be smoothed under the \(loss.description.name) loss, whose critic gives no "
      + "logits"
    return [Remark(isError: true, keyPath: "labels", message: message)]
  }
  let isSwapped = (0..<100).contains { fake($0, of: 100) > real($0, of: 100) }
  if isSwapped {
    let isBrief = (0..<100).contains { fake($0, of: 100) <= real($0, of: 100) }
    let message =
      "fake samples have a larger label than real ones\(isBrief ? " for a part of training" : ""), "
      + "which swaps the players' goals"
    return [Remark(isError: false, keyPath: "labels", message: message)]
  }
  return []
}

/// Each penalty that is not applied at every step doubles the number of programs.
private let mostLazyPenalties = 3

private func penaltyRemarks(_ configuration: RunConfiguration) -> [Remark] {
  var remarks: [Remark] = []
  func add(isError: Bool, _ keyPath: String, _ message: String) {
    remarks.append(Remark(isError: isError, keyPath: keyPath, message: message))
  }
  let loss = lossTable.selection(configuration.loss).entry
  let selections = configuration.penalties.map { penaltyTable.selection($0) }
  if let normalizer = configuration.mixingNormalizer(.critic),
    selections.contains(where: { $0.entry.body.isPerSample })
  {
    add(
      isError: true, "penalty",
      "\(normalizer) norm in the critic makes its output on one sample depend on the others, so a slope "
        + "per sample is not defined; use another normalizer or no penalty")
  }
  let weights = selections.map { $0.arguments.coefficient("weight") }
  let isFree = !weights.contains { $0.constant != 0 }
  let constraint = constraintTable.selection(configuration.constraint(.critic)).entry.body
  if loss.body.needsLipschitzCritic, isFree, !constraint.boundsSlope {
    add(
      isError: false, "loss",
      "the \(loss.description.name) loss has no minimum for a critic without a penalty or "
        + "constraint on its slope")
  }
  let normalizer = configuration.settings(.critic)["normalizer"]?["name"]?.asText ?? "none"
  if loss.body.needsLipschitzCritic, isFree, constraint.boundsSlope, normalizer != "none" {
    add(
      isError: false, "critic.normalizer",
      "\(normalizer) norm in the critic scales what the constraint has bounded, so its slope has no "
        + "bound, which the \(loss.description.name) loss needs")
  }
  for (position, weight) in weights.enumerated() where weight.constant == 0 {
    add(
      isError: false, "penalty",
      "penalty \(position + 1) has weight 0 and changes nothing but the cost")
  }
  if selections.count(where: { $0.arguments.integer("every") > 1 }) > mostLazyPenalties {
    add(
      isError: true, "penalty",
      "at most \(mostLazyPenalties) penalties can be applied every few steps; apply the others "
        + "at every step")
  }
  return remarks
}

private func auxiliaryRemarks(_ configuration: RunConfiguration) -> [Remark] {
  configuration.auxiliaries.compactMap { value in
    let (entry, arguments) = auxiliaryTable.selection(value)
    if configuration.batch < entry.body.minimumBatch {
      return Remark(
        isError: true, keyPath: "train.batch",
        message:
          "the auxiliary term \(entry.description.name) needs batches of at least "
          + "\(entry.body.minimumBatch)")
    }
    guard arguments.coefficient("weight").constant == 0 else { return nil }
    return Remark(
      isError: false, keyPath: "auxiliary",
      message:
        "the auxiliary term \(entry.description.name) has weight 0 and changes nothing but the cost"
    )
  }
}

private func optimizerRemarks(_ configuration: RunConfiguration) -> [Remark] {
  Player.allCases.compactMap { player in
    let own = configuration.value[player.rawValue]?["optimizer"]?.asList ?? []
    guard own.count > 1 else { return nil }
    return Remark(
      isError: true, keyPath: "\(player.rawValue).optimizer",
      message: "a network has one optimizer, not \(own.count)")
  }
}

private func unrollingRemarks(_ configuration: RunConfiguration) -> [Remark] {
  let (loss, arguments) = lossTable.selection(configuration.loss)
  guard configuration.unrolledSteps > 0, !loss.body.isZeroSum(arguments) else { return [] }
  let message =
    "with 'train.unroll' the generator minimizes the critic's loss negated; its own side of the "
    + "\(loss.description.name) loss is not used"
  return [Remark(isError: false, keyPath: "train.unroll", message: message)]
}
