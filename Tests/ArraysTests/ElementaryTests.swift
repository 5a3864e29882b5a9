import CKernels
import Foundation
import Testing

/// A function under test and where it is finite and not trivial.
private struct Subject: Sendable, CustomTestStringConvertible {
  let name: String
  let function: @Sendable (Double) -> Double
  let domain: ClosedRange<Double>
  var testDescription: String { name }
}

private let subjects = [
  Subject(name: "exp", function: saddle_exp, domain: -745...709.7),
  Subject(name: "expm1", function: saddle_expm1, domain: -38...709.7),
  Subject(name: "log", function: saddle_log, domain: Double.leastNonzeroMagnitude...1e308),
  Subject(name: "log1p", function: saddle_log1p, domain: -0.9999...1e308),
  Subject(name: "tanh", function: saddle_tanh, domain: -21...21),
  Subject(name: "sigmoid", function: saddle_sigmoid, domain: -745...41),
  Subject(name: "softplus", function: saddle_softplus, domain: -745...41),
  Subject(name: "sinpi", function: saddle_sinpi, domain: -1e6...1e6),
  Subject(name: "cospi", function: saddle_cospi, domain: -1e6...1e6),
]

/// SplitMix64 (Steele, Lea, Flood 2014), whose numbers no system's library changes.
private struct SplitMix {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var z = state
    z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
    z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
    return z ^ (z >> 31)
  }

  /// Uniform on [0, 1).
  mutating func unit() -> Double { Double(next() >> 11) * 0x1p-53 }
}

/// Arguments in the domain: half uniform on [−4, 4], half with uniform exponents over all magnitudes.
private func arguments(_ subject: Subject, count: Int) -> [Double] {
  var generator = SplitMix(state: 7)
  var result: [Double] = []
  while result.count < count {
    let exponent = Int(generator.next() % 2098) - 1074
    let unit = generator.unit()
    let magnitude = result.count % 2 == 0 ? 4 * unit : scalbn(1 + unit, exponent)
    let x = generator.next() & 1 == 0 ? magnitude : -magnitude
    if subject.domain.contains(x) { result.append(x) }
  }
  return result
}

@Suite struct ElementaryTests {
  @Test(arguments: subjects) fileprivate func agreesWithCorrectlyRoundedValues(_ subject: Subject)
    throws
  {
    let reference = try #require(elementaryReference.first { $0.name == subject.name })
    #expect(reference.points.count >= 18)
    for point in reference.points {
      let (x, value) = (Double(bitPattern: point.x), Double(bitPattern: point.value))
      #expect(abs(subject.function(x) - value) <= 2 * value.ulp, "\(subject.name)(\(x))")
    }
  }

  @Test(arguments: subjects) fileprivate func propagatesNaN(_ subject: Subject) {
    #expect(subject.function(.nan).isNaN)
  }

  @Test func limitsAtInfinity() {
    #expect(saddle_exp(.infinity) == .infinity)
    #expect(saddle_exp(-.infinity) == 0)
    #expect(saddle_expm1(.infinity) == .infinity)
    #expect(saddle_expm1(-.infinity) == -1)
    #expect(saddle_log(.infinity) == .infinity)
    #expect(saddle_log1p(.infinity) == .infinity)
    #expect(saddle_tanh(.infinity) == 1)
    #expect(saddle_tanh(-.infinity) == -1)
    #expect(saddle_sigmoid(.infinity) == 1)
    #expect(saddle_sigmoid(-.infinity) == 0)
    #expect(saddle_softplus(.infinity) == .infinity)
    #expect(saddle_softplus(-.infinity) == 0)
    for x in [Double.infinity, -.infinity] {
      #expect(saddle_sinpi(x).isNaN)
      #expect(saddle_cospi(x).isNaN)
    }
  }

