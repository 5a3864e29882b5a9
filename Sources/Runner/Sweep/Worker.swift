import Foundation
import Records

/// The child process of a sweep: reads one job a line, writes one event a line.
///
///     job:    run <arm> <seed> <run id> <evaluation id>
///             verify <arm> <seed> <run id>  |  reference <arm> <evaluation id>  |  prepare <arm>
///     event:  ready    once, before the first job: the plan is read, and signals are heard
///             resumed <step>  |  step <n>    ten times a second at most
///             done <state> [<primary value>]  |  same  |  differs <files>  |  prepared  |  stopped <step>
///             failed <message>     the run has no result
///             refused <message>    the store or the experiment file cannot be used: no run would have one
///
/// A worker whose standard input ends while it works has lost its sweep, and ends at once.
public struct Worker {
  private let jobs: JobRunner
  private let monitor: RunMonitor

  /// - Parameters:
  ///   - jobs: what does the runs.
  ///   - checkpointInterval: seconds between checkpoints.
  ///   - stop: ends the process after the step that it is in.
  public init(_ jobs: JobRunner, checkpointInterval: Double, stop: StopRequest) {
    self.jobs = jobs
    let signs = Cadence(every: .milliseconds(100))
    monitor = RunMonitor(checkpointInterval: checkpointInterval, stop: stop) { event in
      switch event {
      case .resumed(let step): Self.emit("resumed \(step)")
      case .stepped(let step), .measured(let step, _):
        if signs.isDue() { Self.emit("step \(step)") }
      case .recorded: break
      }
    }
  }

  /// Works until standard input ends or the process is asked to stop.
  public func serve() {
    let lines = JobLines()
    Self.emit("ready")
    while let line = lines.next() {
      do {
        if monitor.stop.isMade { throw RunInterrupted(step: 0) }
        Self.emit(try perform(Job(line: line)))
      } catch let interruption as RunInterrupted {
        return Self.emit("stopped \(interruption.step)")
      } catch let error as RecordsError {
        Self.emit("refused \(Self.line("\(error)"))")
      } catch let error as RunnerError {
        Self.emit("\(error.concernsAll ? "refused" : "failed") \(Self.line("\(error)"))")
      } catch {
        Self.emit("failed \(Self.line("\(error)"))")
      }
    }
  }

  private func perform(_ job: Job?) throws -> String {
    guard let job, jobs.plan.arms.indices.contains(job.arm) else {
      throw RunnerError.changedPlan(arm: job.map { "\($0.arm)" } ?? "")
    }
    switch job.work {
    case .reference(let evaluation):
      try jobs.performReference(arm: job.arm, expected: evaluation)
      return "done \(RunState.done.rawValue)"
    case .preparation:
      // What goes wrong will be said by the job that needs it.
      try? jobs.prepare(arm: job.arm)
      return "prepared"
    case .run(let seed, let id, let evaluation):
      let state = try jobs.perform(
        arm: job.arm, seed: seed, expected: (id, evaluation), monitor: monitor)
      let value = try state == .done ? jobs.primaryValue(arm: job.arm, seed: seed) : nil
      return "done \(state.rawValue)" + (value.map { " \($0)" } ?? "")
    case .verification(let seed, _):
      let differing = try jobs.differences(arm: job.arm, seed: seed, monitor: monitor)
      return differing.isEmpty ? "same" : "differs \(differing.joined(separator: " "))"
    }
  }

  /// The text on one line, for whoever reads it line by line.
  static func line(_ text: String) -> String {
    let scalars = text.unicodeScalars.map { scalar -> Unicode.Scalar in
      scalar.properties.isWhitespace || scalar.properties.generalCategory == .control
        ? " " : scalar
    }
    return String(String.UnicodeScalarView(scalars))
  }

  private static func emit(_ line: String) {
    FileHandle.standardOutput.write(Data((line + "\n").utf8))
  }
}

/// The lines of standard input, read by a thread of their own, so that their end is seen during work.
private final class JobLines: @unchecked Sendable {
  // All state is touched under the condition's lock alone.
  private let condition = NSCondition()
  private var lines: [String] = []
  private var isWorking = false
  private var isEnded = false

  init() {
    Thread.detachNewThread { [self] in
      while let line = readLine() { add(line) }
      end()
    }
  }

  /// The next line, once there is one; nil at the end. To ask is to say that the work on the last one is over.
  func next() -> String? {
    condition.withLock {
      isWorking = false
      while lines.isEmpty, !isEnded { condition.wait() }
      guard !lines.isEmpty else { return nil }
      isWorking = true
      return lines.removeFirst()
    }
  }

  private func add(_ line: String) {
    condition.withLock {
      lines.append(line)
      condition.signal()
    }
  }

  private func end() {
    condition.withLock {
      if isWorking { _exit(0) }
      isEnded = true
      condition.signal()
    }
  }
}
