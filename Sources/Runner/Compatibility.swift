import Catalog
import Networks
import Objectives
import Records

/// What is wrong, or doubtful, with a complete configuration whose settings are each valid.
let compatibilityRemarks: @Sendable (Value) -> [Remark] = { value in
  let configuration = RunConfiguration(value)
  var remarks: [Remark] = []
  let loss = lossTable.selection(configuration.loss).entry
  let isSmoothed = configuration.realLabel != 1 || configuration.fakeLabel != 0
  if isSmoothed, !loss.body.takesLabels {
    remarks.append(
      Remark(
        isError: true, keyPath: "labels",
        message:
          "labels cannot be smoothed under the \(loss.description.name) loss, whose critic gives no logits"
      ))
  }
  if configuration.fakeLabel > configuration.realLabel {
    remarks.append(
      Remark(
        isError: false, keyPath: "labels",
        message: "fake samples have a larger label than real ones, which swaps the players' goals"))
  }
  let selections = configuration.penalties.map { penaltyTable.selection($0) }
  let normalizer = configuration.critic["normalizer"]?["name"]?.asText ?? "none"
  if normalizer == "batch", selections.contains(where: { $0.entry.body.isPerSample }) {
    remarks.append(
      Remark(
        isError: true, keyPath: "penalty",
        message:
          "batch norm in the critic makes its output on one sample depend on the others, so a slope per sample is not defined; use another normalizer or no penalty"
      ))
  }
  if loss.body.needsLipschitzCritic, selections.isEmpty,
    configuration.constraint["name"]?.asText == "none"
  {
    remarks.append(
      Remark(
        isError: false, keyPath: "loss",
        message:
          "the \(loss.description.name) loss has no minimum for a critic without a penalty or constraint on its slope"
      ))
  }
  for (position, penalty) in configuration.penalties.enumerated()
  where penalty["weight"]?.asReal == 0 {
    remarks.append(
      Remark(
        isError: false, keyPath: "penalty",
        message: "penalty \(position + 1) has weight 0 and changes nothing but the cost"))
  }
  return remarks
}
