import Foundation
import Testing

@testable import Engine

/// The Float32 functions of the fast executor against the system's Float64 library.
@Suite struct KernelAccuracyTests {
  /// The function by the system's library.
  static func exact(_ operation: UnaryOperation, _ x: Double) -> Double {
    switch operation {
    case .negate: -x
    case .absolute: abs(x)
    case .sign: x == 0 || x.isNaN ? x : copysign(1, x)
    case .step: x > 0 ? 1 : 0
    case .relu: x > 0 || x.isNaN ? x : 0
    case .square: x * x
    case .sqrt: x.squareRoot()
    case .reciprocal: 1 / x
    case .exp: exp(x)
    case .expm1: expm1(x)
    case .log: log(x)
    case .log1p: log1p(x)
    case .tanh: tanh(x)
    case .sigmoid: x > 0 ? 1 / (1 + exp(-x)) : exp(x) / (1 + exp(x))
    case .softplus: max(x, 0) + log1p(exp(-abs(x)))
    }
  }

  /// The largest error in units in the last place; 0 stands for the correctly rounded value.
  static func tolerance(_ operation: UnaryOperation) -> Double {
    switch operation {
    case .negate, .absolute, .sign, .step, .relu, .square, .sqrt, .reciprocal: 0
    case .exp, .expm1, .log, .log1p, .tanh, .sigmoid, .softplus: 2
    }
  }

  /// The distance of `y` from `exact` in units in the last place of Float32; 0 where `y` is the
  /// rounded value. Infinity counts as 2¹²⁸.
  static func error(_ y: Float, _ exact: Double) -> Double {
    let rounded = Float(exact)
    if bits(y) == bits(rounded) || y == rounded { return 0 }
    if y.isNaN || rounded.isNaN { return .infinity }
    let unit = Swift.min(abs(rounded), .greatestFiniteMagnitude).ulp
    func finite(_ x: Double) -> Double { Swift.max(-0x1p128, Swift.min(0x1p128, x)) }
    return abs(finite(Double(y)) - finite(exact)) / Double(unit)
  }

  /// Arguments: uniform over the range of eˣ, uniform near 0, uniform exponents over all magnitudes.
  /// Their count is no multiple of any vector.
  static let arguments: [Float] = {
    var numbers = TestNumbers(11)
    return (0..<100_003).map { index in
      switch index % 3 {
      case 0: return Float(220 * numbers.unit() - 110)
      case 1: return Float(4 * numbers.unit() - 2)
      default:
        let x = Float(bitPattern: numbers.word())
        return x.isFinite ? x : Float.leastNonzeroMagnitude * Float(1 + numbers.below(1000))
      }
    }
  }()

