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
  let index: Int

  /// Works until the queue is empty.
  func work(_ queue: JobQueue) async {
    while let job = await queue.next(worker: index) {
      do {
        try await serve(job, queue)
      } catch {
        await queue.stop(RunnerError.worker(path: command.executable, reason: "\(error)"))
      }
    }
  }

  /// Runs one process until the queue is empty or it dies, beginning with `first`.
  private func serve(_ first: Job, _ queue: JobQueue) async throws {
    let result = try await Subprocess.run(
      .path(FilePath(command.executable)), arguments: Arguments(command.arguments),
      input: .inputWriter, output: .sequence, error: .string(limit: 1 << 20)
    ) { execution -> Job? in
      var lines = execution.standardOutput.strings().makeAsyncIterator()
      var current: Job? = first
      while let job = current {
        _ = try? await execution.standardInputWriter.write(job.line + "\n")
        var isOver = false
        while !isOver {
          guard let line = try await lines.next() else { return job }
          isOver = await handle(line, job, queue)
        }
        current = await queue.next(worker: index)
      }
      try await execution.standardInputWriter.finish()
      return nil
    }
    if let lost = result.closureResult {
      await queue.failed(
        lost, worker: index, message: "the worker process \(Self.text(result.terminationStatus))",
        log: result.standardError)
    }
  }

  private static func text(_ status: TerminationStatus) -> String {
    switch status {
    case .exited(let code): "ended with status \(code)"
    case .signaled(let signal): "was killed by signal \(signal)"
    }
  }

  /// Whether the line ends the job.
  private func handle(_ line: String, _ job: Job, _ queue: JobQueue) async -> Bool {
    let text = line.trimmingCharacters(in: .whitespacesAndNewlines)
    let words = text.split(separator: " ", maxSplits: 1).map(String.init)
    guard words.count == 2 else { return false }
    switch words[0] {
    case "step":
      if let step = Int(words[1]) { await queue.stepped(worker: index, step) }
      return false
    case "done":
      await queue.finished(
        job, worker: index, RunState(rawValue: words[1]) ?? .done, primary: nil)
      return true
    case "failed":
      await queue.failed(job, worker: index, message: words[1], log: "")
      return true
    default: return false
    }
  }
}
