import Catalog
import Foundation

/// Results of benchmarks as one JSON document, which other programs and this one read.
public struct BenchmarkDocument: Decodable, Sendable {
  /// The name of the kernels.
  public let kernels: String
  /// The threads of one run.
  public let threads: Int
  /// The largest of the cases' peaks, in 10⁹ operations per second.
  public let peak: Double
  /// What was measured.
  public let cases: [BenchmarkResult]

  /// Collects results that were measured with the same kernels and number of threads.
  public init(kernels: String, threads: Int, cases: [BenchmarkResult]) {
    self.kernels = kernels
    self.threads = threads
    peak = cases.map(\.peak).reduce(0, max)
    self.cases = cases
  }

  /// Reads a document; nil when the text is none.
  init?(decoding text: String) {
    guard let document = try? JSONDecoder().decode(Self.self, from: Data(text.utf8)) else {
      return nil
    }
    self = document
  }

  /// The document.
  public var json: Value {
    .map([
      "kernels": .text(kernels), "threads": .integer(threads), "peak": .real(peak),
      "cases": .list(cases.map(\.json)),
    ])
  }
}

extension BenchmarkResult {
  fileprivate var json: Value {
    .map([
      "name": .text(name), "milliseconds": .real(milliseconds), "low": .real(low),
      "high": .real(high), "gigaflops": .real(gigaflops), "share": .real(share),
      "peak": .real(peak), "memory": memory.map(Value.real) ?? .null,
      "allocations": allocations.map(Value.real) ?? .null, "digest": .text(digest),
    ])
  }
}
