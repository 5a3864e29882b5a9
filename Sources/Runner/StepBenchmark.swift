import Catalog
import Datasets
import Engine
import Foundation

/// The time that one iteration of a configuration takes: critic steps and generator step.
public struct StepBenchmark: Sendable {
  /// What a benchmark measured.
  public struct Result: Sendable {
    /// The median over blocks of iterations, in seconds per iteration.
    public let median: Double
    /// The fastest block, in seconds per iteration.
    public let best: Double
    /// Counted floating-point operations per iteration.
    public let operations: Double
  }

  /// The name, for example `nonsaturating-2x64`.
  public let name: String
  private let configuration: Value

  /// The cases in the order in which they are shown.
  public static let cases: [StepBenchmark] = [
    perceptron("nonsaturating-2x64", [64, 64]),
    perceptron("nonsaturating-3x128", [128, 128, 128]),
    perceptron("nonsaturating-3x512", [512, 512, 512]),
    perceptron("wgan-gp-3x128", [128, 128, 128], isPenalized: true),
    perceptron("wgan-gp-3x512", [512, 512, 512], isPenalized: true),
    convolutional("dcgan-32x32x1-32", "glyphs", width: 32),
    convolutional("dcgan-32x32x1-32-wgan-gp", "glyphs", width: 32, isPenalized: true),
    convolutional("dcgan-32x32x3-64", "stacked-glyphs", width: 64),
    convolutional("dcgan-32x32x3-64-wgan-gp", "stacked-glyphs", width: 64, isPenalized: true),
  ]

  /// The DCGAN of its paper; under a gradient penalty without a normalizer in the critic, and one critic step.
  private static func convolutional(
    _ name: String, _ data: String, width: Int, isPenalized: Bool = false
  ) -> StepBenchmark {
    let architecture = Value.map(["name": .text("dcgan"), "width": .integer(width)])
    var critic: ValueMap = ["architecture": architecture]
    var members: ValueMap = [
      "data": .map(["name": .text(data), "size": .integer(32)]),
      "latent": .map(["size": .integer(100)]),
      "generator": .map([
        "architecture": architecture, "activation": .text("relu"), "normalizer": .text("batch"),
        "output": .text("tanh"),
      ]),
      "train": .map(["batch": .integer(64)]),
    ]
    if isPenalized {
      members["loss"] = .text("wasserstein")
      members["penalty"] = .text("wgan-gp")
    } else {
      critic["normalizer"] = .text("batch")
    }
    members["critic"] = .map(critic)
    return StepBenchmark(name: name, configuration: .map(members))
  }

  private static func perceptron(
    _ name: String, _ widths: [Int], isPenalized: Bool = false
  ) -> StepBenchmark {
    let hidden = Value.list(widths.map(Value.integer))
    var members: ValueMap = [
      "data": .text("ring8"), "generator": .map(["hidden": hidden]),
      "critic": .map(["hidden": hidden]),
    ]
    if isPenalized {
      members["loss"] = .text("wasserstein")
      members["penalty"] = .text("wgan-gp")
      members["train"] = .map(["criticSteps": .integer(5)])
    }
    return StepBenchmark(name: name, configuration: .map(members))
  }

  /// Runs iterations for about `seconds` in blocks of about a fiftieth of that.
  ///
  /// - Throws: `RunnerError.network` for a benchmark whose networks do not fit its data.
  public func run(kernels: Kernels, seconds: Double) throws -> Result {
    let complete = ParameterType.group(RunSchema.configuration).complete(configuration)
    let configuration = RunConfiguration(complete)
    let (entry, arguments) = Datasets.table.selection(configuration.data)
    guard let dataset = try? entry.body(arguments, nil) else {
      preconditionFailure("benchmarks draw their data")
    }
    let trainer = try Trainer(configuration, seed: 0, dataset: dataset, executor: .fast(kernels))
    let clock = ContinuousClock()
    func time(_ iterations: Int) -> Double {
      let duration = clock.measure { for _ in 0..<iterations { _ = trainer.advance() } }
      let (whole, atto) = duration.components
      return Double(whole) + Double(atto) * 1e-18
    }
    _ = time(1)
    let first = time(3) / 3
    let block = max(1, Int(seconds / 50 / first))
    var times: [Double] = []
    let end = clock.now + .seconds(seconds)
    repeat { times.append(time(block) / Double(block)) } while clock.now < end
    times.sort()
    return Result(
      median: times[times.count / 2], best: times[0],
      operations: Double(trainer.operations(steps: 1)))
  }
}
