/// One node: a primitive applied to earlier nodes.
public struct Node: Hashable, Sendable {
  /// What is computed.
  public let primitive: Primitive
  /// Indices of the operands, each smaller than the node's own.
  public let operands: [Int]
  /// The extent of each axis of the result; empty for a scalar.
  public let shape: [Int]

  /// The number of elements.
  var count: Int { shape.reduce(1, *) }
}

/// A static computation: an append-only list of nodes whose order is a topological order.
///
/// A graph is built once per run. Equal nodes are shared as they are appended, and simple identities are applied,
/// so what is written twice is computed once.
public final class Graph {
  /// All nodes so far.
  public private(set) var nodes: [Node] = []
  /// The states in the order of their declaration.
  public private(set) var states: [(name: String, shape: [Int])] = []
  /// The inputs that a random stream fills, in the order of their declaration.
  public private(set) var draws: [Draw] = []
  private var known: [Node: Int] = [:]

  /// An empty graph.
  public init() {}

  /// Values that the caller provides before each run.
  public func input(_ name: String, _ shape: [Int]) -> Tensor {
    append(Node(primitive: .input(name), operands: [], shape: shape))
  }

  /// Values that survive a run. The same name must always come with the same shape.
  public func state(_ name: String, _ shape: [Int]) -> Tensor {
    if let declared = states.first(where: { $0.name == name }) {
      precondition(
        declared.shape == shape, "state '\(name)' has shape \(declared.shape), not \(shape)")
    } else {
      states.append((name, shape))
    }
    return append(Node(primitive: .state(name), operands: [], shape: shape))
  }

  /// An input that the caller fills from the random stream of the same name.
  public func draw(_ stream: String, _ distribution: Distribution, _ shape: [Int]) -> Tensor {
    if !draws.contains(where: { $0.stream == stream }) {
      draws.append(Draw(stream: stream, distribution: distribution))
    }
    return input(stream, shape)
  }

  /// A tensor with one number at every index.
  public func constant(_ value: Double, _ shape: [Int] = []) -> Tensor {
    append(Node(primitive: .constant(value), operands: [], shape: shape))
  }

  /// Appends a node, or finds the equal one.
  private func append(_ node: Node) -> Tensor {
    if let index = known[node] { return Tensor(graph: self, index: index) }
    nodes.append(node)
    known[node] = nodes.count - 1
    return Tensor(graph: self, index: nodes.count - 1)
  }

  /// Applies a primitive, simplified where an identity allows it.
  func apply(_ primitive: Primitive, _ operands: [Tensor], shape: [Int]) -> Tensor {
    for operand in operands {
      precondition(operand.graph === self, "tensors of different graphs in one operation")
    }
    if let simpler = simplify(primitive, operands, shape: shape) { return simpler }
    return append(Node(primitive: primitive, operands: operands.map(\.index), shape: shape))
  }

  func node(_ tensor: Tensor) -> Node { nodes[tensor.index] }

  /// The number of elements of the largest tensor.
  public var largestCount: Int { nodes.lazy.map(\.count).max() ?? 0 }
}

/// How random numbers are distributed.
public enum Distribution: String, Hashable, Sendable {
  /// Uniform in (0, 1).
  case uniform
  /// Standard normal.
  case normal
}

/// An input that a random stream fills.
public struct Draw: Hashable, Sendable {
  /// The name of the stream and of the input.
  public let stream: String
  /// How its numbers are distributed.
  public let distribution: Distribution
}

/// A handle on a node: a value to compute with.
public struct Tensor {
  /// The graph that the node belongs to.
  public let graph: Graph
  /// The node's position in the graph.
  public let index: Int

  init(graph: Graph, index: Int) {
    self.graph = graph
    self.index = index
  }

  /// The extent of each axis; empty for a scalar.
  public var shape: [Int] { graph.nodes[index].shape }
  /// The number of axes.
  public var rank: Int { shape.count }
  /// The number of elements.
  public var count: Int { shape.reduce(1, *) }
}
