import ArgumentParser
import Foundation
import Records
import Reporting
import Runner

struct CheckCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Compares the store's records with the results that were accepted.",
    discussion: """
      The baseline is reports/NAME/baseline.json. Records that are in the store are not made again \
      by a sweep, so to check changed code, sweep into an empty store.

      Exit status: 0 all is as it was accepted; 1 something changed, is missing, or a claim is \
      false; 4 nothing could be compared; 5 the baseline is damaged.
      """)

  @OptionGroup var options: ExperimentOptions

  @Option(help: "Writes the result to this file as JUnit XML too.")
  var junit: String?

  @Flag(help: "Prints failures as workflow commands of GitHub Actions too.")
  var github = false

  func run() throws {
    let check: RegressionCheck
    let path: String
    do {
      (check, path) = try compare()
    } catch {
      // The file of an earlier check must not pass for this one's.
      try write(JUnitReport(experiment: options.experiment, error: "\(error)"))
      throw error
    }
    try write(JUnitReport(check))
    if github {
      for line in GitHubAnnotations(check).lines { print(line) }
    }
    print(TerminalText.plain(check.text(path: path)))
    fflush(nil)
    switch check.outcome {
    case .passed: break
    case .failed: throw ExitCode(ExitStatus.claimFailed.rawValue)
    case .nothingCompared: throw ExitCode(ExitStatus.nothingToEvaluate.rawValue)
    }
  }

  /// The comparison and the path of the baseline.
  private func compare() throws -> (RegressionCheck, path: String) {
    let plan = try options.plan()
    let path = "reports/\(plan.name)/\(ReportFolder.baseline)"
    let accepted = try Baseline(
      reading: path, experiment: plan.name,
      acceptCommand: ExperimentOptions.of(options.experiment, in: options.store).command("accept"))
    let fresh = try FreshResults(options, plan)
    let check = RegressionCheck(
      of: try fresh.baseline(traceSeed: accepted.traceSeed), with: accepted, plan: plan,
      scope: RegressionCheck.Scope(
        isEveryArm: options.selection.only.isEmpty,
        isEverySeed: options.selection.seeds == nil),
      sweepCommand: options.command("sweep"),
      schema: RunSchema.experiment)
    return (check, path)
  }

  /// Writes the file that `--junit` asks for.
  private func write(_ report: JUnitReport) throws {
    guard let junit else { return }
    try ReportFile(path: junit, bytes: Array(report.text.utf8)).write(to: junit)
  }
}
