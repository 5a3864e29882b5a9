/// A part of a graph as a function: what some tensors would be with others in the place of those they are computed from.
///
/// Each call appends the part once more, with its arguments in the place of the parameters; what depends on no
/// parameter is shared. So a step that is written once in terms of states can be taken several times in one graph, and
/// be differentiated through.
public struct GraphFunction {
  private let results: [Tensor]
  private let parameters: [Tensor]
  /// The nodes between parameters and results, in topological order, without the parameters themselves.
  private let body: [Int]

  /// Reads a function off the graph.
  ///
  /// - Parameters:
  ///   - results: what is computed, one tensor at least.
  ///   - parameters: distinct tensors of the same graph; what lies behind them is no part of the function.
  public init(_ results: [Tensor], of parameters: [Tensor]) {
    let graph = results[0].graph
    let last = (results + parameters).map(\.index).max() ?? 0
    var isParameter = [Bool](repeating: false, count: last + 1)
    for parameter in parameters {
      precondition(parameter.graph === graph, "a parameter of another graph")
      precondition(!isParameter[parameter.index], "one tensor as two parameters")
      isParameter[parameter.index] = true
    }
    var depends = isParameter
    for index in 0...last where !depends[index] {
      depends[index] = graph.nodes[index].operands.contains { depends[$0] }
    }
    var isNeeded = [Bool](repeating: false, count: last + 1)
    for result in results { isNeeded[result.index] = true }
    for index in stride(from: last, through: 0, by: -1) where isNeeded[index] && depends[index] {
      guard !isParameter[index] else { continue }
      for operand in graph.nodes[index].operands { isNeeded[operand] = true }
    }
    self.results = results
    self.parameters = parameters
    body = (0...last).filter { isNeeded[$0] && depends[$0] && !isParameter[$0] }
  }

  /// The results for these arguments, one of each parameter's shape.
  public func callAsFunction(_ arguments: [Tensor]) -> [Tensor] {
    precondition(
      arguments.map(\.shape) == parameters.map(\.shape), "arguments of other shapes or number")
    let graph = results[0].graph
    var values: [Int: Tensor] = [:]
    for (parameter, argument) in zip(parameters, arguments) { values[parameter.index] = argument }
    func value(_ index: Int) -> Tensor { values[index] ?? Tensor(graph: graph, index: index) }
    for index in body {
      let node = graph.nodes[index]
      values[index] = graph.apply(node.primitive, node.operands.map(value), shape: node.shape)
    }
    return results.map { value($0.index) }
  }
}
