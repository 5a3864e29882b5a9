import Foundation

/// The range of an axis, and whether it is logarithmic: chosen from the values that it has to show.
struct AxisScale: Sendable {
  /// Where the axis begins.
  let lower: Double
  /// Where the axis ends; above `lower`.
  let upper: Double
  /// Whether steps multiply rather than add: the values are positive and span more than is asked.
  let isLogarithmic: Bool

  /// Takes finite values only; `[0, 1]` when there are none.
  ///
  /// - Parameter factor: how far positive values must spread for a logarithmic axis.
  init(showing values: [Double], logarithmicFrom factor: Double = 10) {
    let finite = values.filter { abs($0) < Self.greatest }
    guard let least = finite.min(), let most = finite.max() else {
      self.init(0, 1)
      return
    }
    if least > Self.leastLogarithm, most / least > factor {
      self.init(logarithmic: least / 1.25, most * 1.25)
      return
    }
    let margin = least == most ? max(0.1 * abs(least), least == 0 ? 0.5 : 0) : 0.06 * (most - least)
    self.init(least - margin, most + margin)
  }

  /// An axis with given ends, moved apart where five digits would not tell them from each other.
  init(_ lower: Double, _ upper: Double) {
    let size = max(abs(lower), abs(upper))
    let missing = max(0, 2e-3 * size - (upper - lower)) / 2
    self.lower = lower - missing
    self.upper = size > 0 ? upper + missing : 1
    isLogarithmic = false
  }

  private init(logarithmic lower: Double, _ upper: Double) {
    (self.lower, self.upper, isLogarithmic) = (lower, upper, true)
  }

  /// Values beyond are not drawn: gnuplot computes with 64 bits and needs room.
  private static let greatest = 1e100
  /// Values below do not make an axis logarithmic.
  private static let leastLogarithm = 1e-100

  /// The value moved onto the axis where it lies beyond an end, which a logarithmic axis needs for
  /// values ≤ 0.
  func clamped(_ value: Double) -> Double { min(max(value, lower), upper) }

  /// How far along the axis a value lies: 0 at `lower`, 1 at `upper`.
  func position(_ value: Double) -> Double {
    let value = clamped(value)
    return isLogarithmic
      ? log(value / lower) / log(upper / lower) : (value - lower) / (upper - lower)
  }

  /// The commands that set an axis, `x` or `y`, to this scale, with a few tics at round numbers.
  ///
  /// - Parameter abbreviates: whether thousands are written `2k`.
  func commands(_ axis: String, abbreviates: Bool = false) -> [String] {
    let labels = tics(areSideBySide: axis == "x").map { value in
      let text =
        abbreviates && upper >= 10_000 && value != 0
        ? NumberText.significant(value / 1000) + "k" : NumberText.significant(value)
      return "\(GnuplotText.tic(text)) \(NumberText.data(value))"
    }
    return [
      "\(isLogarithmic ? "set" : "unset") logscale \(axis)",
      "set \(axis)range [\(NumberText.data(lower)):\(NumberText.data(upper))]",
      "set \(axis)tics (\(labels.joined(separator: ", ")))",
    ]
  }

  /// Whether some tic takes more room than four digits.
  var hasLongTics: Bool {
    tics(areSideBySide: false).contains { NumberText.significant($0).count > 4 }
  }

  private func tics(areSideBySide: Bool) -> [Double] {
    isLogarithmic ? logarithmicTics(aloneBeyond: areSideBySide ? 3.5 : 5) : linearTics
  }

  /// Multiples of 1, 2 or 5 times a power of ten between the ends, about five of them.
  private var linearTics: [Double] {
    let rough = (upper - lower) / 5
    let power = pow(10, log10(rough).rounded(.down))
    let step = [1, 2, 5, 10].map { $0 * power }.first { $0 >= rough * 0.999 } ?? rough
    let (first, last) = ((lower / step).rounded(.up), (upper / step).rounded(.down))
    guard first <= last, last - first < 20 else { return [] }
    return stride(from: first, through: last, by: 1).map { $0 * step }
  }

  /// Powers of ten between the ends, and 3, or 2 and 5, times them where the axis is short.
  ///
  /// - Parameter most: the decades beyond which there are powers of ten alone.
  private func logarithmicTics(aloneBeyond most: Double) -> [Double] {
    let decades = log10(upper / lower)
    let mantissas: [Double] = decades > most ? [1] : decades > 2.5 ? [1, 3] : [1, 2, 5]
    let exponents = Int(log10(lower).rounded(.down))...Int(log10(upper).rounded(.up))
    let stride = max(1, Int((decades / 6).rounded(.up)))
    return exponents.filter { $0.isMultiple(of: stride) }
      .flatMap { exponent in mantissas.map { $0 * pow(10, Double(exponent)) } }
      .filter { $0 >= lower && $0 <= upper }
  }
}
