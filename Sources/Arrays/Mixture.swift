/// A mixture of isotropic Gaussians with equal weights: the ground truth of the planar data sets.
public struct Mixture: Hashable, Sendable {
  /// The centres of the modes, each of the data's dimension.
  public let centres: [[Double]]
  /// The standard deviation of every mode along every axis.
  public let deviation: Double

  /// Describes a mixture.
  public init(centres: [[Double]], deviation: Double) {
    self.centres = centres
    self.deviation = deviation
  }
}
