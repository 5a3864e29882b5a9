import Catalog
import Networks
import Objectives
import Records

/// What is wrong, or doubtful, with the players' sides of losses.
func sideRemarks(_ configuration: RunConfiguration) -> [Remark] {
  let sides = Player.allCases.map { player in
    (player: player, loss: lossTable.selection(configuration.loss(player)))
  }
  let forms = sides.map { $0.loss.entry.body.form($0.loss.arguments) }
  let names = sides.map(\.loss.entry.description.name)
  if forms[0] != forms[1] {
    let own = Player.allCases.first {
      configuration.settings($0)["loss"]?.asList?.isEmpty == false
    }
    return [
      Remark(
        isError: true, keyPath: own.map { "\($0.rawValue).loss" } ?? "loss",
        message:
          "the generator's side of \(names[0]) needs a critic that gives \(forms[0].words), and the "
          + "critic's side of \(names[1]) one that gives \(forms[1].words)")
    ]
  }
  let smallest = sides.map(\.loss.entry.body.minimumBatch).max() ?? 1
  let manySamples =
    configuration.batch < smallest
    ? [
      Remark(
        isError: true, keyPath: "train.batch",
        message: "the \(names[1]) loss needs batches of at least \(smallest)")
    ] : []
  return manySamples + ownRemarks(configuration)
}

extension CriticForm {
  /// What a critic of this form gives for a sample, in words.
  fileprivate var words: String {
    switch self {
    case .score: "one number"
    case .embedding(let dimensions): "\(dimensions) numbers"
    case .autoencoder(let code): "the sample again from a code of \(code) numbers"
    case .contrast(let dimensions): "one number and features of \(dimensions) numbers"
    case .none: "nothing"
    }
  }
}

/// Several of what a player has one of.
private func ownRemarks(_ configuration: RunConfiguration) -> [Remark] {
  let keys = [("optimizer", "optimizer"), ("loss", "loss"), ("decoder", "decoder")]
  return Player.allCases.flatMap { player in
    keys.compactMap { key, word in
      let own = configuration.settings(player)[key]?.asList ?? []
      guard own.count > 1 else { return nil }
      return Remark(
        isError: true, keyPath: "\(player.rawValue).\(key)",
        message: "a network has one \(word), not \(own.count)")
    }
  } + decoderRemarks(configuration)
}

/// A decoder that is missing, or of no use.
private func decoderRemarks(_ configuration: RunConfiguration) -> [Remark] {
  let critic = configuration.settings(.critic)
  let hasDecoder = critic["decoder"]?.asList?.isEmpty == false
  guard case .autoencoder = configuration.criticForm else {
    guard hasDecoder else { return [] }
    return [
      Remark(
        isError: true, keyPath: "critic.decoder",
        message: "'critic.decoder' changes nothing here: it is that of autoencoding critics")
    ]
  }
  let kinds = [critic["normalizer"], critic["architecture"]].compactMap { $0?["name"]?.asText }
  if kinds.contains("virtual-batch") {
    return [
      Remark(
        isError: true, keyPath: "critic.normalizer",
        message: "an autoencoding critic has no reference batch of codes for virtual-batch norm")
    ]
  }
  guard kinds.contains("sequential"), !hasDecoder else { return [] }
  return [
    Remark(
      isError: true, keyPath: "critic.architecture",
      message:
        "the layers of a sequential critic cannot be turned around; give the architecture of its "
        + "decoder as 'critic.decoder'")
  ]
}

/// What is wrong, or doubtful, with how the players take turns.
func playRemarks(_ configuration: RunConfiguration) -> [Remark] {
  turnRemarks(configuration) + unrollingRemarks(configuration)
    + lookaheadRemarks(configuration) + idleRemarks(configuration)
}

/// Slow weights that are never gone back to, or never left.
private func lookaheadRemarks(_ configuration: RunConfiguration) -> [Remark] {
  let lookahead = configuration.lookahead
  guard lookahead.every > 0 else {
    guard lookahead.step != 0.5 else { return [] }
    return [
      Remark(
        isError: true, keyPath: "train.lookahead.step",
        message: "'train.lookahead.step' changes nothing here: 'train.lookahead.every' is 0")
    ]
  }
  if lookahead.every > configuration.steps {
    return [
      Remark(
        isError: true, keyPath: "train.lookahead.every",
        message:
          "'train.lookahead.every' changes nothing here: training has \(configuration.steps) "
          + "steps")
    ]
  }
  guard lookahead.step == 0 else { return [] }
  return [
    Remark(
      isError: false, keyPath: "train.lookahead.step",
      message: "with a 'train.lookahead.step' of 0 both players go back to where they began")
  ]
}

/// Players that do not move, and settings of a critic where there is none.
private func idleRemarks(_ configuration: RunConfiguration) -> [Remark] {
  let frozen = Player.allCases.filter {
    configuration.optimizer($0)["name"]?.asText == "frozen"
  }
  var remarks: [Remark] = []
  if frozen.contains(.generator) {
    remarks.append(
      Remark(
        isError: false, keyPath: "generator.optimizer",
        message: "the generator is frozen, so its samples stay what they are"))
  }
  guard configuration.criticForm == .none else { return remarks }
  let defaults = RunSchema.configuration.first { $0.name == "train" }?.completeDefault
  let idle = ["criticSteps", "noise"].filter {
    configuration.value["train"]?[$0] != defaults?[$0]
  }
  return remarks
    + idle.map {
      Remark(
        isError: true, keyPath: "train.\($0)",
        message: "'train.\($0)' changes nothing here: the loss has no critic")
    }
}

private func turnRemarks(_ configuration: RunConfiguration) -> [Remark] {
  let play = configuration.play
  func error(_ keyPath: String, _ message: String) -> Remark {
    Remark(isError: true, keyPath: keyPath, message: message)
  }
  guard play != .alternating else {
    return configuration.penalties.filter { $0.penalty.subject == .game }.map { setting in
      Remark(
        isError: false, keyPath: setting.keyPath,
        message: "the penalty \(setting.name) was published for players that move together; see "
          + "'train.play'")
    }
  }
  var remarks: [Remark] = []
  let steps = configuration.criticStepsSetting
  if steps != .map(["name": .text("constant"), "steps": .integer(1)]) {
    remarks.append(
      error(
        "train.criticSteps",
        "in \(play.rawValue) play the critic takes one step with each of the generator's"))
  }
  if configuration.unrolledSteps > 0 {
    remarks.append(
      error(
        "train.unroll",
        "in \(play.rawValue) play the generator sees the critic as it is; leave out 'train.unroll'")
    )
  }
  return remarks
}

private func unrollingRemarks(_ configuration: RunConfiguration) -> [Remark] {
  let (loss, arguments) = lossTable.selection(configuration.loss(.generator))
  guard configuration.unrolledSteps > 0 else { return [] }
  if configuration.criticForm == .none {
    return [
      Remark(
        isError: true, keyPath: "train.unroll",
        message: "'train.unroll' looks ahead to the critic's steps, and this loss has no critic")
    ]
  }
  guard !loss.body.isZeroSum(arguments) else { return [] }
  let message =
    "with 'train.unroll' the generator minimizes the critic's loss negated; its own side of the "
    + "\(loss.description.name) loss is not used"
  return [Remark(isError: false, keyPath: "train.unroll", message: message)]
}
