/// Numbers that look random and are the same on every machine: whole-number arithmetic and division
/// only.
struct SyntheticNumbers {
  private var state: UInt64

  init(_ seed: Int...) {
    state = seed.reduce(0x9E37_79B9_7F4A_7C15) {
      ($0 ^ UInt64(bitPattern: Int64($1))) &* 0xBF58_476D_1CE4_E5B9 &+ 0x94D0_49BB_1331_11EB
    }
    for _ in 0..<4 { _ = next() }
  }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }

  /// In [0, 1).
  mutating func uniform() -> Double { Double(next() >> 11) / Double(UInt64(1) << 53) }

  /// Mean 0 and variance 1, from twelve uniform numbers.
  mutating func normal() -> Double { (0..<12).reduce(-6) { sum, _ in sum + uniform() } }
}
