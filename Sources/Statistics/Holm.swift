/// Holm's step-down adjusted p-values, in the order given: controls the chance of any false
/// rejection under any dependence. Adjusted p₍ᵢ₎ = max over j ≤ i of min(1, (m − j + 1) p₍ⱼ₎).
/// Source: Holm, Scand. J. Stat. 6, 1979.
///
/// - Parameter ps: p-values in [0, 1].
public func holm(_ ps: [Double]) -> [Double] {
  precondition(ps.allSatisfy { (0...1).contains($0) }, "p-values lie between 0 and 1: \(ps)")
  var adjusted = ps
  var largest = 0.0
  for (rank, index) in ps.indices.sorted(by: { (ps[$0], $0) < (ps[$1], $1) }).enumerated() {
    largest = max(largest, min(1, Double(ps.count - rank) * ps[index]))
    adjusted[index] = largest
  }
  return adjusted
}
