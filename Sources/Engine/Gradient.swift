/// The derivatives of a scalar, each of the shape of its variable.
///
/// Reverse accumulation whose rules build graph, so that the result can be differentiated again. A variable may be
/// any tensor; one that does not reach the scalar gets zeros.
///
/// - Parameters:
///   - scalar: a tensor of one element.
///   - variables: what to differentiate by.
public func gradients(of scalar: Tensor, by variables: [Tensor]) -> [Tensor] {
  let graph = scalar.graph
  precondition(scalar.count == 1, "the derivative of a tensor of shape \(scalar.shape)")
  let depends = dependents(of: variables, upTo: scalar.index, in: graph)
  var cotangents = [Tensor?](repeating: nil, count: scalar.index + 1)
  cotangents[scalar.index] = graph.constant(1, scalar.shape)
  for index in stride(from: scalar.index, through: 0, by: -1) where depends[index] {
    guard let cotangent = cotangents[index] else { continue }
    let node = graph.nodes[index]
    for (position, operand) in node.operands.enumerated() where depends[operand] {
      let contribution = node.contribution(
        to: position, of: Tensor(graph: graph, index: index), cotangent: cotangent)
      guard let contribution else { continue }
      cotangents[operand] = cotangents[operand].map { $0 + contribution } ?? contribution
    }
  }
  return variables.map { variable in
    let known = variable.index <= scalar.index ? cotangents[variable.index] : nil
    return known ?? graph.constant(0, variable.shape)
  }
}

/// Which nodes up to `last` depend on one of `variables`.
private func dependents(of variables: [Tensor], upTo last: Int, in graph: Graph) -> [Bool] {
  var depends = [Bool](repeating: false, count: last + 1)
  for variable in variables where variable.index <= last { depends[variable.index] = true }
  for index in 0...last where !depends[index] {
    depends[index] = graph.nodes[index].operands.contains { depends[$0] }
  }
  return depends
}

extension Node {
  /// What the operand at `position` receives from the node's cotangent; nil where the derivative is zero everywhere.
  fileprivate func contribution(
    to position: Int, of result: Tensor, cotangent: Tensor
  ) -> Tensor? {
    let graph = result.graph
    let inputs = operands.map { Tensor(graph: graph, index: $0) }
    let x = inputs[position]
    switch primitive {
    case .input, .state, .constant, .stopGradient: return nil
    case .unary(let operation):
      return operation.derivative(x, result).map { cotangent * $0 }
    case .binary(let operation):
      return operation.contribution(to: position, inputs[0], inputs[1], cotangent)
    case .select:
      let zero = graph.constant(0)
      switch position {
      case 1: return inputs[0].select(cotangent, zero)
      case 2: return inputs[0].select(zero, cotangent)
      default: return nil
      }
    case .broadcast:
      let repeated = shape.indices.filter { x.shape[$0] == 1 && shape[$0] != 1 }
      return cotangent.sum(over: repeated, keepingAxes: true)
    case .reshape: return cotangent.reshaped(x.shape)
    case .permute(let axes):
      return cotangent.permuted(axes.indices.map { axis in axes.firstIndex(of: axis) ?? axis })
    case .reduce(let reduction, let axes):
      return reduction.contribution(axes, x, result, cotangent)
    case .product(let left, let right):
      return productContribution(to: position, inputs, left, right, cotangent)
    case .slice(let lattice): return graph.apply(.pad(lattice), [cotangent], shape: x.shape)
    case .pad(let lattice): return graph.apply(.slice(lattice), [cotangent], shape: x.shape)
    case .gather:
      return position == 0 ? graph.apply(.scatter, [cotangent, inputs[1]], shape: x.shape) : nil
    case .scatter:
      return position == 0 ? graph.apply(.gather, [cotangent, inputs[1]], shape: x.shape) : nil
    case .convolution, .convolutionInputGradient, .convolutionWeightGradient:
      return convolutionContribution(to: position, inputs, cotangent)
    }
  }

