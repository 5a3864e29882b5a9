import ArgumentParser
import Foundation
import Runner

/// The command: one file per verb, each of which parses, calls and prints.
@main
struct Saddle: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "saddle",
    abstract: "An ablation harness for generative adversarial networks.",
    discussion: """
      An experiment file asks one question as a grid. 'saddle sweep' trains every cell with paired \
      seeds, measures it, and writes a report that says what mattered and how sure that is.

      Exit status: 0 fine; 1 a claim or regression check failed; 2 usage or file; 3 some runs \
      failed; 4 nothing to evaluate; 5 integrity or reproducibility mismatch; 6 input or output; \
      75 stopped by SIGTERM, to be queued again; 130 interrupted.
      """,
    version: saddleVersion,
    subcommands: [
      SweepCommand.self, RunCommand.self, PlanCommand.self, StatusCommand.self,
      ReportCommand.self, AcceptCommand.self, CheckCommand.self, VerifyCommand.self,
      TraceCommand.self, ExportCommand.self,
      EigenvaluesCommand.self, ListCommand.self, DataCommand.self, ClassifierCommand.self,
      BenchCommand.self,
      WorkerCommand.self,
    ])

  /// Parses and runs, with exit statuses of our own: the library's 64 for usage becomes 2.
  static func main() async {
    do {
      var command = try parseAsRoot()
      if var asynchronous = command as? AsyncParsableCommand {
        try await asynchronous.run()
      } else {
        try command.run()
      }
    } catch {
      exit(withStatusOf: error)
    }
  }

  private static func exit(withStatusOf error: any Error) -> Never {
    if let code = error as? ExitCode { Foundation.exit(code.rawValue) }
    if let status = ExitStatus(of: error) {
      StandardError.print("saddle: \(error)")
      Foundation.exit(status.rawValue)
    }
    let code = exitCode(for: error)
    let text = fullMessage(for: error)
    if code.isSuccess {
      print(text)
      Foundation.exit(0)
    }
    StandardError.print(text)
    Foundation.exit(ExitStatus.usage.rawValue)
  }
}
