import Catalog
import Crypto

/// Everything that the numbers of a run are a function of.
///
/// The id is the SHA-256, in hexadecimal, of the UTF-8 bytes of one line of canonical JSON (sorted
/// keys, no white space, shortest round-trip numbers, no line end):
///
///     {"configuration":{…},"data":"<digest>","executor":"fast","numericsVersion":1,"seed":0}
public struct RunIdentity: Hashable, Sendable {
  /// The canonical configuration, as `ExperimentSchema.canonical` makes it.
  public let configuration: Value
  /// The seed.
  public let seed: Int
  /// The digest of the data set's content.
  public let dataDigest: String
  /// The name of the executor, for example `fast` or `reference`.
  public let executor: String
  /// The version of the numerics, which rises when equal configurations give other numbers.
  public let numericsVersion: Int

  /// Collects an identity.
  public init(
    configuration: Value, seed: Int, dataDigest: String, executor: String, numericsVersion: Int
  ) {
    self.configuration = configuration
    self.seed = seed
    self.dataDigest = dataDigest
    self.executor = executor
    self.numericsVersion = numericsVersion
  }

  /// The line that the id is a digest of.
  public var line: String { lineBeforeSeed + "\(seed)}" }

  /// The line up to the seed, whose key is the last.
  private var lineBeforeSeed: String {
    let members: ValueMap = [
      "configuration": configuration, "data": .text(dataDigest), "executor": .text(executor),
      "numericsVersion": .integer(numericsVersion),
    ]
    return Value.map(members).canonicalJSON.dropLast() + ",\"seed\":"
  }

  /// The run's id: 64 hexadecimal digits.
  public var id: String { ids(seeds: [seed])[0] }

  /// The ids of the runs that differ from this one in nothing but the seed.
  public func ids(seeds: [Int]) -> [String] {
    let start = lineBeforeSeed
    return seeds.map { Self.id(of: "\(start)\($0)}") }
  }

  /// The id of the run whose identity this line is.
  public static func id(of line: String) -> String { SHA256.hexadecimal(of: Array(line.utf8)) }
}

/// Everything that the values of metrics for a run are a function of.
///
/// The id is the SHA-256, in hexadecimal, of one line of canonical JSON as for `RunIdentity`:
///
///     {"evaluation":{…},"extractor":"<digest>","metrics":[{…},…],"run":"<id>"}
public struct EvaluationIdentity: Hashable, Sendable {
  /// The id of the run.
  public let run: String
  /// The distinct metrics with their defaults left out, sorted by their canonical JSON: neither the
  /// order nor the columns' names of an experiment file matter.
  public let metrics: [Value]
  /// The settings of evaluation.
  public let settings: Value
  /// The digest of the feature extractor; empty where none is used.
  public let extractor: String

  /// Collects an identity.
  ///
  /// - Parameters:
  ///   - run: the id of the run.
  ///   - metrics: complete metric entries in any order.
  ///   - table: the table of metrics, which knows their defaults.
  ///   - settings: the complete or minimal settings of evaluation.
  ///   - extractor: the digest of the feature extractor.
  public init(
    run: String, metrics: [Value], table: EntryTable, settings: Value, extractor: String
  ) {
    self.run = run
    let minimal = metrics.map(ParameterType.entry(table).minimal)
    let sorted = minimal.map { (json: $0.canonicalJSON, value: $0) }.sorted { $0.json < $1.json }
    self.metrics = sorted.indices
      .filter { $0 == 0 || sorted[$0].json != sorted[$0 - 1].json }
      .map { sorted[$0].value }
    self.settings = settings
    self.extractor = extractor
  }

  /// The identity of the same evaluation of another run.
  public func of(run: String) -> EvaluationIdentity {
    EvaluationIdentity(run: run, metrics: metrics, settings: settings, extractor: extractor)
  }

  private init(run: String, metrics: [Value], settings: Value, extractor: String) {
    self.run = run
    self.metrics = metrics
    self.settings = settings
    self.extractor = extractor
  }

  /// The line that the id is a digest of.
  public var line: String { lineBeforeRun + Value.text(run).canonicalJSON + "}" }

  /// The line up to the run's id, whose key is the last.
  private var lineBeforeRun: String {
    let members: ValueMap = [
      "evaluation": settings, "extractor": .text(extractor), "metrics": .list(metrics),
    ]
    return Value.map(members).canonicalJSON.dropLast() + ",\"run\":"
  }

  /// The evaluation's id: 64 hexadecimal digits.
  public var id: String { ids(runs: [run])[0] }

  /// The ids of the same evaluation of other runs.
  public func ids(runs: [String]) -> [String] {
    let start = lineBeforeRun
    return runs.map {
      SHA256.hexadecimal(of: Array("\(start)\(Value.text($0).canonicalJSON)}".utf8))
    }
  }
}
