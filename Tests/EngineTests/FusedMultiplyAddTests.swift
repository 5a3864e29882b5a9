import Testing

@testable import Engine

/// The fused multiply-add, which the portable kernels emulate, where rounding twice would show.
@Suite struct FusedMultiplyAddTests {
  private typealias Triple = (a: Float, b: Float, c: Float)

  /// a·b + c by a product of depth two: the chain starts with c·1.
  private func fused(_ kernels: Kernels, _ triple: Triple) -> Float {
    ProductTests.Case(m: 1, n: 1, k: 2, left: false, right: false)
      .run(kernels, [triple.c, triple.a], [1, triple.b])[0]
  }

  private func check(_ triples: [Triple]) {
    for kernels in availableKernels {
      var wrong: [Triple] = []
      for triple in triples {
        let expected = Float(0).addingProduct(triple.c, 1).addingProduct(triple.a, triple.b)
        if bits(fused(kernels, triple)) != bits(expected) { wrong.append(triple) }
      }
      #expect(wrong.isEmpty, "\(kernels.name): \(wrong.count) triples, first \(wrong[0])")
    }
  }

  /// Triples at which Float64 arithmetic, rounded again to Float32, is not a fused multiply-add.
  private func twiceRounded(_ triples: [Triple]) -> Int {
    triples.filter { a, b, c in
      bits(Float(Double(a) * Double(b) + Double(c))) != bits(c.addingProduct(a, b))
    }.count
  }

  /// Products of half a unit in the last place of c, and the least above and below it.
  @Test func halfwayCases() {
    var numbers = TestNumbers(1)
    var triples: [Triple] = []
    for exponent in [-126, -100, -20, -1, 0, 1, 30, 126] {
      let scale = Float(sign: .plus, exponent: exponent, significand: 1)
      for _ in 0..<10 {
        let odd = Float(1 + 0x1p-22 * Double(numbers.below(1 << 21)) + 0x1p-23)
        for c in [1, 1 + Float.ulpOfOne, odd, 2 - Float.ulpOfOne] {
          for i in [-3, -1, 0, 1, 2] {
            for j in [-2, -1, 0, 1, 3] {
              let a = Float(1 + Double(i) * 0x1p-23)
              let b = Float(0x1p-24 * (1 + Double(j) * 0x1p-23)) * scale
              triples += [(a, b, c * scale), (-a, b, c * scale), (a, b, -c * scale)]
            }
          }
        }
      }
    }
    #expect(twiceRounded(triples) > 1000, "the cases do not tell the emulation from Float64")
    check(triples)
  }

  /// Sums whose leading bits cancel, so that only the product's rounding error is left.
  @Test func cancellation() {
    var numbers = TestNumbers(2)
    let triples: [Triple] = (0..<20_000).map { index in
      let exponent = index % 3 == 0 ? -70 : 0
      let a = Float(sign: .plus, exponent: exponent, significand: Float(1 + numbers.unit()))
      let b = Float(sign: .minus, exponent: exponent, significand: Float(1 + numbers.unit()))
      let c = -(a * b)
      return (a, b, index % 2 == 0 ? c : c.nextUp)
    }
    check(triples)
  }

  @Test func subnormalResults() {
    var numbers = TestNumbers(3)
    let triples: [Triple] = (0..<20_000).map { _ in
      let a = Float(1 + numbers.unit()) * 0x1p-75
      let b =
        Float(1 + numbers.unit())
        * Float(sign: .plus, exponent: -76 + numbers.below(26), significand: 1)
      let c = Float(numbers.below(2000) - 1000) * 0x1p-149
      return (numbers.below(2) == 0 ? a : -a, b, c)
    }
    check(triples)
  }

  @Test func randomMagnitudes() {
    var numbers = TestNumbers(4)
    let triples: [Triple] = (0..<50_000).map { index in
      let a = Float(bitPattern: numbers.word())
      let b = Float(bitPattern: numbers.word())
      let near = a * b * Float(sign: .plus, exponent: numbers.below(60) - 30, significand: 1)
      return (a, b, index % 2 == 0 ? near : Float(bitPattern: numbers.word()))
    }
    check(triples)
  }

  @Test func specialValues() {
    let values: [Float] = [
      0, -0.0, 1, -1, 0x1p-149, -0x1p-149, 0x1p-126, 1 + .ulpOfOne, .greatestFiniteMagnitude,
      -.greatestFiniteMagnitude, .infinity, -.infinity, .nan,
    ]
    check(values.flatMap { a in values.flatMap { b in values.map { (a, b, $0) } } })
  }
}
