/// The order in which a program runs: kernels' units of work, element-wise nodes fused into groups.
///
/// Each computed node has a stage. An element-wise node has the stage of the element-wise operands that it can be
/// fused with (equal element count, no broadcast in between), and one more than that of any other operand. Nodes of
/// one stage and one count form a group. Every dependency between groups goes to a higher stage, so the groups can
/// be run in order of stages. Element-wise nodes that a contraction can compute as its epilogue leave their groups.
struct Schedule {
  /// A unit of work.
  enum Unit {
    /// Element-wise nodes of one count, in topological order.
    case group([Int])
    /// A node with a kernel of its own, and what the kernel computes after it.
    case kernel(Int, Epilogue?)
  }

  let graph: Graph
  /// The units in the order of execution.
  let units: [Unit]
  /// The nodes whose values other units or the caller read from memory.
  let materialized: Set<Int>
  private let bases: [Int]

  init(_ program: Program) {
    graph = program.graph
    bases = Self.resolveViews(graph)
    let needed = Self.findNeeded(program, bases)
    let readers = Self.findReaders(program, bases)
    let stages = Self.delay(Self.findStages(program, bases), program, readers, bases, needed)
    let epilogues = Self.findEpilogues(program, readers, bases, needed, stages)
    units = Self.order(program, bases, needed, stages, epilogues)
    materialized = needed.union(Self.findCrossing(program, bases, stages))
      .union(Self.findResults(units, readers))
  }

  /// The node whose memory holds the values of `index`: the operand of a view.
  func base(_ index: Int) -> Int { bases[index] }

  private static func resolveViews(_ graph: Graph) -> [Int] {
    var bases = Array(graph.nodes.indices)
    for (index, node) in graph.nodes.enumerated() where node.primitive.isView {
      bases[index] = bases[node.operands[0]]
    }
    return bases
  }

  /// Outputs, updates, and operands of everything that is never fused with its operand.
  private static func findNeeded(_ program: Program, _ bases: [Int]) -> Set<Int> {
    let graph = program.graph
    var result = Set(program.outputs.map { bases[$0.tensor.index] })
    result.formUnion(program.updates.map { bases[$0.tensor.index] })
    for index in program.nodes {
      let node = graph.nodes[index]
      if node.primitive.isKernel || node.primitive == .broadcast {
        result.formUnion(node.operands.map { bases[$0] })
      }
    }
    return result
  }

  private static func findStages(_ program: Program, _ bases: [Int]) -> [Int] {
    let graph = program.graph
    var stages = [Int](repeating: 0, count: graph.nodes.count)
    for index in program.nodes where bases[index] == index {
      let node = graph.nodes[index]
      if node.primitive.isKernel {
        stages[index] = 1 + (node.operands.map { stages[bases[$0]] }.max() ?? 0)
      } else if node.primitive.isGroupMember {
        stages[index] = fusedStage(node, graph, bases, stages)
      }
    }
    return stages
  }

  /// The computed nodes that read each node or a view of it.
  private static func findReaders(_ program: Program, _ bases: [Int]) -> [[Int]] {
    var readers = [[Int]](repeating: [], count: program.graph.nodes.count)
    for index in program.nodes where bases[index] == index {
      for operand in Set(program.graph.nodes[index].operands.map { bases[$0] }).sorted() {
        readers[operand].append(index)
      }
    }
    return readers
  }

  /// Moves element-wise nodes that a single later group reads into that group, where their values need no memory.
  ///
  /// A node stays where it would keep two other values alive instead of its own.
  private static func delay(
    _ stages: [Int], _ program: Program, _ readers: [[Int]], _ bases: [Int], _ needed: Set<Int>
  ) -> [Int] {
    let graph = program.graph
    var stages = stages
    for index in program.nodes.reversed()
    where graph.nodes[index].primitive.isInstruction && !needed.contains(index) {
      let kept = Set(graph.nodes[index].operands.map { bases[$0] })
        .count { graph.nodes[$0].primitive.isKernel || graph.nodes[$0].primitive.isInstruction }
      let group = Set(readers[index].map { stages[$0] })
      if kept <= 1, group.count == 1, let stage = group.first { stages[index] = stage }
    }
    return stages
  }

