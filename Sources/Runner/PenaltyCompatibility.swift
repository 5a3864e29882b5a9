import Catalog
import Networks
import Objectives
import Records

/// Each penalty that is not applied at every step doubles the number of programs.
private let mostLazyPenalties = 3

/// What is wrong, or doubtful, with penalties and constraints.
func penaltyRemarks(_ configuration: RunConfiguration) -> [Remark] {
  placeRemarks(configuration) + slopeRemarks(configuration) + weightRemarks(configuration)
    + lazinessRemarks(configuration) + warmupRemarks(configuration)
}

/// Penalties that cannot stand where they do.
private func placeRemarks(_ configuration: RunConfiguration) -> [Remark] {
  configuration.penalties.compactMap { setting in
    func error(_ message: String) -> Remark {
      Remark(isError: true, keyPath: setting.keyPath, message: message)
    }
    let subject = setting.penalty.subject
    if setting.owner == .generator, subject != .weights {
      return error(
        "the generator takes penalties on its weights alone; give \(setting.words) to 'penalty'"
          + (setting.penalty.otherTerms.isEmpty ? "" : ", which is for both players"))
    }
    if setting.owner == .critic, configuration.criticForm == .none {
      return error("\(setting.words) needs a critic, and this loss has none")
    }
    let form = configuration.criticForm
    if subject == .outputs, form != .none, form != .score, !form.isContrast {
      let loss = lossTable.selection(configuration.loss(.critic)).entry.description.name
      return error(
        "\(setting.words) is on scores, and the critic of the \(loss) loss gives none")
    }
    if subject == .game, configuration.unrolledSteps > 0 {
      return error(
        "the penalty \(setting.name) cannot be looked ahead through; leave out 'train.unroll'")
    }
    return nil
  }
}

extension PenaltySetting {
  /// What the penalty is called in a message: presets on slopes are spelled out before.
  fileprivate var words: String {
    penalty.subject == .slope && name == "gradient"
      ? "a penalty on the critic's slope" : "the penalty \(name)"
  }
}

extension CriticForm {
  /// Whether the form is `contrast`, a score with features.
  fileprivate var isContrast: Bool {
    if case .contrast = self { true } else { false }
  }
}

/// Slopes that are not defined, or not bounded where the loss needs it.
private func slopeRemarks(_ configuration: RunConfiguration) -> [Remark] {
  let loss = lossTable.selection(configuration.loss(.critic)).entry
  let slopes = configuration.penalties.filter { $0.penalty.subject == .slope }
  let normalizer = configuration.mixingNormalizer(.critic)
  var remarks: [Remark] = []
  if let normalizer, !slopes.isEmpty || loss.body.usesSlope {
    let culprit = slopes.isEmpty ? "loss" : "penalty"
    remarks.append(
      Remark(
        isError: true, keyPath: culprit,
        message:
          "\(normalizer) norm in the critic makes its output on one sample depend on the others, "
          + "so a slope per sample is not defined; use another normalizer or no \(culprit)"
          + (slopes.isEmpty ? " that needs it" : "")))
  }
  let isFree = !slopes.contains { $0.factor("weight").constant != 0 }
  let constraint = constraintTable.selection(configuration.constraint(.critic)).entry.body
  guard loss.body.needsLipschitzCritic, isFree else { return remarks }
  if !constraint.boundsSlope {
    remarks.append(
      Remark(
        isError: false, keyPath: "loss",
        message:
          "the \(loss.description.name) loss has no minimum for a critic without a penalty or "
          + "constraint on its slope"))
  }
  let own = configuration.settings(.critic)["normalizer"]?["name"]?.asText ?? "none"
  if constraint.boundsSlope, own != "none" {
    remarks.append(
      Remark(
        isError: false, keyPath: "critic.normalizer",
        message:
          "\(own) norm in the critic scales what the constraint has bounded, so its slope has no "
          + "bound, which the \(loss.description.name) loss needs"))
  }
  return remarks
}

/// Averages that are only taken in as long as training lasts.
private func warmupRemarks(_ configuration: RunConfiguration) -> [Remark] {
  let count = configuration.criticSteps
  return configuration.penalties.compactMap { setting in
    guard let warmup = setting.value["warmup"]?.asInteger, configuration.criticForm != .none
    else { return nil }
    let isJoint = configuration.play != .alternating
    var (steps, step) = (0, 0)
    while step < configuration.steps, steps / setting.interval <= warmup {
      steps += isJoint ? 1 : count(step)
      step += 1
    }
    guard steps / setting.interval <= warmup else { return nil }
    return Remark(
      isError: false, keyPath: setting.keyPath,
      message: "the penalty \(setting.name) penalizes nothing: its 'warmup' of \(warmup) lasts as "
        + "long as training")
  }
}

/// Penalties without weight.
private func weightRemarks(_ configuration: RunConfiguration) -> [Remark] {
  configuration.penalties.compactMap { setting in
    guard setting.weights.allSatisfy({ setting.factor($0).constant == 0 }) else { return nil }
    return Remark(
      isError: false, keyPath: setting.keyPath,
      message: "penalty \(setting.position + 1) has weight 0 and changes nothing but the cost")
  }
}

/// Penalties that cannot be applied every few steps.
private func lazinessRemarks(_ configuration: RunConfiguration) -> [Remark] {
  let lazy = configuration.penalties.filter { $0.interval > 1 }
  var remarks: [Remark] = []
  if lazy.count > mostLazyPenalties {
    remarks.append(
      Remark(
        isError: true, keyPath: "penalty",
        message: "at most \(mostLazyPenalties) penalties can be applied every few steps; apply the "
          + "others at every step"))
  }
  if configuration.unrolledSteps > 0,
    let setting = lazy.first(where: { !$0.penalty.memory.isEmpty })
  {
    remarks.append(
      Remark(
        isError: true, keyPath: setting.keyPath,
        message:
          "the penalty \(setting.name) remembers its steps, so with 'train.unroll' it must be "
          + "applied at every one"))
  }
  return remarks
}
