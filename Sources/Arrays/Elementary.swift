import CKernels

/// Elementary functions from basic IEEE operations alone: the same bits on every machine, within 2 ULP.
///
/// The system's mathematical library differs between systems, so nothing that training meets may call it.
public enum Elementary {
  /// The natural exponential.
  public static func exp(_ x: Double) -> Double { saddle_exp(x) }
  /// The natural logarithm.
  public static func log(_ x: Double) -> Double { saddle_log(x) }
  /// cos(πx).
  public static func cosPi(_ x: Double) -> Double { saddle_cospi(x) }
  /// sin(πx).
  public static func sinPi(_ x: Double) -> Double { saddle_sinpi(x) }
  /// `base` to a whole power by repeated squaring.
  public static func power(_ base: Double, _ exponent: Int) -> Double {
    var result = 1.0
    var factor = base
    var remaining = exponent.magnitude
    while remaining > 0 {
      if remaining & 1 == 1 { result *= factor }
      factor *= factor
      remaining >>= 1
    }
    return exponent < 0 ? 1 / result : result
  }
}
