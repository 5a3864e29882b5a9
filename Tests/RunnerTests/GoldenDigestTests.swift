import Catalog
import Datasets
import Engine
import Foundation
import Networks
import Objectives
import Schedules
import Testing

@testable import Runner

/// The final states of tiny runs, one for every entry of every table of settings, as digests.
///
/// They are equal under every instruction set and to the committed file. When numerics change on purpose,
/// `numericsVersion` rises, the file is removed, and the next run of the tests records it.
@Suite struct GoldenDigestTests {
  static let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appendingPathComponent("Golden/digests.txt")

  /// Names and settings: an entry that is added to a table gets a case by itself.
  static let cases: [(name: String, settings: String)] = {
    func each(_ table: EntryTable, _ settings: (String) -> String) -> [(String, String)] {
      table.entries.map {
        ("\(table.title) \($0.name)".replacing(" ", with: "-"), settings($0.name))
      }
    }
    return each(lossTable.description) { "loss: \($0)" }
      + each(penaltyTable.description) {
        ($0 == "witness" ? "loss: mmd, " : "") + "penalty: {preset: \($0), weight: 0.5}"
      }
      + each(constraintTable.description) { "critic.constraint: \($0)" }
      + each(constraintTable.description) { "generator.constraint: \($0)" }.map {
        ("generator-\($0.0)", $0.1)
      }
      + each(optimizerTable.description) { "optimizer: \($0)" }
      + each(activationTable.description) {
        "generator.activation: \($0), critic.activation: \($0)"
      }
      + each(initializerTable.description) { "generator.initializer: \($0)" }
      + each(normalizerTable.description, normalized)
      + each(architectureTable.description, drawing)
      + each(scheduleTable.description) { "optimizer: {name: adam, rate: \(rate($0))}" }
      + each(criticStepsTable.description) {
        "train.criticSteps: \($0 == "constant" ? "3" : "{name: \($0), first: 2, burst: 4}")"
      }
      + Datasets.table.description.entries.filter { isDrawn($0.name) }.map {
        ("data-\($0.name)", "data: \($0.name)")
      } + others
  }()

  /// Both networks with a normalizer; on feature maps where it needs these.
  private static func normalized(_ name: String) -> String {
    switch name {
    case "group":
      "generator.normalizer: {name: group, groups: 2}, critic.normalizer: {name: group, groups: 4}"
    case "instance": "critic: \(listed("[{conv: 3}, instance, relu, flatten]"))"
    case "virtual-batch":
      "generator.normalizer: {name: virtual-batch, samples: 8}, critic.normalizer: virtual-batch"
    default: "generator.normalizer: \(name), critic.normalizer: \(name)"
    }
  }

  /// Both networks of an architecture on drawn symbols of 8×8 pixels, or the one that it is for on points.
  private static func drawing(_ name: String) -> String {
    let data = "data: {name: glyphs, size: 8}, train.batch: 4, train.steps: 8"
    switch name {
    case "mlp": return data
    case "sequential":
      return
        "\(data), generator: {hidden: [64, 64], architecture: {name: sequential, layers: [{linear: 64}, {reshape: [8, 8, 1]}]}}"
    case "point", "affine": return "generator: {hidden: [64, 64], architecture: \(name)}"
    case "linear", "quadratic": return "critic: {hidden: [64, 64], architecture: \(name)}"
    default:
      let network = "{hidden: [64, 64], normalizer: batch, architecture: {name: \(name), width: 2}}"
      return "\(data), generator: \(network), critic: \(network)"
    }
  }

  /// A critic of points that sees them as 4×4 maps of two channels; `layers` end with a vector.
  private static func listed(_ layers: String) -> String {
    let inner = layers.dropFirst().dropLast()
    return
      "{architecture: {name: sequential, layers: [{linear: 32}, {reshape: [4, 4, 2]}, \(inner), {linear: 1}]}, hidden: [64, 64]}"
  }

  private static func rate(_ schedule: String) -> String {
    switch schedule {
    case "constant": "0.002"
    case "steps": "{name: steps, values: [0.002, 0.0001], at: [0.5]}"
    default: "{name: \(schedule), from: 0.002, to: 0.0001}"
    }
  }

  private static func isDrawn(_ name: String) -> Bool {
    let parameters = Datasets.table[name]?.description.parameters ?? []
    guard parameters.allSatisfy({ $0.defaultValue != nil }) else { return false }
    let value = ParameterType.entry(Datasets.table.description).complete(.text(name))
    let (entry, arguments) = Datasets.table.selection(value)
    return (try? entry.body(arguments, nil)) != nil
  }

