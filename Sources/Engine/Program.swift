/// A part of a graph to run: what is read from it, and which states it changes.
///
/// All updates take effect together at the end of a run: every node sees the states as they were before it.
public struct Program {
  /// The graph.
  public let graph: Graph
  /// What the caller reads after a run.
  public let outputs: [(name: String, tensor: Tensor)]
  /// The states that a run changes, each with its new value.
  public let updates: [(state: String, tensor: Tensor)]
  /// What the caller provides before a run, in the order of first use in the graph.
  public let inputs: [(name: String, shape: [Int])]
  /// The nodes that outputs and updates depend on, in topological order.
  let nodes: [Int]

  /// Collects and validates a program.
  ///
  /// An update must have its state's shape, and no state may be updated twice.
  public init(
    _ graph: Graph, outputs: [(name: String, tensor: Tensor)],
    updates: [(state: String, tensor: Tensor)]
  ) {
    self.graph = graph
    self.outputs = outputs
    self.updates = updates
    var updated = Set<String>()
    for update in updates {
      guard let state = graph.states.first(where: { $0.name == update.state }) else {
        preconditionFailure("update of undeclared state '\(update.state)'")
      }
      precondition(
        state.shape == update.tensor.shape,
        "update of '\(state.name)' \(state.shape) with shape \(update.tensor.shape)")
      precondition(
        updated.insert(update.state).inserted, "two updates of state '\(update.state)'")
    }
    let roots = outputs.map(\.tensor) + updates.map(\.tensor)
    for root in roots { precondition(root.graph === graph, "a root of another graph") }
    nodes = Self.reachable(from: roots.map(\.index), in: graph)
    inputs = nodes.compactMap { index in
      if case .input(let name) = graph.nodes[index].primitive {
        (name, graph.nodes[index].shape)
      } else {
        nil
      }
    }
    precondition(
      Set(inputs.map(\.name)).count == inputs.count, "one input name with two shapes")
  }

  private static func reachable(from roots: [Int], in graph: Graph) -> [Int] {
    var isReachable = [Bool](repeating: false, count: graph.nodes.count)
    for root in roots { isReachable[root] = true }
    for index in stride(from: graph.nodes.count - 1, through: 0, by: -1) where isReachable[index] {
      for operand in graph.nodes[index].operands { isReachable[operand] = true }
    }
    return graph.nodes.indices.filter { isReachable[$0] }
  }

  /// The floating-point operations of one run: 2·m·n·k for a product, one per element of an element-wise
  /// primitive, one per element that a reduction reads; for convolutions and their gradients 2 per weight and window,
  /// those over the padding included.
  public var operations: Int {
    nodes.reduce(0) { total, index in
      let node = graph.nodes[index]
      switch node.primitive {
      case .product(let left, _):
        let shape = graph.nodes[node.operands[0]].shape
        return total.adding(2, node.count, left ? shape[0] : shape[1])
      case .unary, .binary, .select: return total.adding(node.count)
      case .reduce: return total.adding(graph.nodes[node.operands[0]].count)
      case .convolution, .convolutionInputGradient, .convolutionWeightGradient:
        return total.adding(2, graph.windowElements(node), graph.windowResults(node))
      case .scatter: return total.adding(graph.nodes[node.operands[0]].count)
      case .input, .state, .constant, .broadcast, .reshape, .permute, .stopGradient: return total
      case .slice, .pad, .gather: return total
      }
    }
  }
}

extension Graph {
  /// The numbers of a window of a convolution or one of its gradients.
  fileprivate func windowElements(_ node: Node) -> Int {
    let weights =
      if case .convolutionWeightGradient = node.primitive { node.shape } else {
        nodes[node.operands[1]].shape
      }
    return weights[1...].reduce(1, *)
  }

  /// The numbers that a convolution has as its result, one per window and kernel.
  fileprivate func windowResults(_ node: Node) -> Int {
    switch node.primitive {
    case .convolution: node.count
    case .convolutionInputGradient: nodes[node.operands[0]].count
    default: nodes[node.operands[1]].count
    }
  }
}

extension Int {
  /// The sum with a product of positive numbers, or the largest number where it is more.
  fileprivate func adding(_ factors: Int...) -> Int {
    var product = 1
    for factor in factors {
      let (next, isOver) = product.multipliedReportingOverflow(by: factor)
      if isOver { return .max }
      product = next
    }
    let (sum, isOver) = addingReportingOverflow(product)
    return isOver ? .max : sum
  }
}

extension Window: CustomStringConvertible {
  /// `stride 2 2, padding 1 1`.
  public var description: String { "stride \(strideY) \(strideX), padding \(top) \(left)" }
}

extension Program: CustomStringConvertible {
  /// The program as text, one node a line: `%7 [256, 64] = product(%3, %5ᵀ)`.
  public var description: String {
    var lines = nodes.map { index in
      let node = graph.nodes[index]
      return "%\(index) \(node.shape) = \(Self.text(node))"
    }
    lines += outputs.map { "output \($0.name) = %\($0.tensor.index)" }
    lines += updates.map { "update \($0.state) = %\($0.tensor.index)" }
    return lines.joined(separator: "\n") + "\n"
  }

  private static func text(_ node: Node) -> String {
    let operands = node.operands.map { "%\($0)" }
    let list = operands.joined(separator: ", ")
    switch node.primitive {
    case .input(let name): return "input \(name)"
    case .state(let name): return "state \(name)"
    case .constant(let value): return "constant \(value)"
    case .unary(let operation): return "\(operation.rawValue)(\(list))"
    case .binary(let operation): return "\(operation.rawValue)(\(list))"
    case .select: return "select(\(list))"
    case .broadcast: return "broadcast(\(list))"
    case .reshape: return "reshape(\(list))"
    case .permute(let axes): return "permute(\(list), \(axes))"
    case .reduce(let reduction, let axes):
      return "\(reduction.rawValue)(\(list), axes \(axes.lowerBound)..<\(axes.upperBound))"
    case .product(let left, let right):
      return "product(\(operands[0])\(left ? "ᵀ" : ""), \(operands[1])\(right ? "ᵀ" : ""))"
    case .stopGradient: return "stopGradient(\(list))"
    case .slice(let lattice): return "slice(\(list), start \(lattice.start), step \(lattice.step))"
    case .pad(let lattice): return "pad(\(list), start \(lattice.start), step \(lattice.step))"
    case .gather: return "gather(\(list))"
    case .scatter: return "scatter(\(list))"
    case .convolution(let window): return "convolution(\(list), \(window))"
    case .convolutionInputGradient(let window):
      return "convolutionInputGradient(\(list), \(window))"
    case .convolutionWeightGradient(let window):
      return "convolutionWeightGradient(\(list), \(window))"
    }
  }
}
