/// The memory of executions that run one after another: what one leaves behind is the next one's to write over.
final class SharedMemory {
  let arena: UnsafeMutableBufferPointer<Float>
  private(set) var workspaces = UnsafeMutableBufferPointer<Float>(start: nil, count: 0)
  /// From one thread's workspace to the next, in floats: whole cache lines.
  private(set) var workspaceDistance = 0

  /// An arena for the largest of some plans.
  init(_ plans: [MemoryPlan]) {
    arena = Self.allocate(plans.map(\.arenaCount).max() ?? 0)
  }

  /// Gives each of `threads` threads a workspace of at least `count` floats.
  func addWorkspaces(_ count: Int, threads: Int) {
    workspaces.deallocate()
    workspaceDistance = (count + 15) / 16 * 16
    workspaces = Self.allocate(workspaceDistance * threads)
  }

  deinit {
    arena.deallocate()
    workspaces.deallocate()
  }

  private static func allocate(_ count: Int) -> UnsafeMutableBufferPointer<Float> {
    let bytes = UnsafeMutableRawBufferPointer.large(byteCount: max(count, 16) * 4)
    let floats = bytes.bindMemory(to: Float.self)
    floats.initialize(repeating: 0)
    return floats
  }
}
