/// Where each computed value of a program lives: offsets into one arena, shared by values whose lives do not overlap,
/// or a state's own memory.
struct MemoryPlan {
  /// Where a node's values are.
  enum Place: Equatable {
    /// At this offset, in floats, of the arena.
    case arena(Int)
    /// In the memory of this state.
    case state(String)
  }

  /// A copy at the end of a run.
  struct FinalCopy {
    let source: Place
    let target: Place
    let count: Int
  }

  /// The place of each node that has memory.
  private(set) var places: [Int: Place] = [:]
  /// The size of the arena in floats.
  private(set) var arenaCount = 0
  /// Copies into states that could not be written in place, in order.
  private(set) var finalCopies: [FinalCopy] = []
  /// Where the caller finds each output.
  private(set) var outputs: [Place] = []

  private static let alignment = 16

  init(_ program: Program, _ schedule: Schedule) {
    var lives = Lives(program, schedule)
    var late: [(value: Int, state: String)] = []
    for index in program.nodes {
      if case .state(let name) = program.graph.nodes[index].primitive {
        places[index] = .state(name)
      }
    }
    for update in program.updates {
      let value = schedule.base(update.tensor.index)
      if places[value] == nil, lives.canOverwrite(update.state, with: value) {
        places[value] = .state(update.state)
        lives.remove(value)
      } else {
        late.append((value, update.state))
      }
    }
    lives.reuseOperands()
    allocate(lives)
    outputs = program.outputs.map { output in
      saved(schedule.base(output.tensor.index), updated: program.updates, program.graph)
    }
    planFinalCopies(late, program.graph)
  }

  /// The place of a value; an updated state's old value is put aside in the arena first.
  private mutating func saved(
    _ value: Int, updated: [(state: String, tensor: Tensor)], _ graph: Graph
  ) -> Place {
    guard let place = places[value] else { preconditionFailure("node \(value) has no memory") }
    guard case .state(let name) = place, graph.nodes[value].primitive == .state(name),
      updated.contains(where: { $0.state == name })
    else { return place }
    return putAside(place, graph.nodes[value].count)
  }

  private mutating func putAside(_ place: Place, _ count: Int) -> Place {
    let aside = Place.arena(arenaCount)
    finalCopies.append(FinalCopy(source: place, target: aside, count: count))
    arenaCount += Self.rounded(count)
    return aside
  }

  /// A state that takes another state's old value goes through the arena, so that the order of copies is free.
  private mutating func planFinalCopies(_ late: [(value: Int, state: String)], _ graph: Graph) {
    var copies: [FinalCopy] = []
    for (value, state) in late {
      guard var source = places[value] else { preconditionFailure("node \(value) has no memory") }
      let count = graph.nodes[value].count
      if case .state = source { source = putAside(source, count) }
      copies.append(FinalCopy(source: source, target: .state(state), count: count))
    }
    finalCopies += copies
  }

  /// A block's size: whole cache lines, and some lines more for large blocks, so that neighbours of equal size do not
  /// compete for the same sets of the first-level cache.
  private static func rounded(_ count: Int) -> Int {
    let lines = (count + alignment - 1) / alignment
    return (lines + (lines >= 64 ? 9 : 0)) * alignment
  }

  /// First fit over the blocks that are free during a value's whole life. As values come in the order of their starts,
  /// its rivals are those that live when it starts.
  private mutating func allocate(_ lives: Lives) {
    var living: [(lastUse: Int, offset: Int, end: Int)] = []
    for value in lives.inOrder {
      let size = Self.rounded(value.count)
      living.removeAll { $0.lastUse < value.life.lowerBound }
      var offset = 0
      for rival in living where offset + size > rival.offset {
        offset = max(offset, rival.end)
      }
      let position = living.firstIndex { $0.offset > offset } ?? living.count
      living.insert((value.life.upperBound, offset, offset + size), at: position)
      for index in value.members { places[index] = .arena(offset) }
      arenaCount = max(arenaCount, offset + size)
    }
  }
}

/// From which unit to which the values of each node are needed.
private struct Lives {
  struct Value {
    /// The nodes that have the memory one after another.
    let members: [Int]
    let count: Int
    let life: ClosedRange<Int>
  }

  private let program: Program
  private let schedule: Schedule
  private var starts: [Int: Int] = [:]
  private var ends: [Int: Int] = [:]
  private var order: [Int] = []
  private var stateReads: [String: [Int]] = [:]
  /// For a value that takes over an operand's memory, the first owner.
  private var roots: [Int: Int] = [:]

