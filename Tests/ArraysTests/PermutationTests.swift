import Arrays
import Testing

@Suite struct PermutationTests {
  @Test func isAPermutationOfEveryCount() {
    let stream = RandomStream(seed: 1, name: "data")
    for count in 0..<40 {
      #expect(stream.permutation(count).sorted() == (0..<count).map(Int32.init))
    }
  }

  /// Each of the 24 orders of four comes equally often, and orders of different steps are independent: a
  /// chi-square with 23 degrees of freedom, within five standard deviations.
  @Test func isUniform() {
    let stream = RandomStream(seed: 2, name: "data")
    let draws = 24_000
    var counts = [Int](repeating: 0, count: 256)
    for step in 0..<draws {
      let order = stream.permutation(4, step: step)
      counts[order.reduce(0) { $0 * 4 + Int($1) }] += 1
    }
    let seen = counts.filter { $0 > 0 }
    #expect(seen.count == 24)
    let chiSquare = seen.reduce(0.0) { $0 + Double(($1 - 1000) * ($1 - 1000)) / 1000 }
    #expect(abs(chiSquare - 23) < 5 * 46.0.squareRoot())
  }

  /// Fisher–Yates from the last position down, from the stream's own words: index ⌊word · bound / 2³²⌋.
  @Test func followsItsDefinition() {
    let stream = RandomStream(seed: 3, name: "x")
    let words = stream.bits(7, step: 5)
    var order = Array(Int32(0)..<7)
    for last in [6, 5, 4, 3, 2, 1] {
      let product = UInt64(words[last]).multipliedFullWidth(by: UInt64(last + 1) << 32)
      order.swapAt(last, Int(product.high))
    }
    #expect(stream.permutation(7, step: 5) == order)
  }
}
