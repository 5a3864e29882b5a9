extension Tensor {
  /// Applies a function to each element.
  public func map(_ operation: UnaryOperation) -> Tensor {
    graph.apply(.unary(operation), [self], shape: shape)
  }

  /// eˣ.
  public func exp() -> Tensor { map(.exp) }
  /// eˣ − 1.
  public func expm1() -> Tensor { map(.expm1) }
  /// ln x.
  public func log() -> Tensor { map(.log) }
  /// ln(1 + x).
  public func log1p() -> Tensor { map(.log1p) }
  /// √x.
  public func sqrt() -> Tensor { map(.sqrt) }
  /// x².
  public func square() -> Tensor { map(.square) }
  /// |x|.
  public func abs() -> Tensor { map(.absolute) }
  /// tanh x.
  public func tanh() -> Tensor { map(.tanh) }
  /// 1/(1 + e⁻ˣ).
  public func sigmoid() -> Tensor { map(.sigmoid) }
  /// ln(1 + eˣ).
  public func softplus() -> Tensor { map(.softplus) }
  /// max(x, 0).
  public func relu() -> Tensor { map(.relu) }
  /// 1/x.
  public func reciprocal() -> Tensor { map(.reciprocal) }
  /// 1 where x > 0, else 0.
  public func step() -> Tensor { map(.step) }

  /// x where x > 0, else `slope`·x. The derivative at 0 is `slope`.
  ///
  /// The factor 1 or `slope` is a tensor of its own, whose derivative is zero: the derivatives of all orders reuse it.
  public func leakyRelu(slope: Double) -> Tensor {
    self * step().select(graph.constant(1), graph.constant(slope))
  }

  /// `whenTrue` where this is not 0, else `whenFalse`.
  public func select(_ whenTrue: Tensor, _ whenFalse: Tensor) -> Tensor {
    let shape = Tensor.commonShape(Tensor.commonShape(shape, whenTrue.shape), whenFalse.shape)
    return graph.apply(
      .select,
      [broadcast(to: shape), whenTrue.broadcast(to: shape), whenFalse.broadcast(to: shape)],
      shape: shape)
  }

  /// Elements limited to [`lower`, `upper`].
  public func clamped(_ lower: Double, _ upper: Double) -> Tensor {
    maximum(self, lower).minimum(with: graph.constant(upper))
  }

  /// The smaller of each pair of elements.
  public func minimum(with other: Tensor) -> Tensor { Tensor.combine(.minimum, self, other) }

  /// Applies a function to pairs of elements, shapes broadcast as in NumPy: aligned at the last axis, extents
  /// equal or 1.
  public static func combine(_ operation: BinaryOperation, _ a: Tensor, _ b: Tensor) -> Tensor {
    let shape = commonShape(a.shape, b.shape)
    return a.graph.apply(
      .binary(operation), [a.broadcast(to: shape), b.broadcast(to: shape)], shape: shape)
  }

  static func commonShape(_ a: [Int], _ b: [Int]) -> [Int] {
    let rank = Swift.max(a.count, b.count)
    let left = Array(repeating: 1, count: rank - a.count) + a
    let right = Array(repeating: 1, count: rank - b.count) + b
    return zip(left, right).map { l, r in
      precondition(l == r || l == 1 || r == 1, "shapes \(a) and \(b) do not broadcast")
      return l == 1 ? r : l
    }
  }
}

/// The larger of each pair of elements; NaN if either is NaN.
public func maximum(_ a: Tensor, _ b: Tensor) -> Tensor { .combine(.maximum, a, b) }
/// The larger of each element and a number.
public func maximum(_ a: Tensor, _ b: Double) -> Tensor { maximum(a, a.graph.constant(b)) }

extension Tensor {
  /// The sum of each pair of elements.
  public static func + (a: Tensor, b: Tensor) -> Tensor { combine(.add, a, b) }
  /// The difference of each pair of elements.
  public static func - (a: Tensor, b: Tensor) -> Tensor { combine(.subtract, a, b) }
  /// The product of each pair of elements.
  public static func * (a: Tensor, b: Tensor) -> Tensor { combine(.multiply, a, b) }
  /// The quotient of each pair of elements.
  public static func / (a: Tensor, b: Tensor) -> Tensor { combine(.divide, a, b) }
  /// The negative of each element.
  public static prefix func - (a: Tensor) -> Tensor { a.map(.negate) }
  /// A number added to each element.
  public static func + (a: Tensor, b: Double) -> Tensor { a + a.graph.constant(b) }
  /// A number added to each element.
  public static func + (a: Double, b: Tensor) -> Tensor { b.graph.constant(a) + b }
  /// A number subtracted from each element.
  public static func - (a: Tensor, b: Double) -> Tensor { a - a.graph.constant(b) }
  /// Each element subtracted from a number.
  public static func - (a: Double, b: Tensor) -> Tensor { b.graph.constant(a) - b }
  /// Each element multiplied by a number.
  public static func * (a: Tensor, b: Double) -> Tensor { a * a.graph.constant(b) }
  /// Each element multiplied by a number.
  public static func * (a: Double, b: Tensor) -> Tensor { b.graph.constant(a) * b }
  /// Each element divided by a number.
  public static func / (a: Tensor, b: Double) -> Tensor { a / a.graph.constant(b) }
  /// A number divided by each element.
  public static func / (a: Double, b: Tensor) -> Tensor { b.graph.constant(a) / b }
}
