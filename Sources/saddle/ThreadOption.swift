import ArgumentParser
import Engine
import Runner

/// How many threads share each run.
struct ThreadOption: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "The threads that share each run, 1 to 64; by default the workers (of 'run': the cores) "
        + "divided by the runs to do, at least 1 and at most 8."))
  var threads: Int?

  func validate() throws { try Self.check(threads) }

  /// The number that was asked for, else an automatic choice.
  ///
  /// - Throws: `UsageError` where several threads are asked of the reference executor, which has one.
  func choice(_ selection: SelectionOptions) throws -> RunThreads {
    guard selection.reference else { return threads.map(RunThreads.fixed) ?? .automatic }
    if let threads, threads > 1 {
      throw UsageError("--threads: the reference executor computes on one thread")
    }
    return .fixed(1)
  }

  /// - Throws: `ValidationError` for a number of threads that is out of range.
  static func check(_ threads: Int?) throws {
    guard let threads, !(1...Kernels.mostThreads).contains(threads) else { return }
    throw ValidationError("--threads must be between 1 and \(Kernels.mostThreads)")
  }
}
