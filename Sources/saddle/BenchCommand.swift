import ArgumentParser
import Foundation
import Records
import Runner

struct BenchCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "bench",
    abstract: "Times training steps: milliseconds per iteration, best and median.")

  @Option(help: "Cases whose name contains this text alone.")
  var only = ""

  @Option(help: "Seconds per case.")
  var seconds = 3.0

  @Option(help: "The threads that share each step, 1 to 64.")
  var threads = 1

  func validate() throws { try ThreadOption.check(threads) }

  func run() throws {
    let settings = try Settings(environment: ProcessInfo.processInfo.environment)
    let cases = StepBenchmark.cases.filter { only.isEmpty || $0.name.contains(only) }
    if cases.isEmpty {
      throw UsageError(
        "no case '\(only)'; there are \(StepBenchmark.cases.map(\.name).joined(separator: ", "))")
    }
    let kernels = settings.kernels.shared(by: threads)
    print("kernels: \(kernels.name), \(Count.text(threads, "thread"))")
    for benchmark in cases {
      let result = try benchmark.run(kernels: kernels, seconds: seconds)
      print(
        String(
          format: "%@  median %.3f ms  best %.3f ms  %.1f GFLOP/s", benchmark.name,
          result.median * 1e3, result.best * 1e3, result.operations / result.best * 1e-9))
    }
  }
}
