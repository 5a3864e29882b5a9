import Datasets
import Engine
import Records

/// Work to be timed, whose outcome is known.
public struct BenchmarkCase: Sendable {
  /// What is repeated.
  enum Unit: String, Sendable {
    /// The critic steps and the generator step of one iteration.
    case iteration
    /// A critic step, which includes making the fakes; the generator stays as it is.
    case criticStep = "critic step"
    /// A generator step; the critic stays as it is.
    case generatorStep = "generator step"
  }

  /// The name, for example `mlp-2x64`.
  public let name: String
  /// The run's settings as an experiment file has them under `fixed`, in YAML's flow style without the outer braces.
  let settings: String
  let unit: Unit
  /// SHA-256 of all states after `digestSteps` units from seed 0.
  public let digest: String

  /// The units after which the states are compared with the digest.
  static let digestSteps = 3

  init(_ name: String, _ settings: String, _ unit: Unit = .iteration, digest: String) {
    self.name = name
    self.settings = settings
    self.unit = unit
    self.digest = digest
  }

  /// The complete configuration.
  ///
  /// - Throws: what is wrong with the settings.
  func configuration() throws(RecordsError) -> RunConfiguration {
    let text = """
      question: How long does it take?
      fixed: {\(settings)}
      seeds: 1
      metrics: {frechet: {primary: true}}
      """
    let plan = try Plan(SourceFile(name: name, text: text), schema: RunSchema.experiment)
    return RunConfiguration(plan.arms[0].configuration)
  }

  /// A trainer before its first step.
  func trainer(_ kernels: Kernels) throws -> Trainer {
    let configuration = try configuration()
    let (entry, arguments) = Datasets.table.selection(configuration.data)
    return try Trainer(
      configuration, seed: 0, dataset: try entry.body(arguments, nil), executor: .fast(kernels))
  }
}

extension BenchmarkCase {
  /// What is not as it must be in a result of this case: other numbers than the recorded ones, or requests for memory.
  public func faults(of result: BenchmarkResult) -> [String] {
    var faults: [String] = []
    if result.digest != digest {
      faults.append(
        "the states after \(Count.text(Self.digestSteps, unit.rawValue)) have the digest "
          + "\(result.digest), but \(digest) is recorded: this build or machine computes other "
          + "numbers")
    }
    if let allocations = result.allocations, allocations > 0 {
      faults.append("one \(unit.rawValue) asks \(allocations) times for memory, which none may")
    }
    return faults
  }
}

extension Trainer {
  /// Takes one unit of a benchmark.
  func advance(_ unit: BenchmarkCase.Unit, _ losses: inout Losses) {
    switch unit {
    case .iteration: losses = advance()
    case .criticStep: advanceCritic(&losses)
    case .generatorStep: advanceGenerator(&losses)
    }
  }

  /// The floating-point operations of one unit of a benchmark.
  func operations(of unit: BenchmarkCase.Unit) -> Int {
    switch unit {
    case .iteration: operations(steps: 1)
    case .criticStep: criticOperations
    case .generatorStep: generatorOperations
    }
  }
}
