import Foundation
import Subprocess

#if canImport(System)
  import System
#else
  import SystemPackage
#endif

/// The program curl, which knows the system's certificates and proxies, and gives a file's bytes piece by piece.
struct Curl {
  /// How a transfer ended.
  enum Outcome {
    /// All bytes were given.
    case complete
    /// The server does not give parts of files.
    case cannotResume
    /// The server does not give the file, and would not when asked again, for this reason.
    case unavailable(String)
    /// The transfer ended early, for this reason.
    case failed(String)
    /// The receiver wanted no more.
    case refused
  }

  /// Transfers the file of an address from a byte on.
  ///
  /// - Parameter receive: takes the next bytes; false ends the transfer.
  static func transfer(
    _ address: String, from offset: Int, receive: (UnsafeRawBufferPointer) throws -> Bool
  ) async throws -> Outcome {
    do {
      let result = try await Subprocess.run(
        .name("curl"), arguments: Arguments(arguments(address, offset)),
        input: .none, output: .sequence, error: .string(limit: 1 << 16)
      ) { process -> Bool in
        for try await buffer in process.standardOutput {
          guard try buffer.withUnsafeBytes({ try receive($0) }) else {
            try? process.send(signal: .terminate)
            return false
          }
        }
        return true
      }
      guard result.closureResult else { return .refused }
      return outcome(result.terminationStatus, result.standardError)
    } catch let error as SubprocessError where error.code == .executableNotFound {
      throw DownloadError.curlMissing
    }
  }

  /// No configuration file and no patterns in the address; HTTP alone, also after being sent elsewhere; an end after 30 s
  /// without a connection or a minute without a byte.
  private static func arguments(_ address: String, _ offset: Int) -> [String] {
    let resumption = offset > 0 ? ["--continue-at", "\(offset)"] : []
    return [
      "--disable", "--fail", "--silent", "--show-error", "--location", "--globoff",
      "--proto", "=http,https", "--proto-redir", "=http,https", "--max-redirs", "10",
      "--connect-timeout", "30", "--speed-limit", "1", "--speed-time", "60",
    ] + resumption + ["--output", "-", "--url", address]
  }

  /// Whether curl's words name an HTTP status that does not change by asking again, as 404 is. 416 is about the part that
  /// was asked for.
  private static func isLasting(_ reason: String) -> Bool {
    guard let match = reason.firstMatch(of: #/returned error: (4\d\d)/#) else { return false }
    return !["408", "416", "425", "429"].contains(String(match.1))
  }

  private static func outcome(_ status: TerminationStatus, _ errors: String) -> Outcome {
    if status.isSuccess { return .complete }
    // CURLE_RANGE_ERROR.
    if case .exited(33) = status { return .cannotResume }
    let lines = errors.split(separator: "\n").map(String.init)
    let words = lines.last.map { $0.replacing(#/^curl: \(\d+\) /#, with: "") }
    let reason = words ?? "curl ended with \(status)"
    return isLasting(reason) ? .unavailable(reason) : .failed(reason)
  }
}
