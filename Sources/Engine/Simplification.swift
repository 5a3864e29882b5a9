extension Graph {
  /// An existing or simpler tensor that equals the application, or nil.
  ///
  /// Only identities that hold for every IEEE value but the sign of zero are used.
  func simplify(_ primitive: Primitive, _ operands: [Tensor], shape: [Int]) -> Tensor? {
    switch primitive {
    case .unary(let operation): simplifyUnary(operation, operands[0])
    case .binary(let operation): simplifyBinary(operation, operands[0], operands[1], shape)
    case .select:
      constantValue(operands[0]).map { $0 != 0 ? operands[1] : operands[2] }
    case .broadcast, .reshape: simplifyView(primitive, operands[0], shape)
    case .permute(let axes): simplifyPermutation(axes, operands[0], shape)
    case .reduce(let reduction, let axes):
      simplifyReduction(reduction, axes, operands[0], shape)
    case .product(let left, let right):
      simplifyProduct(left, right, operands[0], operands[1], shape)
    case .stopGradient: constantValue(operands[0]).map { constant($0, shape) }
    case .slice(let lattice), .pad(let lattice):
      simplifyLattice(primitive, lattice, operands[0], shape)
    case .gather, .scatter: nil
    case .convolution, .convolutionInputGradient, .convolutionWeightGradient: nil
    case .input, .state, .constant: nil
    }
  }

  /// The number that a constant tensor holds at every index.
  func constantValue(_ tensor: Tensor) -> Double? {
    if case .constant(let value) = node(tensor).primitive { value } else { nil }
  }

  private func operand(_ tensor: Tensor, _ position: Int = 0) -> Tensor {
    Tensor(graph: self, index: node(tensor).operands[position])
  }

  private func simplifyUnary(_ operation: UnaryOperation, _ x: Tensor) -> Tensor? {
    if let value = constantValue(x) {
      return constant(operation.evaluate(value), x.shape)
    }
    if operation == .negate, node(x).primitive == .unary(.negate) { return operand(x) }
    return nil
  }

  private func simplifyBinary(
    _ operation: BinaryOperation, _ a: Tensor, _ b: Tensor, _ shape: [Int]
  ) -> Tensor? {
    let left = constantValue(a)
    let right = constantValue(b)
    if let left, let right { return constant(operation.evaluate(left, right), shape) }
    switch (operation, left, right) {
    case (.add, 0, _), (.multiply, 1, _): return b
    case (.add, _, 0), (.subtract, _, 0), (.multiply, _, 1), (.divide, _, 1): return a
    case (.subtract, 0, _), (.multiply, -1, _): return -b
    case (.multiply, _, -1), (.divide, _, -1): return -a
    default: break
    }
    if operation == .add, node(b).primitive == .unary(.negate) { return a - operand(b) }
    if operation == .add, node(a).primitive == .unary(.negate) { return b - operand(a) }
    if operation == .subtract, node(b).primitive == .unary(.negate) { return a + operand(b) }
    return nil
  }

  private func simplifyView(_ primitive: Primitive, _ x: Tensor, _ shape: [Int]) -> Tensor? {
    if x.shape == shape { return x }
    if let value = constantValue(x) { return constant(value, shape) }
    if node(x).primitive == primitive {
      return apply(primitive, [operand(x)], shape: shape)
    }
    return nil
  }

  private func simplifyPermutation(_ axes: [Int], _ x: Tensor, _ shape: [Int]) -> Tensor? {
    if axes == Array(axes.indices) { return x }
    if let value = constantValue(x) { return constant(value, shape) }
    if case .permute(let inner) = node(x).primitive {
      return apply(.permute(axes.map { inner[$0] }), [operand(x)], shape: shape)
    }
    return nil
  }

  private func simplifyReduction(
    _ reduction: Reduction, _ axes: Range<Int>, _ x: Tensor, _ shape: [Int]
  ) -> Tensor? {
    let extents = x.shape[axes]
    if extents.allSatisfy({ $0 == 1 }) { return x.reshaped(shape) }
    guard let value = constantValue(x) else { return nil }
    switch reduction {
    case .sum: return constant(value * Double(extents.reduce(1, *)), shape)
    case .maximum: return constant(value, shape)
    }
  }

  private func simplifyLattice(
    _ primitive: Primitive, _ lattice: Lattice, _ x: Tensor, _ shape: [Int]
  ) -> Tensor? {
    if x.shape == shape, lattice.start.allSatisfy({ $0 == 0 }) { return x }
    guard let value = constantValue(x) else { return nil }
    if case .pad = primitive, value != 0 { return nil }
    return constant(value, shape)
  }

  private func simplifyProduct(
    _ left: Bool, _ right: Bool, _ a: Tensor, _ b: Tensor, _ shape: [Int]
  ) -> Tensor? {
    if node(a).primitive == .permute([1, 0]) {
      return apply(
        .product(transposeLeft: !left, transposeRight: right), [operand(a), b], shape: shape)
    }
    if node(b).primitive == .permute([1, 0]) {
      return apply(
        .product(transposeLeft: left, transposeRight: !right), [a, operand(b)], shape: shape)
    }
    // A column times a row is element-wise, and can be fused with what follows.
    if a.shape[left ? 0 : 1] == 1 {
      return a.reshaped([shape[0], 1]) * b.reshaped([1, shape[1]])
    }
    return nil
  }
}
