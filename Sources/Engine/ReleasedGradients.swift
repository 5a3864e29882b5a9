/// The same values with no derivative stopped on the way: every `stopGradient` in what they are computed from is left out.
///
/// What a loss holds constant when it is differentiated once is not constant: the gradient that results is a function of
/// all states, and its own derivative is that of its released form.
public func releasingGradients(_ tensors: [Tensor]) -> [Tensor] {
  guard let graph = tensors.first?.graph else { return [] }
  var released: [Int: Tensor] = [:]
  func value(_ index: Int) -> Tensor { released[index] ?? Tensor(graph: graph, index: index) }
  for index in 0...(tensors.map(\.index).max() ?? 0) {
    let node = graph.nodes[index]
    if node.primitive == .stopGradient {
      released[index] = value(node.operands[0])
    } else if node.operands.contains(where: { released[$0] != nil }) {
      released[index] = graph.apply(
        node.primitive, node.operands.map(value), shape: node.shape)
    }
  }
  return tensors.map { value($0.index) }
}
