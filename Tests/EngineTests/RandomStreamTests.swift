import Arrays
import CKernels
import Foundation
import Testing

@testable import Engine

/// Philox and the streams made from it, under every instruction set.
@Suite struct RandomStreamTests {
  static func block(key: UInt64, index: UInt64, step: UInt64) -> [UInt32] {
    var words = [UInt32](repeating: 0, count: 4)
    saddle_philox_block(key, index, step, &words)
    return words
  }

  /// Published in the file `kat_vectors` of Random123, which writes the low word first.
  @Test func knownAnswersOfPhilox() {
    #expect(
      Self.block(key: 0, index: 0, step: 0)
        == [0x6627_e8d5, 0xe169_c58d, 0xbc57_ac4c, 0x9b00_dbd8])
    #expect(
      Self.block(key: .max, index: .max, step: .max)
        == [0x408f_276d, 0x41c8_3b0e, 0xa20b_c7c6, 0x6d54_51fd])
    #expect(
      Self.block(
        key: 0x299f_31d0_a409_3822, index: 0x85a3_08d3_243f_6a88, step: 0x0370_7344_1319_8a2e)
        == [0xd16c_fe09, 0x94fd_cceb, 0x5001_e420, 0x2412_6ea1])
  }

  private enum Law: CaseIterable { case uniform, normal }

  /// `count` numbers, followed by a guard that must survive.
  private func numbers(
    _ kernels: Kernels, _ law: Law, key: UInt64, step: UInt64, _ count: Int
  ) throws -> [Float] {
    var values = [Float](repeating: -77, count: count + 16)
    switch law {
    case .uniform: kernels.table.pointee.uniform(key, step, &values, count)
    case .normal: kernels.table.pointee.normal(key, step, &values, count)
    }
    try #require(values[count...].allSatisfy { $0 == -77 }, "\(kernels.name) wrote too far")
    return Array(values[..<count])
  }

  @Test func streamsDependOnTheIndexAlone() throws {
    for law in Law.allCases {
      for (key, step) in [(1, 0), (0x299f_31d0_a409_3822, 0x1_0000_0007), (.max, .max)] {
        let (key, step) = (UInt64(key), UInt64(step))
        let whole = try numbers(availableKernels[0], law, key: key, step: step, 200)
        for kernels in availableKernels {
          for count in 0...200 {
            let values = try numbers(kernels, law, key: key, step: step, count)
            let difference = firstDifference(values, Array(whole[..<count]))
            #expect(difference == nil, "\(kernels.name), \(law), \(count) numbers")
          }
        }
      }
    }
  }

  /// Element i comes from word i % 4 of block i / 4: the words' 23 leading bits, centred.
  @Test func uniformNumbersAreTheWordsOfPhilox() throws {
    let (key, step): (UInt64, UInt64) = (0x0123_4567_89ab_cdef, 0xfedc_ba98_7654_3210)
    let expected = (0..<1000).map { index in
      let word = Self.block(key: key, index: UInt64(index / 4), step: step)[index % 4]
      return Float((Double(word >> 9) + 0.5) * 0x1p-23)
    }
    for kernels in availableKernels {
      #expect(try numbers(kernels, .uniform, key: key, step: step, 1000) == expected)
    }
  }

  @Test func normalNumbersAreBoxAndMullers() throws {
    let uniform = try numbers(availableKernels[0], .uniform, key: 5, step: 6, 4000).map(Double.init)
    let normal = try numbers(availableKernels[0], .normal, key: 5, step: 6, 4000).map(Double.init)
    for pair in stride(from: 0, to: 4000, by: 2) {
      let radius = (-2 * log(uniform[pair])).squareRoot()
      let angle = 2 * Double.pi * uniform[pair + 1]
      #expect(abs(normal[pair] - radius * cos(angle)) < 2e-6)
      #expect(abs(normal[pair + 1] - radius * sin(angle)) < 2e-6)
    }
  }

  /// Moments, tails and neighbours of 2²⁰ numbers, each within five standard errors.
  @Test func normalNumbersHaveNormalMoments() {
    let count = 1 << 20
    let values = RandomStream(seed: 3, name: "moments").normal(count).map(Double.init)
    let errorUnit = 5 / Double(count).squareRoot()
    func mean(_ function: (Double) -> Double) -> Double {
      values.reduce(0) { $0 + function($1) } / Double(count)
    }
    #expect(abs(mean { $0 }) < errorUnit)
    #expect(abs(mean { $0 * $0 } - 1) < errorUnit * 2.0.squareRoot())
    #expect(abs(mean { $0 * $0 * $0 }) < errorUnit * 15.0.squareRoot())
    #expect(abs(mean { $0 * $0 * $0 * $0 } - 3) < errorUnit * 96.0.squareRoot())
    #expect(abs(mean { abs($0) < 1 ? 1 : 0 } - 0.682_689_492) < errorUnit * 0.466)
    #expect(abs(mean { abs($0) > 3 ? 1 : 0 } - 0.002_699_796) < errorUnit * 0.052)
    #expect(values.allSatisfy { abs($0) < 5.9 })
    for lag in 1...4 {
      let product = zip(values, values.dropFirst(lag)).reduce(0) { $0 + $1.0 * $1.1 }
      #expect(abs(product / Double(count)) < errorUnit, "lag \(lag)")
    }
  }

  @Test func streamsDifferInSeedNameAndStep() {
    let base = RandomStream(seed: 1, name: "latent").bits(64)
    #expect(RandomStream(seed: 1, name: "latent").bits(64) == base)
    for other in [
      RandomStream(seed: 2, name: "latent").bits(64),
      RandomStream(seed: 1, name: "latenu").bits(64),
      RandomStream(seed: 1, name: "latent").bits(64, step: 1),
    ] {
      #expect(zip(base, other).filter { $0 == $1 }.count == 0)
    }
  }

  /// Golden numbers: a change here changes every run. Words, uniform numbers and the permutation equal
  /// those of a Python program after the published algorithm, normal numbers to two units in the last
  /// place.
  @Test func goldenStream() {
    let stream = RandomStream(seed: 1, name: "latent")
    #expect(stream.bits(5) == Self.goldenBits)
    #expect(stream.uniform(4, step: 2).map(\.bitPattern) == Self.goldenUniform)
    #expect(stream.normal(4, step: 3).map(\.bitPattern) == Self.goldenNormal)
    #expect(stream.permutation(8, step: 4) == Self.goldenPermutation)
  }

  private static let goldenBits: [UInt32] = [
    0xdec4_93c2, 0x3c20_8cf8, 0x0eac_ab17, 0x3a13_3391, 0x589a_3b5b,
  ]
  private static let goldenUniform: [UInt32] = [
    0x3e95_0a5e, 0x3eb6_75aa, 0x3f3b_1fdd, 0x3eb5_5faa,
  ]
  private static let goldenNormal: [UInt32] = [
    0xbf65_2cee, 0x3eb9_20ca, 0xbf6c_bb53, 0xbf20_bf11,
  ]
  private static let goldenPermutation: [Int32] = [6, 4, 1, 7, 3, 2, 0, 5]
}
