import Foundation
import Subprocess

#if canImport(System)
  import System
#else
  import SystemPackage
#endif

/// Measures cases in processes of their own, so that none finds another's memory and caches.
public struct BenchmarkProcess: Sendable {
  private let executable: String

  /// - Parameter executable: the path of this program.
  public init(executable: String) { self.executable = executable }

  /// Measures one case.
  ///
  /// - Parameters:
  ///   - seconds: about how long it is timed.
  ///   - threads: the threads that share each step.
  /// - Throws: `RunnerError.benchmark` when the process gives no result.
  public func measure(
    _ name: String, seconds: Double, threads: Int
  ) async throws -> BenchmarkResult {
    let arguments = [
      "bench", "--json", "--exact", "--only", name, "--seconds", "\(seconds)", "--threads",
      "\(threads)",
    ]
    do {
      let result = try await Subprocess.run(
        .path(FilePath(executable)), arguments: Arguments(arguments), input: .none,
        output: .string(limit: 1 << 16), error: .string(limit: 1 << 16))
      // A result that is not as it must be ends the process with another status and is one all the same.
      if let document = BenchmarkDocument(decoding: result.standardOutput),
        let measured = document.cases.first, measured.name == name
      {
        return measured
      }
      let said = result.standardError.trimmingCharacters(in: .whitespacesAndNewlines)
      let end = "its process \(Self.words(result.terminationStatus))"
      throw RunnerError.benchmark(name: name, reason: said.isEmpty ? end : "\(end): \(said)")
    } catch let error as SubprocessError {
      throw RunnerError.benchmark(name: name, reason: "\(executable): \(error)")
    }
  }

  private static func words(_ status: TerminationStatus) -> String {
    switch status {
    case .exited(let code): "ended with status \(code)"
    case .signaled(let signal): "was killed by signal \(signal)"
    }
  }
}
