import Foundation

/// What `body` makes of each element, in order, on all cores.
func concurrentMap<Element: Sendable, Result: Sendable>(
  _ elements: [Element], _ body: @escaping @Sendable (Element) throws -> Result
) async rethrows -> [Result] {
  let lanes = min(ProcessInfo.processInfo.activeProcessorCount, elements.count)
  return try await withThrowingTaskGroup(of: [(Int, Result)].self) { group in
    for lane in 0..<lanes {
      group.addTask {
        try stride(from: lane, to: elements.count, by: lanes).map { ($0, try body(elements[$0])) }
      }
    }
    var results = [Result?](repeating: nil, count: elements.count)
    for try await part in group {
      for (index, result) in part { results[index] = result }
    }
    return results.compactMap { $0 }
  }
}
