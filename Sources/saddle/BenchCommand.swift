import ArgumentParser
import Foundation
import Records
import Runner

struct BenchCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "bench",
    abstract: "Times training steps and checks what they compute.",
    discussion: """
      Each case runs in a process of its own. Shown are milliseconds per iteration or step (median \
      and quartiles over blocks), counted operations per second, also as a share of what a core for \
      each thread reaches with multiply-adds alone, the most memory that the process held, \
      requests for memory per step, and the first digits of a digest of the states after a few \
      steps. Ends with status 5 when a digest is not the recorded one or a step asks for memory.
      """)

  @Option(help: "Only cases whose name contains this text.")
  var only: String?

  @Flag(help: "Only the case whose name is the text after --only.")
  var exact = false

  @Option(help: "Seconds for which a case is timed, at most 3600.")
  var seconds = 3.0

  @Option(help: "The threads that share each step, 1 to 64.")
  var threads = 1

  @Flag(help: "Writes one JSON document.")
  var json = false

  func validate() throws {
    try ThreadOption.check(threads)
    guard seconds > 0, seconds <= 3600 else {
      throw ValidationError("--seconds must be above 0 and at most 3600")
    }
    if exact, only == nil { throw ValidationError("--exact needs --only and a name") }
  }

  func run() async throws {
    let settings = try Settings(environment: ProcessInfo.processInfo.environment)
    let cases = try chosen()
    let table = BenchTable(names: cases.map(\.name), columns: StandardOutput.columns)
    if !json { StandardOutput.print(table.header) }
    var results: [BenchmarkResult] = []
    var faults: [String] = []
    var status: ExitStatus?
    for (position, benchmark) in cases.enumerated() {
      do {
        let result = try await measure(
          benchmark, settings, place: "\(position + 1)/\(cases.count)", isAlone: cases.count == 1)
        results.append(result)
        if !json { StandardOutput.print(table.row(result)) }
        let found = benchmark.faults(of: result)
        faults += found.map { "\(benchmark.name): \($0)" }
        if !found.isEmpty { status = .mismatch }
      } catch let error as RunnerError {
        faults.append("\(error)")
        status = status ?? ExitStatus(of: error)
      }
    }
    let document = BenchmarkDocument(
      kernels: settings.kernels.name, threads: threads, cases: results)
    if json {
      StandardOutput.print(document.json)
    } else if !results.isEmpty {
      StandardOutput.print(table.footer(document))
    }
    for fault in faults { StandardError.print("saddle: \(fault)") }
    if let status { throw ExitCode(status.rawValue) }
  }

  /// The cases that are asked for.
  private func chosen() throws -> [BenchmarkCase] {
    guard let only else { return benchmarkTable }
    let cases = benchmarkTable.filter { exact ? $0.name == only : $0.name.contains(only) }
    if cases.isEmpty {
      let names = benchmarkTable.map(\.name).joined(separator: ", ")
      throw UsageError("no case '\(only)'; there are \(names)")
    }
    return cases
  }

  /// Measures a case: the only one here, others in processes of their own.
  ///
  /// - Parameter place: its place among the cases, which a terminal shows meanwhile.
  private func measure(
    _ benchmark: BenchmarkCase, _ settings: Settings, place: String, isAlone: Bool
  ) async throws -> BenchmarkResult {
    var block = TerminalBlock()
    if StandardError.isTerminal { block.draw([TerminalLine("\(place) · \(benchmark.name)")]) }
    defer { block.erase() }
    if isAlone {
      var measurement = try StepBenchmark(
        benchmark, kernels: settings.kernels.shared(by: threads))
      return measurement.run(seconds: seconds)
    }
    let process = BenchmarkProcess(executable: try ProgramPath.current)
    return try await process.measure(benchmark.name, seconds: seconds, threads: threads)
  }
}
