import CKernels

/// A named stream of random numbers: Philox4x32-10 keyed by (seed, name) and counted by (step, index).
///
/// Every number is a function of (seed, name, step, index) alone, so drawing from one stream never shifts
/// another, and nothing has to be stored to resume. Source: Salmon et al., "Parallel random numbers: as easy as
/// 1, 2, 3", SC 2011.
public struct RandomStream: Hashable, Sendable {
  /// The two 32-bit words of the Philox key.
  private let key: UInt64

  /// The stream called `name`, for example `latent` or `init/critic`, under `seed`.
  public init(seed: UInt64, name: String) {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325  // FNV-1a
    for byte in name.utf8 { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01b3 }
    var words: (UInt32, UInt32, UInt32, UInt32) = (0, 0, 0, 0)
    withUnsafeMutablePointer(to: &words) {
      $0.withMemoryRebound(to: UInt32.self, capacity: 4) {
        saddle_philox_block(seed, hash, 0, $0)
      }
    }
    key = UInt64(words.0) | UInt64(words.1) << 32
  }

  /// Fills with uniform numbers in (0, 1): odd multiples of 2⁻²⁴.
  public func fillUniform(_ buffer: UnsafeMutableBufferPointer<Float>, step: Int) {
    guard let base = buffer.baseAddress else { return }
    saddle_philox_uniform(key, UInt64(step), base, buffer.count)
  }

  /// Fills with independent standard normal numbers (Box–Muller, truncated by the generator at |x| < 5.9).
  public func fillNormal(_ buffer: UnsafeMutableBufferPointer<Float>, step: Int) {
    guard let base = buffer.baseAddress else { return }
    saddle_philox_normal(key, UInt64(step), base, buffer.count)
  }

  /// Fills with uniform 32-bit words.
  public func fillBits(_ buffer: UnsafeMutableBufferPointer<UInt32>, step: Int) {
    guard let base = buffer.baseAddress else { return }
    saddle_philox_bits(key, UInt64(step), base, buffer.count)
  }

  /// `count` uniform numbers in (0, 1).
  public func uniform(_ count: Int, step: Int = 0) -> [Float] {
    [Float](unsafeUninitializedCapacity: count) { buffer, initialized in
      fillUniform(UnsafeMutableBufferPointer(rebasing: buffer[..<count]), step: step)
      initialized = count
    }
  }

  /// `count` independent standard normal numbers.
  public func normal(_ count: Int, step: Int = 0) -> [Float] {
    [Float](unsafeUninitializedCapacity: count) { buffer, initialized in
      fillNormal(UnsafeMutableBufferPointer(rebasing: buffer[..<count]), step: step)
      initialized = count
    }
  }

  /// `count` uniform 32-bit words.
  public func bits(_ count: Int, step: Int = 0) -> [UInt32] {
    [UInt32](unsafeUninitializedCapacity: count) { buffer, initialized in
      fillBits(UnsafeMutableBufferPointer(rebasing: buffer[..<count]), step: step)
      initialized = count
    }
  }

  /// A uniformly random permutation of `0..<count` (Fisher–Yates; each index is word·bound >> 32, whose bias is
  /// below count/2³²).
  public func permutation(_ count: Int, step: Int = 0) -> [Int32] {
    var words = [UInt32](repeating: 0, count: count)
    return [Int32](unsafeUninitializedCapacity: count) { buffer, initialized in
      let order = UnsafeMutableBufferPointer(rebasing: buffer[..<count])
      words.withUnsafeMutableBufferPointer { fillPermutation(order, scratch: $0, step: step) }
      initialized = count
    }
  }

  /// Writes `permutation(order.count, step:)` without allocating; `scratch` must be as long as `order`.
  public func fillPermutation(
    _ order: UnsafeMutableBufferPointer<Int32>, scratch: UnsafeMutableBufferPointer<UInt32>,
    step: Int
  ) {
    precondition(scratch.count == order.count, "scratch of \(scratch.count) for \(order.count)")
    fillBits(scratch, step: step)
    for index in order.indices { order.initializeElement(at: index, to: Int32(index)) }
    for last in stride(from: order.count - 1, to: 0, by: -1) {
      order.swapAt(last, Int((UInt64(scratch[last]) * UInt64(last + 1)) >> 32))
    }
  }
}