  /// Element-wise nodes that a group of a later stage reads.
  private static func findCrossing(
    _ program: Program, _ bases: [Int], _ stages: [Int]
  ) -> Set<Int> {
    var result = Set<Int>()
    for index in program.nodes where program.graph.nodes[index].primitive.isInstruction {
      for operand in program.graph.nodes[index].operands.map({ bases[$0] })
      where program.graph.nodes[operand].primitive.isInstruction
        && stages[operand] != stages[index]
      {
        result.insert(operand)
      }
    }
    return result
  }

  private static func findEpilogues(
    _ program: Program, _ readers: [[Int]], _ bases: [Int], _ needed: Set<Int>, _ stages: [Int]
  ) -> [Int: Epilogue] {
    let finder = EpilogueFinder(
      graph: program.graph, bases: bases, readers: readers, needed: needed, stages: stages)
    let found = program.nodes.compactMap { index in
      bases[index] == index ? finder.epilogue(of: index).map { (index, $0) } : nil
    }
    return Dictionary(uniqueKeysWithValues: found)
  }

  /// What the kernels store: their results, and slopes that somebody reads later.
  private static func findResults(_ units: [Unit], _ readers: [[Int]]) -> Set<Int> {
    var result = Set<Int>()
    for case .kernel(let index, let epilogue) in units {
      result.insert(epilogue?.result ?? index)
      guard let epilogue, let slopes = epilogue.slopes else { continue }
      if readers[slopes].contains(where: { $0 != epilogue.result }) { result.insert(slopes) }
    }
    return result
  }

  private static func order(
    _ program: Program, _ bases: [Int], _ needed: Set<Int>, _ stages: [Int],
    _ epilogues: [Int: Epilogue]
  ) -> [Unit] {
    let graph = program.graph
    let fused = Set(epilogues.values.flatMap(\.members))
    var entries: [(stage: Int, members: [Int], isGroup: Bool)] = []
    var groupOf: [GroupKey: Int] = [:]
    for index in program.nodes where bases[index] == index && !fused.contains(index) {
      let node = graph.nodes[index]
      if node.primitive.isKernel {
        entries.append((stages[index], [index], false))
      } else if node.primitive.isInstruction
        || (node.primitive.isGroupMember && needed.contains(index))
      {
        let key = GroupKey(stage: stages[index], count: node.count)
        if let position = groupOf[key] {
          entries[position].members.append(index)
        } else {
          groupOf[key] = entries.count
          entries.append((stages[index], [index], true))
        }
      }
    }
    return entries.sorted { ($0.stage, $0.members[0]) < ($1.stage, $1.members[0]) }
      .map {
        $0.isGroup ? .group($0.members) : .kernel($0.members[0], epilogues[$0.members[0]])
      }
  }

  private static func fusedStage(
    _ node: Node, _ graph: Graph, _ bases: [Int], _ stages: [Int]
  ) -> Int {
    var stage = 1
    for operand in node.operands.map({ bases[$0] }) {
      let source = graph.nodes[operand]
      if case .constant = source.primitive { continue }
      let isFused = node.primitive != .broadcast && source.primitive.isElementwise
      stage = max(stage, isFused ? stages[operand] : stages[operand] + 1)
    }
    return stage
  }

  private struct GroupKey: Hashable {
    let stage: Int
    let count: Int
  }
}

extension Primitive {
  /// Whether an element-wise group may compute the primitive: constants and broadcasts are read in place unless
  /// somebody needs them in memory.
  var isGroupMember: Bool {
    if case .constant = self { true } else { isElementwise }
  }

  /// Whether the primitive is computed inside an element-wise group, rather than read in place.
  var isInstruction: Bool {
    switch self {
    case .unary, .binary, .select: true
    default: false
    }
  }
}
