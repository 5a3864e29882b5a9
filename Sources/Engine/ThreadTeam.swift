import CKernels

/// Threads that share the steps of executions, kept from one step to the next.
final class ThreadTeam: @unchecked Sendable {
  // The threads synchronize by themselves, and one caller at a time has their help.
  let pointer: OpaquePointer
  /// The number of threads, the calling one included.
  let count: Int

  /// - Parameter count: at least 2; where the system refuses some of the threads, the others do their work.
  init(_ count: Int) {
    guard let pointer = saddle_team_create(Int32(count)) else {
      preconditionFailure("no memory for a team of threads")
    }
    self.pointer = pointer
    self.count = count
  }

  deinit { saddle_team_end(pointer) }
}
