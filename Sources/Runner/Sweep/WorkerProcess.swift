import Foundation
import Records
import Subprocess

#if canImport(System)
  import System
#else
  import SystemPackage
#endif

/// One worker process at a time, started anew when it dies.
struct WorkerProcess {
  let command: Sweep.Command
  let threads: Int
  let index: Int
  let limits: Sweep.Limits
  let stop: StopRequest

  private typealias Process = Execution<CustomWriteInput, SequenceOutput, StringOutput<UTF8>>

  /// Works until the queue is empty.
  func work(_ queue: JobQueue) async {
    while let job = await queue.next(worker: index) {
      do {
        try await serve(job, queue)
      } catch {
        await queue.end(RunnerError.worker(path: command.executable, reason: "\(error)"))
      }
    }
  }

  /// Runs one process until the queue is empty or it dies, beginning with `first`.
  private func serve(_ first: Job, _ queue: JobQueue) async throws {
    let watch = WorkerWatch(limits)
    let result = try await Subprocess.run(
      .path(FilePath(command.executable)), arguments: Arguments(command.arguments(threads)),
      input: .inputWriter, output: .sequence, error: .string(limit: 1 << 20)
    ) { process -> Job? in
      async let watching: Void = watchOver(process, watch)
      defer { watch.end() }
      var lines = process.standardOutput.strings().makeAsyncIterator()
      var current: Job? = first
      while let job = current {
        watch.begin(isTimed: job.seed != nil)
        _ = try? await process.standardInputWriter.write(job.line + "\n")
        var course = Course.goesOn
        while course == .goesOn {
          guard let line = try await lines.next() else { return job }
          watch.sign()
          course = await handle(line, job, queue, watch)
        }
        watch.rest()
        current = course == .left ? nil : await queue.next(worker: index)
      }
      try? await process.standardInputWriter.finish()
      watch.end()
      await watching
      return nil
    }
    if let lost = result.closureResult {
      await lose(lost, watch, result.terminationStatus, result.standardError, queue)
    }
  }

  /// Says what has become of a job whose process ended without a word on it.
  private func lose(
    _ job: Job, _ watch: WorkerWatch, _ status: TerminationStatus, _ log: String,
    _ queue: JobQueue
  ) async {
    switch status {
    case _ where watch.isDismissed || !watch.isReady && stop.isMade:
      await queue.stopped(job, worker: index, step: 0)
    case .exited where !watch.isReady:
      // It would not do better with the next run.
      let said = log.trimmingCharacters(in: .whitespacesAndNewlines)
      await queue.end(
        RunnerError.worker(
          path: command.executable,
          reason: "it \(Self.text(status)) before its first run" + (said.isEmpty ? "" : ": \(said)")
        ))
    default:
      await queue.failed(
        job, worker: index, message: watch.reason ?? "the worker process \(Self.text(status))",
        log: log)
    }
  }

  /// Passes a wish to stop on, and kills a process that shows no progress or takes too long. One that is not ready has
  /// done nothing yet that could be kept.
  private func watchOver(_ process: Process, _ watch: WorkerWatch) async {
    var isAsked = false
    while !watch.isEnded {
      try? await Task.sleep(for: .milliseconds(50))
      if stop.isMade, !isAsked {
        isAsked = true
        let isReady = watch.isReady
        if !isReady { watch.dismiss() }
        try? process.send(signal: isReady ? .terminate : .kill)
      }
      if watch.isOverdue() { try? process.send(signal: .kill) }
    }
  }

  private static func text(_ status: TerminationStatus) -> String {
    switch status {
    case .exited(let code): "ended with status \(code)"
    case .signaled(SIGKILL):
      "was killed by signal 9, as the system does when memory is exhausted"
    case .signaled(let signal): "was killed by signal \(signal)"
    }
  }

  /// What a line of a worker means for its job.
  private enum Course {
    case goesOn
    case isOver
    /// The process ends as well.
    case left
  }

  private func handle(
    _ line: String, _ job: Job, _ queue: JobQueue, _ watch: WorkerWatch
  ) async -> Course {
    let text = line.trimmingCharacters(in: .whitespacesAndNewlines)
    let words = text.split(separator: " ", maxSplits: 1).map(String.init)
    guard let verb = words.first else { return .goesOn }
    let rest = words.count > 1 ? words[1] : ""
    switch verb {
    case "ready":
      watch.makeReady()
      return .goesOn
    case "resumed":
      if let step = Int(rest) { await queue.resumed(worker: index, step) }
      return .goesOn
    case "step":
      if let step = Int(rest) { await queue.stepped(worker: index, step) }
      return .goesOn
    case "done":
      let words = rest.split(separator: " ").map(String.init)
      guard let state = words.first.flatMap(RunState.init(rawValue:)) else { return .goesOn }
      await queue.finished(
        job, worker: index, state, primary: words.dropFirst().first.flatMap(Double.init))
      return .isOver
    case "same", "differs":
      await queue.verified(
        job, worker: index, differing: rest.split(separator: " ").map(String.init))
      return .isOver
    case "prepared": return .isOver
    case "stopped":
      await queue.stopped(job, worker: index, step: Int(rest) ?? 0)
      return .left
    case "failed":
      await queue.failed(job, worker: index, message: rest, log: "")
      return .isOver
    case "refused":
      await queue.end(RunnerError.store(rest))
      return .isOver
    default: return .goesOn
    }
  }
}