  private static let others: [(name: String, settings: String)] = [
    ("average", "generator.average: 0.9"),
    ("dropout", "generator.dropout: 0.25, critic.dropout: 0.5"),
    ("lazy", "penalty: [{preset: r1, every: 3, weight: 0.1}, {preset: r2, every: 2, weight: 0.1}]"),
    ("smoothing", "labels: {real: 0.9, fake: 0.1}"),
    ("uniform", "latent: {distribution: uniform, size: 5}"),
    ("sphere", "latent: {distribution: sphere, size: 5}"),
    ("truncated", "latent: {distribution: truncated, bound: 1.5}"),
    (
      "convolutions",
      "critic: \(listed("[{conv: {channels: 4, kernel: 4, stride: 2, padding: 1}}, relu, flatten]"))"
    ),
    (
      "transposed-convolutions",
      "critic: \(listed("[{conv-transposed: {channels: 3, kernel: 3, stride: 2, padding: 1}}, silu, global-sum]"))"
    ),
    (
      "pools",
      "critic: \(listed("[upsample, {max-pool: {size: 3, stride: 2, padding: 1}}, {average-pool: 2}, global-mean]"))"
    ),
    (
      "dropped-channels",
      "critic: \(listed("[{conv: 3}, {dropout: {rate: 0.3, unit: channel}}, flatten]"))"
    ),
    (
      "layer-per-element",
      "critic: \(listed("[{conv: 3}, {layer: {affine: element}}, relu, flatten]"))"
    ),
    ("drawn-gains", "critic.normalizer: {name: batch, gainDeviation: 0.02}"),
    ("momentum", "optimizer: {name: sgd, rate: 0.01, momentum: 0.9}"),
    ("own-optimizers", "generator.optimizer: {name: sgd, rate: 0.01}, critic.optimizer: rmsprop"),
    (
      "scheduled-penalty",
      "penalty: {preset: r1, weight: {name: linear, from: 0, to: 1, begin: 0.2, end: 0.6}, every: 2}"
    ),
    (
      "scheduled-labels",
      "labels: {real: {name: cosine, from: 0.7, to: 1}, fake: {name: linear, from: 0.2, to: 0}}"
    ),
    ("unrolled", "train.unroll: 3, critic.dropout: 0.25, penalty: {preset: wgan-gp, every: 2}"),
    ("unrolled-scheduled", "train.unroll: 2, optimizer: {name: adam, rate: \(rate("cosine"))}"),
    (
      "scheduled-clipping",
      "critic.constraint: {name: clipping, bound: {name: exponential, from: 0.5, to: 0.05}}"
    ),
    ("scheduled-average", "generator.average: {name: steps, values: [0, 0.9], at: [0.5]}"),
    ("scheduled-dropout", "critic.dropout: {name: linear, from: 0.5, to: 0, begin: 0.1}"),
    ("tanh-output", "generator.output: tanh, generator.hidden: [8, 16], critic.hidden: [33]"),
  ]

  static func digest(_ settings: String, _ kernels: Kernels) throws -> String {
    let trainer = try TinyPlan.configuration(settings).trainer(.fast(kernels))
    for _ in 0..<30 { _ = trainer.advance() }
    #expect(trainer.state.isFinite, "\(settings)")
    return trainer.state.digest
  }

  @Test(arguments: cases.map(\.name))
  func instructionSetsAgree(_ name: String) throws {
    let settings = try #require(Self.cases.first { $0.name == name }).settings
    let digests = try availableKernels.map { try Self.digest(settings, $0) }
    #expect(Set(digests).count == 1, "\(zip(availableKernels.map(\.name), digests).map { $0 })")
  }

  @Test func portableKernelsAreThere() {
    #expect(availableKernels.map(\.name).contains("portable"))
  }

  /// Compares with the committed file; lines that it lacks are added to it, and fail.
  @Test func committedDigests() throws {
    let old = (try? String(contentsOf: Self.file, encoding: .utf8)) ?? ""
    var known: [String: String] = [:]
    for line in old.split(separator: "\n") {
      let words = line.split(separator: " ").map(String.init)
      if words.count == 2 { known[words[0]] = words[1] }
    }
    var lines: [String] = []
    var missing: [String] = []
    for (name, settings) in Self.cases {
      let digest = try Self.digest(settings, .best)
      if let golden = known[name] {
        #expect(digest == golden, "\(name)")
      } else {
        missing.append(name)
      }
      lines.append("\(name) \(known[name] ?? digest)")
    }
    #expect(missing.isEmpty, "these were missing in digests.txt and have been recorded")
    let text = lines.map { $0 + "\n" }.joined()
    if Set(known.keys) != Set(Self.cases.map(\.name)) {
      try text.write(to: Self.file, atomically: true, encoding: .utf8)
    }
    #expect(old.isEmpty || text == old, "digests.txt has other cases than the tests")
  }

  /// Cases differ: a setting that changed nothing would go unnoticed.
  @Test func settingsMatter() throws {
    var names: [String: [String]] = [:]
    for (name, settings) in Self.cases {
      names[try Self.digest(settings, .best), default: []].append(name)
    }
    let equal = names.values.filter { $0.count > 1 }.map { $0.sorted() }.sorted { $0[0] < $1[0] }
    let plain = try Self.digest("", .best)
    for group in equal {
      // Only spellings of the standard settings may agree, presets with the factors of the bare entry, and a game with
      // its name as a divergence, whose losses differ by a constant.
      let settings = group.compactMap { name in Self.cases.first { $0.name == name }?.settings }
      let isStandard = try settings.allSatisfy { try Self.digest($0, .best) == plain }
      let pairs = [
        ["penalty-gradient", "penalty-wgan-gp"], ["data-grid", "data-grid25"],
        ["loss-f-gan", "loss-minimax"],
      ]
      #expect(isStandard || pairs.contains(group), "\(group)")
    }
  }
}
