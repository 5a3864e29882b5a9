/// The p-quantile of the finite ones of some values by linear interpolation between order
/// statistics at (n − 1)p (type 7 of Hyndman and Fan, Am. Stat. 50, 1996); nil when there is none.
///
/// - Parameter p: the probability, in [0, 1].
public func quantile(_ values: [Double?], _ p: Double) -> Double? {
  precondition((0...1).contains(p), "quantile \(p)")
  let sorted = values.compactMap { $0 }.filter(\.isFinite).sorted()
  guard let last = sorted.last else { return nil }
  let position = Double(sorted.count - 1) * p
  let index = Int(position)
  guard index + 1 < sorted.count else { return last }
  return sorted[index] + (position - Double(index)) * (sorted[index + 1] - sorted[index])
}

/// The median of the finite ones of some values; nil when there is none.
public func median(_ values: [Double?]) -> Double? { quantile(values, 0.5) }
