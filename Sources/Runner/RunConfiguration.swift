import Catalog
import Networks
import Objectives
import Schedules

/// A complete configuration by its parts.
public struct RunConfiguration: Sendable {
  /// The whole, every default filled in.
  public let value: Value

  /// Wraps a complete configuration of `RunSchema.configuration`.
  public init(_ value: Value) { self.value = value }

  var data: Value { part("data") }
  /// The loss of a player: its own, or the common one.
  func loss(_ player: Player) -> Value { own("loss", player) ?? part("loss") }

  /// What the critic's loss needs the critic to give for a sample.
  var criticForm: CriticForm {
    let (loss, arguments) = lossTable.selection(loss(.critic))
    return loss.body.form(arguments)
  }

  /// All penalties, the critic's first.
  var penalties: [PenaltySetting] {
    let lists: [(owner: Player, values: [Value])] = [
      (.critic, part("penalty").asList ?? []),
      (.generator, group("generator").value("penalty").asList ?? []),
    ]
    return lists.flatMap { owner, values in
      values.enumerated().map {
        PenaltySetting(value: $0.element, owner: owner, position: $0.offset)
      }
    }
  }

  var auxiliaries: [Value] { part("auxiliary").asList ?? [] }
  /// The distribution of the generator's inputs.
  var latent: Latent {
    let latent = group("latent")
    return Latent(
      size: latent.integer("size"), distribution: latent.text("distribution"),
      bound: latent.real("bound"))
  }
  var averageDecay: CoefficientSchedule { group("generator").coefficient("average") }
  var outputFunction: String { group("generator").text("output") }
  var realLabel: CoefficientSchedule { group("labels").coefficient("real") }
  var fakeLabel: CoefficientSchedule { group("labels").coefficient("fake") }
  /// The number of generator steps.
  public var steps: Int { group("train").integer("steps") }
  var batch: Int { group("train").integer("batch") }
  var evaluation: Value { part("evaluate") }
  var evaluationPoints: Int { group("evaluate").integer("points") }
  var sampleCount: Int { group("evaluate").integer("samples") }
  var referenceCount: Int { group("evaluate").integer("reference") }
  var features: Value { group("evaluate").value("features") }

  /// The optimizer of a player: its own, or the common one.
  func optimizer(_ player: Player) -> Value { own("optimizer", player) ?? part("optimizer") }

  /// A player's own entry in the place of a common one.
  private func own(_ key: String, _ player: Player) -> Value? {
    part(player.rawValue)[key]?.asList?.first
  }

  /// What becomes of a player's gradients before its optimizer sees them.
  func gradientClipping(_ player: Player) -> Value {
    group(player.rawValue).value("gradientClipping")
  }

  /// How the players take turns.
  var play: Play { Play(rawValue: group("train").text("play")) ?? .alternating }

  /// The weights that the players go back to.
  var lookahead: Lookahead {
    let settings = Arguments(group("train").value("lookahead").asMap ?? [:])
    return Lookahead(every: settings.integer("every"), step: settings.real("step"))
  }

  /// The kinds of steps of which training consists; without a critic it has none.
  var moves: [Move] {
    play.moves.filter { criticForm != .none || $0 != .critic }
  }

  /// The standard deviation of the noise under which the critic sees samples.
  var noise: CoefficientSchedule { group("train").coefficient("noise") }

  /// The file of the weights that a player starts with; nil where they are drawn.
  func weightsPath(_ player: Player) -> String? {
    let path = group(player.rawValue).text("weights")
    return path == "none" ? nil : path
  }

  /// How many of the critic's next steps the generator looks ahead; 0 for a critic as it is.
  var unrolledSteps: Int { group("train").integer("unroll") }

  /// The setting that says how the players alternate.
  var criticStepsSetting: Value { group("train").value("criticSteps") }

  /// The settings of a player.
  func settings(_ player: Player) -> Value { part(player.rawValue) }

  /// The rule on a player's weights.
  func constraint(_ player: Player) -> Value { group(player.rawValue).value("constraint") }

  /// The bound to which a player's parameters are clipped; nil where they are not.
  func clippingBound(_ player: Player) -> CoefficientSchedule? {
    let constraint = constraint(player)
    return constraint["bound"].map { _ in
      Arguments(constraint.asMap ?? [:]).coefficient("bound")
    }
  }

  /// The generator on data of a shape.
  ///
  /// - Throws: `RunnerError.network` where it does not fit.
  func generator(sampleShape: [Int]) throws -> ConstrainedNetwork {
    do {
      let network = try Network(
        .generator, settings: settings(.generator), inputShape: [latent.size],
        outputShape: sampleShape, output: outputFunction)
      return ConstrainedNetwork(.generator, network, constraint: constraint(.generator))
    } catch let error as NetworkError {
      throw RunnerError.network(.generator, error)
    }
  }

  /// The networks of a player on data of a shape.
  ///
  /// - Throws: `RunnerError.network` where one does not fit.
  func networks(of player: Player, sampleShape: [Int]) throws -> [ConstrainedNetwork] {
    switch player {
    case .generator: [try generator(sampleShape: sampleShape)]
    case .critic: try CriticNetwork(self, sampleShape: sampleShape).parts
    }
  }

  /// The probability of dropping a hidden activation of a player.
  func dropout(_ player: Player) -> CoefficientSchedule {
    group(player.rawValue).coefficient("dropout")
  }

  /// The penalties that take part in a kind of step, by their positions in `penalties`, each with the number of steps
  /// from one application to the next.
  func penaltyIntervals(_ move: Move) -> [(penalty: Int, interval: Int)] {
    penalties.enumerated().compactMap { position, setting in
      move.players.contains { !setting.terms(of: $0).isEmpty }
        ? (position, setting.interval) : nil
    }
  }

  /// The number of critic steps before each generator step.
  var criticSteps: @Sendable (_ step: Int) -> Int {
    guard moves.contains(.critic) else { return { _ in 0 } }
    let (entry, arguments) = criticStepsTable.selection(criticStepsSetting)
    return entry.body(arguments)
  }

  private func part(_ name: String) -> Value { Arguments(value.asMap ?? [:]).value(name) }
  private func group(_ name: String) -> Arguments { Arguments(part(name).asMap ?? [:]) }
}
