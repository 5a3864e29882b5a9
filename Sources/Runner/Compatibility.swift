import Catalog
import Networks
import Objectives
import Records
import Schedules

/// What is wrong, or doubtful, with a complete configuration whose settings are each valid.
let compatibilityRemarks: @Sendable (Value) -> [Remark] = { value in
  let configuration = RunConfiguration(value)
  return labelRemarks(configuration) + sideRemarks(configuration)
    + penaltyRemarks(configuration) + auxiliaryRemarks(configuration)
    + playRemarks(configuration) + networkRemarks(configuration)
}

private func labelRemarks(_ configuration: RunConfiguration) -> [Remark] {
  let loss = lossTable.selection(configuration.loss(.critic)).entry
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
