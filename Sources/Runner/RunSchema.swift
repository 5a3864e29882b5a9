import Catalog
import Datasets
import Features
import Metrics
import Networks
import Objectives
import Records
import Schedules

/// The version of everything that decides a run's numbers. It rises when equal configurations give other numbers, a
/// changed default included; records of another version are not comparable.
public let numericsVersion = 2

extension RunConfiguration {
  /// The version of this configuration's numbers: one more where averaged weights meet batch norm in the generator, whose
  /// running statistics were averaged a second time before.
  var numericsVersion: Int {
    let hasStatistics = mixingNormalizer(.generator) == "batch"
    return Runner.numericsVersion + (averageDecay.constant != 0 && hasStatistics ? 1 : 0)
  }
}

/// The version of metrics, features and samples drawn for them. It rises when equal weights give other values.
public let evaluationVersion = 1

/// What an experiment file may say of a run.
public enum RunSchema {
  /// The schema by which files are validated.
  public static let experiment = ExperimentSchema(
    configuration: configuration, evaluationKeys: ["evaluate"], metrics: metricTable.description,
    goal: { metricTable[$0].flatMap { MetricRequest.Goal(rawValue: $0.body.goal.rawValue) } },
    check: compatibilityRemarks)

  /// Every table that an experiment file can name entries of, for lists and for the report's appendix. Tables of entries
  /// come before those that take them over: normalizers and activations before layers.
  public static let tables = TableIndex(
    [
      lossTable.description, featureKernelTable.description, penaltyTable.description,
      transformTable.description, auxiliaryTable.description, constraintTable.description,
      architectureTable.description, normalizerTable.description, activationTable.description,
      layerTable.description, initializerTable.description, optimizerTable.description,
      gradientClippingTable.description, scheduleTable.description, criticStepsTable.description,
      Datasets.table.description, featureTable.description, metricTable.description,
    ], configuration: configuration,
    others: [(title: metricTable.description.title, setting: "metrics")])

  /// The settings of a run.
  public static let configuration: [Parameter] = [
    Parameter("data", .entry(Datasets.table.description), "the data set"),
    Parameter("latent", .group(latent), "the generator's input"),
    Parameter("generator", .group(generator), "the generator's network"),
    Parameter("critic", .group(critic), "the critic's network"),
    Parameter(
      "loss", .entry(lossTable.description), default: .text("nonsaturating"),
      "the objectives of both players"),
    Parameter(
      "penalty", .entries(penaltyTable.description), default: .text("none"),
      "terms added to the critic's loss"),
    Parameter(
      "auxiliary", .entries(auxiliaryTable.description), default: .text("none"),
      "terms added to the generator's loss"),
    Parameter("labels", .group(labels), "the labels of a logistic critic"),
    Parameter(
      "optimizer", .entry(optimizerTable.description), default: .text("adam"),
      "the optimizer of both players, where a player has none of its own"),
    Parameter("train", .group(train), "the loop"),
    Parameter(
      "evaluate", .group(evaluate), "how samples are measured; no part of a run's identity"),
  ]

  static let latent: [Parameter] = [
    .integer("size", 1...65536, default: 2, "the dimension"),
    .choice(
      "distribution", Latent.distributions, default: "normal",
      "standard normal; uniform in (−1, 1); sphere, a normal vector divided by its length; truncated, normal within ±bound"
    ),
    .real("bound", .positive, default: 2, "the largest absolute value of a truncated latent"),
  ]

  private static let constraint = Parameter(
    "constraint", .entry(constraintTable.description), default: .text("none"),
    "a rule on the weights")

  /// What a player can have of its own.
  private static let own: [Parameter] = [
    Parameter(
      "optimizer", .entries(optimizerTable.description), default: .text("none"),
      "an optimizer of its own; none for the common one"),
    Parameter(
      "loss", .entries(lossTable.description), default: .text("none"),
      "its side of another loss; none for the common one"),
    Parameter(
      "gradientClipping", .entry(gradientClippingTable.description), default: .text("none"),
      "a bound on its gradients"),
    Parameter(
      "weights", .text, default: .text("none"),
      "a safetensors file of the states to start with, its path whole or relative to the experiment file; none to draw them"
    ),
  ]

  private static let generator: [Parameter] =
    Network.parameters + [
      .choice(
        "output", ["identity", "tanh", "sigmoid"], default: "identity",
        "the function of the last layer"),
      .coefficient(
        "average", .halfOpen(0, 1), default: 0,
        "the decay of the moving average of weights that is sampled and measured; 0 for the weights themselves"
      ),
      constraint,
      Parameter(
        "penalty", .entries(penaltyTable.description), default: .text("none"),
        "terms on its weights added to its loss"),
    ] + own

  private static let critic: [Parameter] =
    Network.parameters + [
      constraint,
      Parameter(
        "decoder", .entries(architectureTable.description), default: .text("none"),
        "the architecture of an autoencoding critic's decoder; none for the critic's turned around"
      ),
    ] + own

  private static let labels: [Parameter] = [
    .coefficient("real", .unit, default: 1, "the label of real samples in the critic's loss"),
    .coefficient("fake", .unit, default: 0, "the label of fake samples in the critic's loss"),
  ]

  private static let train: [Parameter] = [
    .integer("steps", 1...100_000_000, default: 4000, "the number of generator steps"),
    .integer("batch", 1...65536, default: 256, "samples per batch"),
    Parameter(
      "criticSteps", .entry(criticStepsTable.description), default: .integer(1),
      "critic steps before each generator step"),
    .integer(
      "unroll", 0...100, default: 0,
      "how many of the critic's next steps the generator looks ahead and is differentiated through"
    ),
    .choice(
      "play", Play.allCases.map(\.rawValue), default: Play.alternating.rawValue,
      "how the players take turns: critic steps before each generator step; both at once; both at once by the gradients where such a step would lead"
    ),
    Parameter("lookahead", .group(lookahead), "weights that both players now and then go back to"),
    .coefficient(
      "noise", .nonnegative, default: 0,
      "the standard deviation of normal noise on all samples that the critic sees"),
  ]

  private static let lookahead: [Parameter] = [
    .integer(
      "every", 0...1_000_000, default: 0, "generator steps from one return to the next; 0 for none"),
    .real(
      "step", .closed(0, 1), default: 0.5,
      "the part of the way from the slow weights to the players after which both go on"),
  ]

  private static let evaluate: [Parameter] = [
    .integer(
      "points", 1...1000, default: 10, "evaluations after initialization, evenly spaced in steps"),
    .integer("samples", 2...1_000_000, default: 2500, "generated samples per evaluation"),
    .integer(
      "reference", 2...1_000_000, default: 10000, "real samples that they are compared with"),
    Parameter(
      "features", .entry(featureTable.description), default: .text("raw"),
      "the space in which distances are taken"),
  ]
}
