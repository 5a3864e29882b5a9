import Arrays
import Catalog
import Engine
import Foundation

@testable import Runner

/// Ten training iterations that PyTorch did, from `Tests/Golden/training`.
struct TrainingFixture {
  static let folder = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent()
    .appendingPathComponent("Golden/training")

  static let names: [String] = {
    let files = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    return files.filter { $0.hasSuffix(".safetensors") }.sorted()
      .map { String($0.dropLast(".safetensors".count)) }
  }()

  let name: String
  let arrays: Safetensors
  let settings: [String: Any]
  /// The settings as values, which are in the words of experiment files where they are newer.
  private let words: Value

  init(_ name: String) throws {
    self.name = name
    arrays = try Safetensors(
      contentsOf: Self.folder.appendingPathComponent("\(name).safetensors").path)
    let text = arrays.metadata["settings"] ?? ""
    settings = try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any] ?? [:]
    words = try JSONDecoder().decode(JSONValue.self, from: Data(text.utf8)).value
  }

  var isDouble: Bool { settings["dtype"] as? String == "float64" }

  func values(_ name: String) throws -> [Double] {
    guard let array = arrays[name] else { throw MissingArray(name: name) }
    return array.doubles.elements
  }

  struct MissingArray: Error {
    let name: String
  }

  /// Row `index` of an array along its first axes, `count` rows in all; images with their channels last.
  func row(_ name: String, _ index: Int, of count: Int) throws -> [Double] {
    let all = try values(name)
    let size = all.count / count
    let row = Array(all[index * size..<(index + 1) * size])
    guard let shape = arrays[name]?.shape, shape.count >= 5 else { return row }
    return Self.channelsLast(row, Array(shape.suffix(3)))
  }

  /// Samples, or weights of outputs, `[channels, height, width]` each, with their channels last.
  static func channelsLast(_ elements: [Double], _ shape: [Int]) -> [Double] {
    let (channels, pixels) = (shape[0], shape[1] * shape[2])
    return elements.indices.map { index in
      let (sample, place) = index.quotientAndRemainder(dividingBy: channels * pixels)
      let (pixel, channel) = place.quotientAndRemainder(dividingBy: channels)
      return elements[sample * channels * pixels + channel * pixels + pixel]
    }
  }

  /// The losses of all steps in their order: the critic's without penalties, its penalties, all that the generator minimizes.
  func losses(_ name: String) throws -> [Double] {
    let losses = try values("loss/\(name)")
    guard name == "generator", let terms = arrays["loss/generatorPenalty"] else { return losses }
    return zip(losses, terms.doubles.elements).map { $0 + $1 }
  }

  /// What we call a state: a projection is a network of one layer.
  static func ours(_ name: String) -> String {
    ["local", "global"].reduce(name) {
      $0.replacing("critic.\($1).", with: "critic.\($1).0.")
    }
  }

  /// The shape of one sample of the data.
  var sampleShape: [Int] { architecture == nil ? [2] : [8, 8, 2] }

  /// The architecture of networks for images; nil for perceptrons on points.
  var architecture: String? { settings["architecture"] as? String }

  /// The initial values of a state in our layout.
  func initialValues(_ name: String) throws -> [Double] {
    guard let array = arrays["initial/\(name)"] else { throw MissingArray(name: name) }
    guard array.shape.count >= 3 else { return array.doubles.elements }
    return Self.channelsLast(array.doubles.elements, Array(array.shape.suffix(3)))
  }

  /// The same settings as a configuration of ours.
  var configuration: RunConfiguration {
    var members: ValueMap = [
      "data": .text("ring8"), "loss": words["loss"] ?? .null, "labels": labels,
      "latent": .map(["size": .integer(architecture == nil ? 2 : 4)]), "optimizer": optimizer,
      "generator": network("generator"), "critic": network("critic"),
      "train": .map([
        "steps": .integer(10), "batch": .integer(settings["batch"] as? Int ?? 8),
        "criticSteps": .integer(settings["criticSteps"] as? Int ?? 1),
        "unroll": .integer(settings["unrolled"] as? Int ?? 0),
        "play": words["play"] ?? .text("alternating"), "lookahead": words["lookahead"] ?? .map([:]),
        "noise": words["noise"] ?? .integer(0),
      ]),
    ]
    if let penalties = words["penalties"] { members["penalty"] = penalties }
    if let penalty = settings["penalty"] as? [String: Any] {
      members["penalty"] = gradient(penalty)
    }
    if let auxiliary = settings["auxiliary"] as? [String: Any] {
      let sigmas = auxiliary["sigmas"] as? [Double] ?? []
      members["auxiliary"] = .map([
        "name": .text("mmd"), "weight": coefficient(auxiliary, "weight"),
        "sigmas": .list(sigmas.map(Value.real)),
      ])
    }
    return RunConfiguration(ParameterType.group(RunSchema.configuration).complete(.map(members)))
  }

  private func number(_ object: [String: Any]?, _ key: String) -> Double {
    (object?[key] as? NSNumber)?.doubleValue ?? .nan
  }

  /// A number, or a schedule with the settings that ours has too.
  private func coefficient(_ object: [String: Any]?, _ key: String) -> Value {
    guard let schedule = object?[key] as? [String: Any] else { return .real(number(object, key)) }
    let members = schedule.sorted { $0.key < $1.key }.map { key, value -> (String, Value) in
      if let text = value as? String { return (key, .text(text)) }
      if let list = value as? [NSNumber] {
        return (key, .list(list.map { .real($0.doubleValue) }))
      }
      return (key, .real(number(schedule, key)))
    }
    return .map(ValueMap(uniqueKeysWithValues: members))
  }

  private var labels: Value {
    let labels = settings["labels"] as? [String: Any]
    return .map(["real": coefficient(labels, "real"), "fake": coefficient(labels, "fake")])
  }

  private func network(_ name: String) -> Value {
    let activation = (settings["activation"] as? [String: Any])?["name"] as? String ?? "leaky-relu"
    let dropout = settings["dropout"] as? [String: Any]
    var members: ValueMap = [
      "activation": .text(activation), "dropout": .real(number(dropout, name)),
    ]
    if let architecture {
      members["architecture"] = ImageNetworks.architecture(architecture, name)
      if name == "generator" { members["output"] = .text("tanh") }
    } else {
      members["hidden"] = .list([.integer(8), .integer(8)])
    }
    if let normalizer = (settings["normalizers"] as? [String: Any])?[name] as? String {
      members["normalizer"] = ImageNetworks.normalizer(normalizer)
    }
    if name == "generator", let average = settings["average"] as? [String: Any] {
      members["average"] = coefficient(average, "decay")
    }
    let constraintKey = name == "critic" ? "constraint" : "generatorConstraint"
    if let constraint = settings[constraintKey] as? [String: Any] {
      let kind = constraint["name"] as? String ?? ""
      members["constraint"] =
        kind == "clip"
        ? .map(["name": .text("clipping"), "bound": coefficient(constraint, "limit")])
        : .text(kind)
    }
    members["loss"] = words["\(name)Loss"]
    members["optimizer"] = words["\(name)Optimizer"]
    members["gradientClipping"] = words["gradientClipping"]?[name]
    if name == "generator" { members["penalty"] = words["generatorPenalties"] }
    return .map(members)
  }

  private var optimizer: Value {
    let optimizer = settings["optimizer"] as? [String: Any]
    let rate = Value.real(number(optimizer, "lr"))
    switch optimizer?["name"] as? String {
    case "adam":
      let betas = optimizer?["betas"] as? [Double] ?? []
      return .map([
        "name": .text("adam"), "rate": rate, "beta1": .real(betas[0]), "beta2": .real(betas[1]),
        "epsilon": .real(number(optimizer, "eps")),
      ])
    case "rmsprop":
      return .map([
        "name": .text("rmsprop"), "rate": rate, "alpha": .real(number(optimizer, "alpha")),
        "epsilon": .real(number(optimizer, "eps")),
      ])
    default:
      let momentum = number(optimizer, "momentum")
      return .map([
        "name": .text("sgd"), "rate": rate, "momentum": .real(momentum.isNaN ? 0 : momentum),
      ])
    }
  }

  private func gradient(_ penalty: [String: Any]) -> Value {
    let places = ["line": "line", "real": "real", "fake": "fake", "around": "around-real"]
    let targets = ["two-sided": "one", "one-sided": "at-most-one", "zero": "zero"]
    return .map([
      "where": .text(places[penalty["where"] as? String ?? ""] ?? ""),
      "target": .text(targets[penalty["target"] as? String ?? ""] ?? ""),
      "weight": coefficient(penalty, "weight"), "scale": .real(number(penalty, "coefficient")),
      "every": .integer(Int(number(penalty, "every"))), "epsilon": .real(1e-12),
    ])
  }
}
