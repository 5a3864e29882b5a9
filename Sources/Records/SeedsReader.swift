/// Reads the seeds: a count, which means 0, 1, 2, …, or a list of distinct whole numbers.
struct SeedsReader {
  /// The most seeds that an experiment can have.
  static let countLimit = 10_000

  let log: DiagnosticLog

  /// The seeds in the order of the file; none after an error.
  func seeds(_ node: LocatedNode) -> [Int] {
    if let items = node.items { return list(items, node) }
    guard case .value(let count) = node.coreInteger, (1...Self.countLimit).contains(count) else {
      log.error(
        node.place,
        "'seeds' must be a count between 1 and \(Self.countLimit) or a list of whole numbers, not "
          + node.shown)
      return []
    }
    return Array(0..<count)
  }

  private func list(_ items: [LocatedNode], _ node: LocatedNode) -> [Int] {
    if items.isEmpty || items.count > Self.countLimit {
      log.error(node.place, "'seeds' must have between 1 and \(Self.countLimit) items")
      return []
    }
    var seen: Set<Int> = []
    var seeds: [Int] = []
    for item in items {
      guard case .value(let seed) = item.coreInteger, seed >= 0 else {
        log.error(item.place, "a seed must be a whole number from 0, not \(item.shown)")
        continue
      }
      if seen.insert(seed).inserted {
        seeds.append(seed)
      } else {
        log.error(item.place, "seed \(seed) is given twice")
      }
    }
    return seeds
  }
}
