import Foundation

/// Some worker processes that share a queue.
struct WorkerPool: Sendable {
  private let command: Sweep.Command
  /// The number of processes.
  let count: Int
  private let limits: Sweep.Limits

  /// - Parameter count: the number of processes, at least 1.
  init(command: Sweep.Command, count: Int, limits: Sweep.Limits) {
    precondition(count > 0, "\(count) workers")
    self.command = command
    self.count = count
    self.limits = limits
  }

  /// Works until the queue is empty or ended, with no more processes than jobs, each of which computes on `threads`
  /// threads.
  func work(_ queue: JobQueue, stop: StopRequest, jobs: Int, threads: Int) async {
    // Writing to a worker that died is an error like any other, not the end of this process.
    signal(SIGPIPE, SIG_IGN)
    await withTaskGroup(of: Void.self) { group in
      for index in 0..<min(count, jobs) {
        let process = WorkerProcess(
          command: command, threads: threads, index: index, limits: limits, stop: stop)
        group.addTask { await process.work(queue) }
      }
    }
  }
}
