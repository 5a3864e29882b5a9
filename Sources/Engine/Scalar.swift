import CKernels

extension UnaryOperation {
  /// The function in Float64, from basic IEEE operations alone: what the reference executor computes.
  func evaluate(_ x: Double) -> Double {
    switch self {
    case .negate: -x
    case .absolute: abs(x)
    case .sign: x == 0 || x.isNaN ? x : (x > 0 ? 1 : -1)
    case .step: x > 0 ? 1 : 0
    case .relu: BinaryOperation.maximum.evaluate(x, 0)
    case .square: x * x
    case .sqrt: x.squareRoot()
    case .reciprocal: 1 / x
    case .exp: saddle_exp(x)
    case .expm1: saddle_expm1(x)
    case .log: saddle_log(x)
    case .log1p: saddle_log1p(x)
    case .tanh: saddle_tanh(x)
    case .sigmoid: saddle_sigmoid(x)
    case .softplus: saddle_softplus(x)
    }
  }

  /// The kernels' code for the function.
  var code: saddle_operation {
    switch self {
    case .negate: SADDLE_NEGATE
    case .absolute: SADDLE_ABSOLUTE
    case .sign: SADDLE_SIGN
    case .step: SADDLE_STEP
    case .relu: SADDLE_RELU
    case .square: SADDLE_SQUARE
    case .sqrt: SADDLE_SQRT
    case .reciprocal: SADDLE_RECIPROCAL
    case .exp: SADDLE_EXP
    case .expm1: SADDLE_EXPM1
    case .log: SADDLE_LOG
    case .log1p: SADDLE_LOG1P
    case .tanh: SADDLE_TANH
    case .sigmoid: SADDLE_SIGMOID
    case .softplus: SADDLE_SOFTPLUS
    }
  }
}

extension BinaryOperation {
  /// The function in Float64.
  func evaluate(_ a: Double, _ b: Double) -> Double {
    switch self {
    case .add: a + b
    case .subtract: a - b
    case .multiply: a * b
    case .divide: a / b
    case .maximum: a > b || a.isNaN ? a : b
    case .minimum: a < b || a.isNaN ? a : b
    case .greater: a > b ? 1 : 0
    case .equal: a == b ? 1 : 0
    }
  }

  /// The kernels' code for the function.
  var code: saddle_operation {
    switch self {
    case .add: SADDLE_ADD
    case .subtract: SADDLE_SUBTRACT
    case .multiply: SADDLE_MULTIPLY
    case .divide: SADDLE_DIVIDE
    case .maximum: SADDLE_MAXIMUM
    case .minimum: SADDLE_MINIMUM
    case .greater: SADDLE_GREATER
    case .equal: SADDLE_EQUAL
    }
  }
}
