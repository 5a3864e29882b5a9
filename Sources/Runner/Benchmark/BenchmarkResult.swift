/// What was measured of one case.
public struct BenchmarkResult: Codable, Sendable {
  /// The case's name.
  public let name: String
  /// Milliseconds per iteration or step: the median over blocks of them.
  public let milliseconds: Double
  /// The lower quartile, in milliseconds.
  public let low: Double
  /// The upper quartile, in milliseconds.
  public let high: Double
  /// 10⁹ floating-point operations per second, as counted from the programs, at the median.
  public let gigaflops: Double
  /// `gigaflops` as a share of `peak` on each of the threads.
  public let share: Double
  /// 10⁹ floating-point operations per second of fused multiply-adds alone on one core, in the same process: the larger of two
  /// measurements before and after.
  public let peak: Double
  /// The most memory that the process held, in MiB; nil where the system does not say.
  public let memory: Double?
  /// Requests for memory per iteration or step; nil where they cannot be counted.
  public let allocations: Double?
  /// SHA-256 of all states after a few iterations or steps.
  public let digest: String
}