  @Test func polesAndOutsideOfTheDomain() {
    for zero in [0.0, -0.0] { #expect(saddle_log(zero) == -.infinity) }
    #expect(saddle_log1p(-1) == -.infinity)
    #expect(saddle_log(-Double.leastNonzeroMagnitude).isNaN)
    #expect(saddle_log(-.infinity).isNaN)
    #expect(saddle_log1p((-1.0).nextDown).isNaN)
    #expect(saddle_log1p(-.infinity).isNaN)
  }

  @Test func overflowAndUnderflow() {
    #expect(saddle_exp(0x1.62e42fefa39efp+9).isFinite)
    #expect(saddle_exp(0x1.62e42fefa39fp+9) == .infinity)
    #expect(saddle_expm1(0x1.62e42fefa39fp+9) == .infinity)
    #expect(saddle_exp(-745.13) == .leastNonzeroMagnitude)
    #expect(saddle_exp(-745.14) == 0)
    #expect(saddle_softplus(1e308) == 1e308)
    #expect(saddle_softplus(-800) == 0)
    #expect(saddle_sigmoid(-800) == 0)
  }

  @Test func signedZerosAndIdentities() {
    let least = Double.leastNonzeroMagnitude
    for function in [saddle_expm1, saddle_log1p, saddle_tanh, saddle_sinpi] {
      #expect(function(0).bitPattern == (0.0).bitPattern)
      #expect(function(-0.0).bitPattern == (-0.0).bitPattern)
    }
    for function in [saddle_expm1, saddle_log1p, saddle_tanh] {
      #expect(function(least) == least)
      #expect(function(-least) == -least)
    }
    for zero in [0.0, -0.0] {
      #expect(saddle_exp(zero) == 1)
      #expect(saddle_sigmoid(zero) == 0.5)
      #expect(saddle_cospi(zero) == 1)
    }
    #expect(saddle_log(1).bitPattern == (0.0).bitPattern)
  }

  @Test func circularFunctionsAreExactAtHalves() {
    let starts = [-9.0, -2, 0, 3, 1e6, 0x1p51, 0x1p52, 0x1p53 - 8, -0x1p51 - 4]
    for start in starts {
      for step in 0..<16 {
        let x = start + 0.5 * Double(step)
        let quarter = Int((2 * x).remainder(dividingBy: 4)) & 3
        let sine = [0.0, 1, 0, -1][quarter]
        let cosine = [1.0, 0, -1, 0][quarter]
        #expect(saddle_sinpi(x) == sine, "sinpi(\(x))")
        #expect(saddle_cospi(x) == cosine, "cospi(\(x))")
        if sine == 0 { #expect(saddle_sinpi(x).sign == x.sign) }
        if cosine == 0 { #expect(saddle_cospi(x).sign == .plus) }
      }
    }
    for x in [0x1p53, 0x1p60, -1e300, .greatestFiniteMagnitude] {
      #expect(saddle_sinpi(x) == 0)
      #expect(saddle_cospi(x) == 1)
    }
  }

  @Test func symmetries() {
    var generator = SplitMix(state: 3)
    for _ in 0..<2000 {
      let x = 60 * generator.unit() - 30
      #expect(saddle_tanh(-x) == -saddle_tanh(x))
      #expect(saddle_sinpi(-x) == -saddle_sinpi(x))
      #expect(saddle_cospi(-x) == saddle_cospi(x))
      #expect(abs(saddle_sigmoid(x) + saddle_sigmoid(-x) - 1) <= 0x1p-52)
      #expect(abs(saddle_softplus(x) - saddle_softplus(-x) - x) <= 2 * abs(x).ulp + 0x1p-51)
    }
  }

  /// The contract is the same bits everywhere: instruction sets, optimization levels, systems.
  @Test func bitsArePinned() {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325  // FNV-1a over the results' 64-bit patterns
    for subject in subjects {
      for x in arguments(subject, count: 4000) {
        hash = (hash ^ subject.function(x).bitPattern) &* 0x0000_0100_0000_01b3
      }
    }
    #expect(hash == 3_293_823_768_602_904_306)
  }

  #if arch(x86_64) && os(Linux)
    @Test(arguments: subjects) fileprivate func staysWithinTwoULPOfExtendedPrecision(
      _ subject: Subject
    ) throws {
      let reference = try #require(extendedPrecision(subject.name))
      var worst = Float80(0)
      for x in arguments(subject, count: 40_000) {
        let exact = reference(Float80(x))
        let unit = Float80(max(Double(exact).magnitude, .leastNormalMagnitude).ulp)
        worst = max(worst, abs(Float80(subject.function(x)) - exact) / unit)
      }
      #expect(worst <= 2, "\(subject.name) is off by \(worst) ULP")
      #expect(worst > 0.5, "a function that is never off by more than a rounding was not tested")
    }

    private func extendedPrecision(_ name: String) -> ((Float80) -> Float80)? {
      switch name {
      case "exp": { exp($0) }
      case "expm1": { expm1($0) }
      case "log": { log($0) }
      case "log1p": { log1p($0) }
      case "tanh": { tanh($0) }
      case "sigmoid": { $0 < 0 ? exp($0) / (1 + exp($0)) : 1 / (1 + exp(-$0)) }
      case "softplus": { max($0, 0) + log1p(exp(-abs($0))) }
      // Reduced to |2x| <= 1/2 by an exact remainder; the sign and the quarter are put back after.
      case "sinpi": { circular($0, quarterShift: 0) }
      case "cospi": { circular($0, quarterShift: 1) }
      default: nil
      }
    }

    private func circular(_ x: Float80, quarterShift: Int) -> Float80 {
      let turn = fmod(x, 2)
      let quarter = (2 * turn).rounded()
      let y = Float80.pi * (turn - quarter / 2)
      return switch (Int(quarter) + quarterShift) & 3 {
      case 0: sin(y)
      case 1: cos(y)
      case 2: -sin(y)
      default: -cos(y)
      }
    }
  #endif
}
