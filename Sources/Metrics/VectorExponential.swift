/// eˣ for four numbers that are at most 0, within 2 ULP, from basic IEEE operations alone; 0 below
/// −700.
///
/// x = k ln 2 + r with |r| ≤ ½ ln 2, times a Taylor polynomial of degree 13 for eʳ, whose remainder
/// is below 2⁻⁵⁶.
@inline(__always)
func exponential(_ x: SIMD4<Double>) -> SIMD4<Double> {
  // Adding 1.5·2⁵² rounds to a whole number and leaves it in the low bits of the mantissa.
  let shift = SIMD4<Double>(repeating: 0x1.8p52)
  let bounded = pointwiseMax(x, SIMD4(repeating: -700))
  let shifted = bounded * 0x1.71547652b82fep0 + shift
  let whole = shifted - shift
  // ln 2 in two parts, the first with 20 trailing zeros so that its multiples are exact.
  let r = (bounded - whole * 0x1.62e42feep-1) - whole * 0x1.a39ef35793c76p-33
  var sum = r * (1 / 6_227_020_800.0) + (1 / 479_001_600.0)
  sum = sum * r + (1 / 39_916_800.0)
  sum = sum * r + (1 / 3_628_800.0)
  sum = sum * r + (1 / 362_880.0)
  sum = sum * r + (1 / 40_320.0)
  sum = sum * r + (1 / 5_040.0)
  sum = sum * r + (1 / 720.0)
  sum = sum * r + (1 / 120.0)
  sum = sum * r + (1 / 24.0)
  sum = sum * r + (1 / 6.0)
  sum = sum * r + 0.5
  sum = sum * r * r + r + 1
  let exponent = unsafeBitCast(shifted, to: SIMD4<Int64>.self) &+ 1023
  let power = unsafeBitCast(exponent &<< 52, to: SIMD4<Double>.self)
  return (sum * power).replacing(with: 0, where: x .< SIMD4(repeating: -700))
}
