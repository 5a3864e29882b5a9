import Arrays
import Catalog
import LinearAlgebra

let frechetName = "frechet"

let frechetEntry = Entry(
  EntryDescription(
    frechetName,
    "Squared Fréchet distance between Gaussians with the two sets' means and covariances (N − 1)",
    formula: "‖μ₁−μ₂‖² + tr(Σ₁ + Σ₂ − 2(Σ₁Σ₂)^½)", source: "1706.08500"),
  Metric(frechetName, goal: .min, minimumSamples: 2) { reference, _ in
    let real = try GaussianMoments(reference.real)
    return { try frechetDistance(real: real, fake: GaussianMoments($0, side: .fake)) }
  })

/// The squared Fréchet (2-Wasserstein) distance between two Gaussians, ‖μ₁−μ₂‖² + tr(Σ₁ + Σ₂ −
/// 2(Σ₁Σ₂)^½), at least 0.
///
/// With Σᵢ = FᵢᵀFᵢ, tr(Σ₁Σ₂)^½ is the nuclear norm of F₁F₂ᵀ, so no eigenvalue is squared and rooted
/// again: the error is a few ulps of tr(Σ₁ + Σ₂) for singular covariances too, and nothing is added
/// to their diagonals. Source: Heusel et al., 1706.08500; Dowson and Landau, J. Multivariate Anal.
/// 12, 1982.
///
/// - Throws: `MetricError` when dimensions differ or a matrix computation fails.
public func frechetDistance(real: GaussianMoments, fake: GaussianMoments) throws -> Double {
  guard real.mean.count == fake.mean.count else {
    throw MetricError.dimensions(
      metric: frechetName, real: real.mean.count, fake: fake.mean.count)
  }
  var meanDistance = 0.0
  for (a, b) in zip(real.mean, fake.mean) { meanDistance += (a - b) * (a - b) }
  let product = innerProducts(Panels(rowsOf: real.factor), Panels(rowsOf: fake.factor))
  let overlap = try linearAlgebra(in: frechetName) { () throws(LinearAlgebraError) in
    try nuclearNorm(product)
  }
  return max(0, meanDistance + (real.totalVariance + fake.totalVariance - 2 * overlap))
}
