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
  var loss: Value { part("loss") }
  var penalties: [Value] { part("penalty").asList ?? [] }
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
  func optimizer(_ player: Player) -> Value {
    let own = part(player.rawValue)["optimizer"]?.asList ?? []
    return own.first ?? part("optimizer")
  }

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

  /// A player's network on data of a shape.
  ///
  /// - Throws: `RunnerError.network` where it does not fit.
  func network(
    _ player: Player, sampleShape: [Int]
  ) throws -> ConstrainedNetwork {
    do {
      let network =
        switch player {
        case .generator:
          try Network(
            player, settings: settings(player), inputShape: [latent.size],
            outputShape: sampleShape, output: outputFunction)
        case .critic:
          try Network(
            player, settings: settings(player), inputShape: sampleShape, outputShape: [1])
        }
      return ConstrainedNetwork(player, network, constraint: constraint(player))
    } catch let error as NetworkError {
      throw RunnerError.network(player, error)
    }
  }

  /// The probability of dropping a hidden activation of a player.
  func dropout(_ player: Player) -> CoefficientSchedule {
    group(player.rawValue).coefficient("dropout")
  }

  /// The factor of a penalty's term where it is applied: its weight times the steps between applications.
  func penaltyFactor(_ position: Int) -> CoefficientSchedule {
    let (_, arguments) = penaltyTable.selection(penalties[position])
    return arguments.coefficient("weight") * Double(arguments.integer("every"))
  }

  /// Every how many critic steps each penalty is applied.
  var penaltyIntervals: [Int] { penalties.map { $0["every"]?.asInteger ?? 1 } }

  /// The number of critic steps before each generator step.
  var criticSteps: @Sendable (_ step: Int) -> Int {
    let (entry, arguments) = criticStepsTable.selection(criticStepsSetting)
    return entry.body(arguments)
  }

  private func part(_ name: String) -> Value { Arguments(value.asMap ?? [:]).value(name) }
  private func group(_ name: String) -> Arguments { Arguments(part(name).asMap ?? [:]) }
}
