import Arrays
import LinearAlgebra

/// The mean and covariance of a sample set, computed once and compared many times.
///
/// The covariance is kept as a factor F with Σ = FᵀF, found from the samples without forming Σ: its
/// small eigenvalues keep their accuracy, and singular covariances are as good as any.
public struct GaussianMoments: Hashable, Sendable {
  /// The number of samples.
  public let count: Int
  /// The mean of each dimension.
  public let mean: [Double]
  /// F, row-major `[factorRows, d]`: the centred samples over √(n−1) when there are no more samples
  /// than dimensions, else the triangular factor of their QR decomposition.
  private let factorElements: [Double]

  /// The moments of the rows of `samples`, shape `[n, d…]`, covariance with n − 1.
  ///
  /// - Throws: `MetricError` when there are fewer than two samples or one is not finite.
  public init(_ samples: HostArray<Double>, side: Side = .real) throws {
    guard samples.rows > 1 else {
      throw MetricError.tooFewSamples(
        metric: frechetName, side: side, count: samples.rows, needed: 2)
    }
    if let row = samples.firstRowNotFinite {
      throw MetricError.notFinite(metric: frechetName, side: side, row: row)
    }
    count = samples.rows
    mean = samples.columnMeans
    let centred = samples.centred(
      at: mean, dividedBy: Double(samples.rows - 1).squareRoot())
    let isWide = samples.rows <= samples.rowCount
    factorElements = (isWide ? centred : triangularFactor(centred)).elements
  }

  /// Moments that were published without their samples, covariance `[d, d]`.
  ///
  /// Negative eigenvalues of the covariance, which rounding leaves, count as zero.
  ///
  /// - Throws: `MetricError` when an element is not finite or the decomposition fails.
  public init(mean: [Double], covariance: HostArray<Double>, count: Int) throws {
    let size = mean.count
    precondition(covariance.shape == [size, size], "\(covariance.shape) for \(size) dimensions")
    guard mean.allSatisfy(\.isFinite) else {
      throw MetricError.linearAlgebra(metric: frechetName, .notFinite(operation: "mean"))
    }
    let eigen = try linearAlgebra(in: frechetName) { () throws(LinearAlgebraError) in
      try SymmetricEigen(covariance)
    }
    self.count = count
    self.mean = mean
    var factor = eigen.vectors.elements
    for row in 0..<size {
      let root = max(eigen.values[row], 0).squareRoot()
      for column in 0..<size { factor[row * size + column] *= root }
    }
    factorElements = factor
  }

  /// F with Σ = FᵀF, shape `[rows, d]`.
  var factor: HostArray<Double> {
    HostArray(shape: [factorElements.count / mean.count, mean.count], elements: factorElements)
  }

  /// The trace of the covariance.
  var totalVariance: Double { factorElements.reduce(0) { $0 + $1 * $1 } }

  /// The covariance matrix Σ with n − 1, shape `[d, d]`.
  public var covariance: HostArray<Double> { gramMatrix(Panels(columnsOf: factor)) }
}

/// Runs a matrix computation and says which metric it was for when it fails.
func linearAlgebra<T>(
  in metric: String, _ body: () throws(LinearAlgebraError) -> T
) throws(MetricError) -> T {
  do { return try body() } catch { throw .linearAlgebra(metric: metric, error) }
}
