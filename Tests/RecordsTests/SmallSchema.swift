import Catalog
import Records

/// A schema that has one of everything: groups, entries with presets, shorthands and fallbacks,
/// lists of entries.
enum SmallSchema {
  static func table(
    _ title: String, selector: String = "name", fallback: String? = nil,
    _ entries: [EntryDescription]
  ) -> EntryTable {
    Table(title, selector: selector, fallback: fallback, entries.map { Entry($0, 0) }).description
  }

  static let losses = table(
    "loss",
    [
      EntryDescription("nonsaturating", "The usual loss"),
      EntryDescription(
        "hinge", "The hinge loss",
        parameters: [.real("margin", .positive, default: 1, "Where the hinge is")]),
      EntryDescription("wasserstein", "The Wasserstein loss"),
    ])

  static func penaltyParameters(_ weight: Double, _ at: String) -> [Parameter] {
    [
      .real("weight", .nonnegative, default: weight, "Factor of the penalty"),
      .choice("at", ["line", "real", "fake"], default: at, "Where the gradient is taken"),
      .integer("every", 1...1000, default: 1, "Steps between two applications"),
    ]
  }

  static let penalties = table(
    "penalty", selector: "preset",
    [
      EntryDescription(
        "gradient", "A penalty on the critic's gradient", parameters: penaltyParameters(10, "line")),
      EntryDescription(
        "r1", "A penalty on real samples", parameters: penaltyParameters(1, "real"),
        presetOf: "gradient"),
      EntryDescription(
        "wgan-gp", "A penalty on the line", parameters: penaltyParameters(10, "line"),
        presetOf: "gradient"),
      EntryDescription(
        "drift", "Keeps the critic near zero",
        parameters: [.real("weight", .nonnegative, default: 0.001, "Factor of the penalty")]),
    ])

  static let schedules = table(
    "schedule", fallback: "constant",
    [
      EntryDescription(
        "constant", "The same rate at each step",
        parameters: [Parameter("value", .real(.positive), "The rate")], shorthand: "value"),
      EntryDescription(
        "cosine", "A falling rate",
        parameters: [
          Parameter("start", .real(.positive), "The first rate"),
          .real("end", .nonnegative, default: 0, "The last rate"),
        ]),
    ])

  static let data = table(
    "data set",
    [
      EntryDescription(
        "ring8", "Eight Gaussians on a circle",
        parameters: [
          .real("sigma", .positive, default: 0.01, "Standard deviation of a mode"),
          .integer("modes", 1...64, default: 8, "Number of modes"),
        ]),
      EntryDescription("grid25", "Twenty-five Gaussians"),
    ])

  static let metrics = table(
    "metric",
    [
      EntryDescription("frechet", "The Fréchet distance"),
      EntryDescription(
        "modes", "Modes covered",
        parameters: [.real("radius", .positive, default: 3, "In standard deviations")]),
    ])

  static let network = [
    Parameter(
      "widths", .list(.integer(1...4096), count: 1...8),
      default: .list([.integer(64), .integer(64)]),
      "Units of each layer"),
    .choice("activation", ["relu", "tanh"], default: "relu", "Between layers"),
    .boolean("bias", default: true, "Whether layers have a bias"),
  ]

  static let configuration = [
    Parameter("data", .entry(data), "What is learned"),
    Parameter("loss", .entry(losses), default: .text("nonsaturating"), "The game"),
    Parameter("penalty", .entries(penalties), default: .list([]), "Added to the critic's loss"),
    Parameter("generator", .group(network), "The generator"),
    Parameter("critic", .group(network), "The critic"),
    Parameter(
      "train",
      .group([
        .integer("steps", 1...1_000_000, default: 1000, "Generator steps"),
        .integer("batch", 1...4096, default: 256, "Samples in a batch"),
        Parameter("rate", .entry(schedules), default: .real(0.001), "The learning rate"),
        Parameter("note", .text, default: .text(""), "Any words"),
      ]), "How it is trained"),
    Parameter(
      "evaluate", .group([.integer("every", 1...1000, default: 100, "Steps between evaluations")]),
      "How it is measured"),
  ]

  static let schema = ExperimentSchema(
    configuration: configuration, evaluationKeys: ["evaluate"], metrics: metrics,
    check: { configuration in
      var remarks: [Remark] = []
      let loss = configuration["loss"]?["name"]?.asText
      if loss == "wasserstein", configuration["penalty"]?.asList?.isEmpty == true {
        remarks.append(
          Remark(
            isError: false, keyPath: "loss.name",
            message: "a Wasserstein critic without a constraint"))
      }
      if configuration["critic"]?["activation"]?.asText == "tanh", loss == "hinge" {
        remarks.append(
          Remark(isError: true, keyPath: "critic.activation", message: "tanh under a hinge loss"))
      }
      return remarks
    })
}

/// The plan of a text, with other files that it may extend.
func plan(
  _ text: String, files: [String: String] = [:], schema: ExperimentSchema = SmallSchema.schema,
  overrides: Overrides = Overrides(), file: String = "x.yaml"
) throws(RecordsError) -> Plan {
  let source = SourceFile(name: file, text: text)
  return try Plan(source, schema: schema, overrides: overrides) { (path) throws(RecordsError) in
    guard let text = files[path] else {
      throw .invalid([Diagnostic(Place(file: path), "no such file")])
    }
    return SourceFile(name: path, text: text)
  }
}

/// What is said of a text that is no experiment, one line per error.
func complaints(
  _ text: String, files: [String: String] = [:], overrides: Overrides = Overrides()
) -> String {
  do throws(RecordsError) {
    _ = try plan(text, files: files, overrides: overrides)
    return "(nothing)"
  } catch {
    return error.description
  }
}

/// A valid experiment with room for more: `body` stands in the place of the last line.
func experiment(_ body: String = "", fixed: String = "data: ring8") -> String {
  """
  question: Why?
  fixed: {\(fixed)}
  seeds: 2
  metrics: {frechet: {goal: min}}
  \(body)
  """
}
