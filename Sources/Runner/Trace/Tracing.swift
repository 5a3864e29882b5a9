import Arrays
import Catalog
import Engine
import Networks
import Records

/// The first steps of a run as a file from which another implementation can repeat them.
///
/// A safetensors file in PyTorch's names and layouts: `initial/<state>`, for each program of each step what
/// `TraceRecorder` writes down, `final/<state>`, and metadata:
///
/// - `format`: `saddle trace 1`;
/// - `configuration`: the complete configuration, and `identity`: the line whose digest is the run's id, both JSON;
/// - `seed`, `executor`, `numericsVersion`, `steps`;
/// - `generator`, `critic`: the networks' modules, a line each.
public struct Trace: Sendable {
  /// The file's bytes, a function of the run's identity and of the number of steps alone.
  public let bytes: [UInt8]
  /// The number of arrays.
  public let arrayCount: Int
  /// The generator steps in it: as many as were asked for, or those up to the first that is not finite.
  public let steps: Int
  /// Whether every loss is finite.
  public let isFinite: Bool
}

/// Why a trace cannot be made as asked.
public enum TraceError: Error, Hashable, Sendable, CustomStringConvertible {
  /// More steps than the run has.
  case tooManySteps(asked: Int, available: Int)
  /// More bytes than a trace may have.
  case tooLarge(bytes: Int, fitting: Int)

  /// One line that says what to do.
  public var description: String {
    switch self {
    case .tooManySteps(let asked, let available):
      "\(asked) steps are asked for, but the run has \(available)"
    case .tooLarge(let bytes, let fitting):
      "the trace would need \(bytes >> 20) MiB, more than \(Trace.largestSize >> 20); "
        + (fitting > 0
          ? "\(Count.text(fitting, "step")) \(fitting == 1 ? "fits" : "fit")"
          : "not even one step fits: choose a smaller batch or smaller networks")
    }
  }
}

extension Trace {
  /// The most bytes of a trace's arrays.
  static let largestSize = 1 << 30

  /// Trains the first steps of a run and writes down what they read and give.
  ///
  /// - Parameters:
  ///   - steps: the number of generator steps, at least 1.
  ///   - executor: what the steps are computed with: the arrays are of its precision.
  /// - Throws: `TraceError`; `DatasetError` where data are missing.
  public init(
    _ arm: Arm, seed: Int, steps: Int, _ identities: Identities, _ executor: Executor
  ) throws {
    let configuration = RunConfiguration(arm.configuration)
    guard steps <= configuration.steps else {
      throw TraceError.tooManySteps(asked: steps, available: configuration.steps)
    }
    let recorder = TraceRecorder(executor.precision)
    let trainer = try Trainer(
      configuration, seed: seed, dataset: try identities.dataset(arm), executor: executor,
      weights: try identities.startingWeights(arm), observer: recorder)
    recorder.add(trainer.state, moment: "initial")
    let statesSize = recorder.size
    var isFinite = true
    while trainer.step < steps, isFinite {
      let before = recorder.size
      isFinite = trainer.advance().isFinite
      recorder.endStep()
      let stepSize = recorder.size - before
      let total = recorder.size + (steps - trainer.step) * stepSize + statesSize
      guard total <= Self.largestSize else {
        let fitting = max(0, Self.largestSize - 2 * statesSize) / stepSize
        throw TraceError.tooLarge(bytes: total, fitting: fitting)
      }
    }
    recorder.add(trainer.state, moment: "final")
    let identity = try identities.run(arm, seed: seed)
    self.steps = trainer.step
    self.isFinite = isFinite
    arrayCount = recorder.entries.count
    bytes = Safetensors(
      recorder.entries, metadata: Self.metadata(trainer, identity, configuration)
    ).encoded()
  }

  private static func metadata(
    _ trainer: Trainer, _ identity: RunIdentity, _ configuration: RunConfiguration
  ) -> [String: String] {
    var settings = configuration.value.asMap ?? [:]
    settings["evaluate"] = nil
    for player in Player.allCases {
      // Initial states are in the file; where they came from is in the identity.
      guard var own = settings[player.rawValue]?.asMap else { continue }
      own["weights"] = nil
      settings[player.rawValue] = .map(own)
    }
    func text(_ player: Player) -> String {
      trainer.training.networks(of: player).map { $0.network.moduleText(isWhole: false) }
        .joined(separator: "\n")
    }
    return [
      "format": "saddle trace 1", "configuration": Value.map(settings).canonicalJSON,
      "identity": identity.line, "seed": "\(identity.seed)", "executor": identity.executor,
      "numericsVersion": "\(identity.numericsVersion)", "steps": "\(trainer.step)",
      "generator": text(.generator), "critic": text(.critic),
    ]
  }
}

extension Network {
  /// The network's modules as text: a line `<name>: <module>` each, as in a `state_dict`.
  ///
  /// - Parameter isWhole: whether the `state_dict` is the network's own; it is the player's otherwise, where names of a
  ///   part begin with the part's.
  func moduleText(isWhole: Bool = true) -> String {
    let part = isWhole ? "" : name.split(separator: ".").dropFirst().map { "\($0)." }.joined()
    return modules.map { "\(part)\($0.name): \($0.module)" }.joined(separator: "\n")
  }
}