  @Test(arguments: UnaryOperation.allCases)
  func withinTolerance(_ operation: UnaryOperation) throws {
    let graph = Graph()
    let x = graph.input("x", [Self.arguments.count])
    var results: [[Float]] = []
    for kernels in availableKernels {
      results.append(kernels.evaluate([x.map(operation)], [("x", Self.arguments)])[0])
    }
    for (kernels, values) in zip(availableKernels, results) {
      let difference = firstDifference(values, results[0])
      #expect(difference == nil, "\(kernels.name) differs at index \(difference ?? 0)")
    }
    let errors = zip(Self.arguments, results[0]).map { x, y in
      Self.error(y, Self.exact(operation, Double(x)))
    }
    let worst = try #require(errors.indices.max { errors[$0] < errors[$1] })
    #expect(
      errors[worst] <= Self.tolerance(operation),
      "\(operation)(\(Self.arguments[worst])) = \(results[0][worst])")
  }

  /// Values that follow from the function's definition, without rounding.
  static let special: [(operation: UnaryOperation, x: Float, y: Float)] = [
    (.exp, 0, 1), (.exp, -0.0, 1), (.exp, .infinity, .infinity), (.exp, -.infinity, 0),
    (.exp, 0x1p-149, 1), (.exp, 200, .infinity), (.exp, -200, 0),
    (.exp, .greatestFiniteMagnitude, .infinity), (.exp, -.greatestFiniteMagnitude, 0),
    (.expm1, 0, 0), (.expm1, -0.0, -0.0), (.expm1, 0x1p-149, 0x1p-149),
    (.expm1, -0x1p-140, -0x1p-140), (.expm1, .infinity, .infinity), (.expm1, -.infinity, -1),
    (.expm1, .greatestFiniteMagnitude, .infinity), (.expm1, -.greatestFiniteMagnitude, -1),
    (.log, 0, -.infinity), (.log, -0.0, -.infinity), (.log, 1, 0), (.log, .infinity, .infinity),
    (.log, -1, .nan), (.log, -0x1p-149, .nan), (.log, -.infinity, .nan),
    (.log1p, 0, 0), (.log1p, -0.0, -0.0), (.log1p, 0x1p-149, 0x1p-149),
    (.log1p, -0x1p-140, -0x1p-140), (.log1p, -1, -.infinity), (.log1p, .infinity, .infinity),
    (.log1p, -1.5, .nan), (.log1p, -.infinity, .nan),
    (.tanh, 0, 0), (.tanh, -0.0, -0.0), (.tanh, 0x1p-149, 0x1p-149),
    (.tanh, -0x1p-140, -0x1p-140), (.tanh, .infinity, 1), (.tanh, -.infinity, -1),
    (.tanh, .greatestFiniteMagnitude, 1), (.tanh, -.greatestFiniteMagnitude, -1),
    (.sigmoid, 0, 0.5), (.sigmoid, -0.0, 0.5), (.sigmoid, .infinity, 1), (.sigmoid, -.infinity, 0),
    (.sigmoid, .greatestFiniteMagnitude, 1), (.sigmoid, -.greatestFiniteMagnitude, 0),
    (.softplus, .infinity, .infinity), (.softplus, -.infinity, 0), (.softplus, 100, 100),
    (.softplus, .greatestFiniteMagnitude, .greatestFiniteMagnitude),
    (.sqrt, 0, 0), (.sqrt, -0.0, -0.0), (.sqrt, .infinity, .infinity), (.sqrt, -1, .nan),
    (.sqrt, 0x1p-148, 0x1p-74),
    (.reciprocal, 0, .infinity), (.reciprocal, -0.0, -.infinity), (.reciprocal, .infinity, 0),
    (.reciprocal, -.infinity, -0.0), (.reciprocal, 0x1p-149, .infinity),
    (.reciprocal, 0x1p127, 0x1p-127),
    (.negate, 0, -0.0), (.negate, 0x1p-149, -0x1p-149), (.absolute, -0.0, 0),
    (.absolute, -0x1p-149, 0x1p-149), (.sign, 0x1p-149, 1), (.sign, -.infinity, -1), (.sign, 0, 0),
    (.sign, -0.0, -0.0), (.step, 0x1p-149, 1), (.step, 0, 0), (.step, -1, 0), (.step, .nan, 0),
    (.relu, 0x1p-149, 0x1p-149), (.relu, -0x1p-149, 0), (.relu, -.infinity, 0),
    (.square, -0x1p-75, 0), (.square, 0x1p-74, 0x1p-148), (.square, 0x1p64, .infinity),
  ]

  @Test func specialValues() {
    let cases =
      Self.special
      + UnaryOperation.allCases.filter { $0 != .step }.map { (operation: $0, x: .nan, y: .nan) }
    let graph = Graph()
    for (operation, x, y) in cases {
      let tensor = graph.input("x", [1]).map(operation)
      for kernels in availableKernels {
        let value = kernels.evaluate([tensor], [("x", [x])])[0][0]
        #expect(bits(value) == bits(y), "\(kernels.name): \(operation)(\(x)) = \(value), not \(y)")
      }
    }
  }

  /// The kernels treat a repeated scalar apart; it must not be another function.
  @Test(arguments: UnaryOperation.allCases)
  func repeatedScalarGivesTheSameBits(_ operation: UnaryOperation) {
    let graph = Graph()
    let repeated = graph.input("scalar", [1]).broadcast(to: [37]).map(operation)
    let dense = graph.input("dense", [37]).map(operation)
    for x in Self.arguments.prefix(60) {
      for kernels in availableKernels {
        let values = kernels.evaluate(
          [repeated, dense], [("scalar", [x]), ("dense", Array(repeating: x, count: 37))])
        #expect(firstDifference(values[0], values[1]) == nil, "\(kernels.name): \(operation)(\(x))")
      }
    }
  }
}
