/// What a node computes: the closed set that every derivative rule and both executors cover.
public enum Primitive: Hashable, Sendable {
  /// Values that the caller provides before each run.
  case input(String)
  /// Values that survive a run, from the state table.
  case state(String)
  /// One number at every index.
  case constant(Double)
  /// A function of each element.
  case unary(UnaryOperation)
  /// A function of the elements of two tensors at the same index.
  case binary(BinaryOperation)
  /// The second operand's element where the first's is not 0, else the third's.
  case select
  /// Axes of extent 1 repeated up to the node's shape.
  case broadcast
  /// The same elements in row-major order under another shape.
  case reshape
  /// Axis `d` of the result is axis `axes[d]` of the operand.
  case permute([Int])
  /// A sum or maximum over consecutive axes, which disappear.
  case reduce(Reduction, axes: Range<Int>)
  /// The matrix product of two matrices, each transposed first on request.
  case product(transposeLeft: Bool, transposeRight: Bool)
  /// The elements of the operand on a grid of positions.
  case slice(Lattice)
  /// The operand's elements on a grid of positions, zero elsewhere.
  case pad(Lattice)
  /// Row `i` of the result is the row of the first operand that element `i` of the second one counts to; zeros where
  /// there is none.
  case gather
  /// The first operand's rows, each added to the row of the result that the element of the second one counts to; one
  /// that there is none for is left out.
  case scatter
  /// A convolution of images `[n, h, w, c]` with weights `[o, kh, kw, c]`: see ``Window``.
  case convolution(Window)
  /// What the images of a convolution receive from its result's cotangent and its weights.
  case convolutionInputGradient(Window)
  /// What the weights of a convolution receive from its images and its result's cotangent.
  case convolutionWeightGradient(Window)
  /// The operand, whose derivative is taken to be zero.
  case stopGradient
}

/// Positions on a grid: index `x` stands at `start + x·step` along each axis.
public struct Lattice: Hashable, Sendable {
  /// The position of index 0 along each axis.
  public let start: [Int]
  /// The distance between neighbours along each axis, at least 1.
  public let step: [Int]
}

/// Where the windows of a convolution lie.
///
/// `y[n, i, j, o] = Σ x[n, i·strideY + a − top, j·strideX + b − left, c] · w[o, a, b, c]` over a, b, c; positions outside
/// of the image count as zero. The extents of images, weights and result say how many windows there are, so the
/// padding after the last row and column is not named.
public struct Window: Hashable, Sendable {
  /// Rows from one window to the next, at least 1.
  public let strideY: Int
  /// Columns from one window to the next, at least 1.
  public let strideX: Int
  /// Rows by which the first window begins above the image.
  public let top: Int
  /// Columns by which the first window begins left of the image.
  public let left: Int
}

/// Functions of one element.
public enum UnaryOperation: String, Hashable, Sendable, CaseIterable {
  /// −x.
  case negate
  /// |x|, with derivative sign(x).
  case absolute
  /// −1, 0 or 1; NaN stays NaN.
  case sign
  /// 1 above zero, else 0.
  case step
  /// max(x, 0); NaN stays NaN; the derivative at 0 is 0.
  case relu
  /// x².
  case square
  /// √x.
  case sqrt
  /// 1/x.
  case reciprocal
  /// eˣ.
  case exp
  /// eˣ − 1 without cancellation near 0.
  case expm1
  /// ln x.
  case log
  /// ln(1 + x) without cancellation near 0.
  case log1p
  /// The hyperbolic tangent.
  case tanh
  /// 1/(1 + e⁻ˣ).
  case sigmoid
  /// ln(1 + eˣ) without overflow.
  case softplus
}

/// Functions of two elements.
public enum BinaryOperation: String, Hashable, Sendable, CaseIterable {
  /// a + b.
  case add
  /// a − b.
  case subtract
  /// a·b.
  case multiply
  /// a/b.
  case divide
  /// The larger; NaN if either is NaN. At equality the derivative goes to `b`.
  case maximum
  /// The smaller; NaN if either is NaN. At equality the derivative goes to `b`.
  case minimum
  /// 1 where a > b, else 0.
  case greater
  /// 1 where a = b, else 0.
  case equal
}

/// Ways to reduce many elements to one.
public enum Reduction: String, Hashable, Sendable, CaseIterable {
  /// Their sum.
  case sum
  /// The largest; NaN if any is NaN. The derivative is shared equally between equal elements.
  case maximum
}

extension Primitive {
  /// Whether each element of the result depends on the elements at one index of the operands only.
  var isElementwise: Bool {
    switch self {
    case .unary, .binary, .select, .broadcast: true
    case .input, .state, .constant, .reshape, .stopGradient: false
    case .permute, .reduce, .product, .slice, .pad, .gather, .scatter: false
    case .convolution, .convolutionInputGradient, .convolutionWeightGradient: false
    }
  }

  /// Whether the result is computed by a kernel of its own, neither fused nor read in place.
  var isKernel: Bool {
    switch self {
    case .permute, .reduce, .product, .slice, .pad, .gather, .scatter: true
    case .convolution, .convolutionInputGradient, .convolutionWeightGradient: true
    case .input, .state, .constant, .unary, .binary, .select, .broadcast: false
    case .reshape, .stopGradient: false
    }
  }

  /// Whether the result is the operand's memory under another name.
  var isView: Bool {
    switch self {
    case .reshape, .stopGradient: true
    default: false
    }
  }
}