  /// With A' = A or Aᵀ and B' = B or Bᵀ, C = A'B': the cotangent of A' is C̄B'ᵀ and that of B' is A'ᵀC̄.
  private func productContribution(
    to position: Int, _ inputs: [Tensor], _ left: Bool, _ right: Bool, _ cotangent: Tensor
  ) -> Tensor {
    let a = left ? inputs[0].transposed : inputs[0]
    let b = right ? inputs[1].transposed : inputs[1]
    if position == 0 {
      return left ? b.matmul(cotangent.transposed) : cotangent.matmul(b.transposed)
    }
    return right ? cotangent.transposed.matmul(a) : a.transposed.matmul(cotangent)
  }
}

extension Node {
  /// The three are linear in each operand and derivatives of each other: with images x, weights w and a result's
  /// cotangent g, every one's derivative is another one of (x, w), (g, w), (x, g).
  private func convolutionContribution(
    to position: Int, _ inputs: [Tensor], _ cotangent: Tensor
  ) -> Tensor? {
    let graph = cotangent.graph
    let shape = inputs[position].shape
    switch primitive {
    case .convolution(let window):
      return position == 0
        ? graph.apply(
          .convolutionInputGradient(window), [cotangent, inputs[1]], shape: shape)
        : graph.apply(
          .convolutionWeightGradient(window), [inputs[0], cotangent], shape: shape)
    case .convolutionInputGradient(let window):
      return position == 0
        ? graph.apply(.convolution(window), [cotangent, inputs[1]], shape: shape)
        : graph.apply(
          .convolutionWeightGradient(window), [cotangent, inputs[0]], shape: shape)
    case .convolutionWeightGradient(let window):
      return position == 0
        ? graph.apply(
          .convolutionInputGradient(window), [inputs[1], cotangent], shape: shape)
        : graph.apply(.convolution(window), [inputs[0], cotangent], shape: shape)
    default: return nil
    }
  }
}

extension UnaryOperation {
  /// The derivative at `x`, where the function's value is `y`; nil where it is zero everywhere.
  fileprivate func derivative(_ x: Tensor, _ y: Tensor) -> Tensor? {
    switch self {
    case .negate: x.graph.constant(-1, x.shape)
    case .absolute: x.map(.sign)
    case .sign, .step: nil
    case .relu: x.step()
    case .square: 2 * x
    case .sqrt: 0.5 / y
    case .reciprocal: -y.square()
    case .exp: y
    case .expm1: y + 1
    case .log: 1 / x
    case .log1p: 1 / (1 + x)
    case .tanh: 1 - y.square()
    case .sigmoid: y * (1 - y)
    case .softplus: x.sigmoid()
    }
  }
}

extension BinaryOperation {
  fileprivate func contribution(
    to position: Int, _ a: Tensor, _ b: Tensor, _ cotangent: Tensor
  ) -> Tensor? {
    let isLeft = position == 0
    switch self {
    case .add: return cotangent
    case .subtract: return isLeft ? cotangent : -cotangent
    case .multiply: return cotangent * (isLeft ? b : a)
    case .divide: return isLeft ? cotangent / b : -(cotangent * a / b.square())
    case .maximum, .minimum:
      let zero = a.graph.constant(0)
      let leftWins =
        self == .maximum ? Tensor.combine(.greater, a, b) : Tensor.combine(.greater, b, a)
      return isLeft ? leftWins.select(cotangent, zero) : leftWins.select(zero, cotangent)
    case .greater, .equal: return nil
    }
  }
}

extension Reduction {
  fileprivate func contribution(
    _ axes: Range<Int>, _ x: Tensor, _ result: Tensor, _ cotangent: Tensor
  ) -> Tensor {
    let kept = x.shape.enumerated().map { axes.contains($0.offset) ? 1 : $0.element }
    let spread = cotangent.reshaped(kept).broadcast(to: x.shape)
    switch self {
    case .sum: return spread
    case .maximum:
      let ties = Tensor.combine(.equal, x, result.reshaped(kept))
      return spread * ties / ties.sum(over: Array(axes), keepingAxes: true)
    }
  }
}