  init(_ program: Program, _ schedule: Schedule) {
    self.program = program
    self.schedule = schedule
    let end = schedule.units.count
    for index in program.nodes {
      if case .input = program.graph.nodes[index].primitive { define(index, at: -1) }
    }
    for (position, unit) in schedule.units.enumerated() {
      for member in unit.members {
        if schedule.materialized.contains(member) { define(member, at: position) }
        for operand in program.graph.nodes[member].operands {
          read(operand, at: position)
        }
      }
    }
    for output in program.outputs { read(output.tensor.index, at: end) }
    for update in program.updates { read(update.tensor.index, at: end) }
  }

  private mutating func define(_ index: Int, at position: Int) {
    starts[index] = position
    ends[index] = position
    order.append(index)
  }

  private mutating func read(_ index: Int, at position: Int) {
    let base = schedule.base(index)
    let node = program.graph.nodes[base]
    if case .broadcast = node.primitive, starts[base] == nil {
      read(node.operands[0], at: position)
    } else if case .broadcast = node.primitive {
      // Materialized, and perhaps read in place besides.
      ends[base] = max(ends[base] ?? position, position)
      read(node.operands[0], at: position)
    } else if case .state(let name) = node.primitive {
      stateReads[name, default: []].append(position)
    } else if starts[base] != nil {
      ends[base] = max(ends[base] ?? position, position)
    }
  }

  mutating func remove(_ index: Int) { starts[index] = nil }

  /// Whether the unit that computes `value` may write it over the old values of `state`: nothing reads those later,
  /// and within the unit only at the same index and before.
  func canOverwrite(_ state: String, with value: Int) -> Bool {
    guard let position = starts[value], position >= 0 else { return false }
    guard program.updates.filter({ schedule.base($0.tensor.index) == value }).count == 1 else {
      return false
    }
    guard stateReads[state, default: []].allSatisfy({ $0 <= position }) else { return false }
    guard case .group(let members) = schedule.units[position] else {
      return stateReads[state, default: []].allSatisfy { $0 < position }
    }
    return members.allSatisfy { member in
      let bases = program.graph.nodes[member].operands.map { schedule.base($0) }
      if bases.contains(where: { isBroadcast($0, of: state) }) { return false }
      return member <= value || !bases.contains { isState($0, state) }
    }
  }

  private func isState(_ index: Int, _ name: String) -> Bool {
    program.graph.nodes[index].primitive == .state(name)
  }

  private func isBroadcast(_ index: Int, of name: String) -> Bool {
    let node = program.graph.nodes[index]
    guard case .broadcast = node.primitive else { return false }
    return isState(schedule.base(node.operands[0]), name)
  }

  /// Lets results of element-wise groups take over the memory of operands that nobody reads later: fewer cache lines
  /// are touched. Within the group, the operand is read at the same index only and not after the result is written.
  mutating func reuseOperands() {
    for (position, unit) in schedule.units.enumerated() {
      guard case .group(let members) = unit else { continue }
      var free = dyingOperands(of: members, at: position)
      for member in members where starts[member] == position {
        guard let choice = free.firstIndex(where: { $0.lastReader <= member }) else { continue }
        let root = roots[free[choice].index] ?? free[choice].index
        roots[member] = root
        ends[root] = max(ends[root] ?? position, ends[member] ?? position)
        free.remove(at: choice)
      }
    }
  }

  /// The operands of a group whose memory may be taken over, each with the last member that reads it.
  private func dyingOperands(
    of members: [Int], at position: Int
  ) -> [(index: Int, lastReader: Int)] {
    let graph = program.graph
    let count = graph.nodes[members[0]].count
    var readers: [Int: Int] = [:]
    var spread = Set<Int>()
    for member in members {
      for operand in graph.nodes[member].operands.map({ schedule.base($0) }) {
        if case .broadcast = graph.nodes[operand].primitive {
          spread.insert(schedule.base(graph.nodes[operand].operands[0]))
        }
        if case .broadcast = graph.nodes[member].primitive { spread.insert(operand) }
        readers[operand] = member
      }
    }
    return readers.keys.sorted().compactMap { operand in
      guard let start = starts[operand], start >= 0, start < position,
        ends[roots[operand] ?? operand] == position, graph.nodes[operand].count == count,
        !spread.contains(operand), let last = readers[operand]
      else { return nil }
      return (operand, last)
    }
  }

  /// The memory that has to be found a place, in the order of first need.
  var inOrder: [Value] {
    var members: [Int: [Int]] = [:]
    for index in order where starts[index] != nil {
      members[roots[index] ?? index, default: []].append(index)
    }
    return order.compactMap { index in
      guard let owners = members[index], let start = starts[index], let end = ends[index] else {
        return nil
      }
      return Value(
        members: owners, count: program.graph.nodes[index].count, life: start...max(start, end))
    }
  }
}

extension Schedule.Unit {
  /// The nodes that the unit computes.
  var members: [Int] {
    switch self {
    case .group(let members): members
    case .kernel(let index, let epilogue): [index] + (epilogue?.members ?? [])
    }
  }
}
