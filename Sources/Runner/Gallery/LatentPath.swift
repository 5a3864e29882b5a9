import Arrays

/// How one goes from a latent to another.
enum LatentPath: String, Codable {
  /// On the great circle, in steps of equal angle: points have lengths that latents of a rotationally symmetric
  /// distribution have, which points on a straight line have not (White, 2016, arXiv:1609.04468).
  case spherical
  /// On the straight line, which stays in the box to which a distribution is bounded.
  case linear

  /// The path that suits latents of the distribution called `distribution`.
  init(distribution: String) {
    self = ["uniform", "truncated"].contains(distribution) ? .linear : .spherical
  }

  /// Points at equal distances from `start` to `end`, both of them included to the last bit.
  ///
  /// - Parameter count: at least 2.
  func points(from start: [Double], to end: [Double], count: Int) -> [[Double]] {
    precondition(start.count == end.count && count > 1, "\(count) points")
    let angle = self == .spherical ? Self.angle(start, end) : 0
    let scale = Elementary.sinPi(angle)
    return (0..<count).map { index in
      let share = Double(index) / Double(count - 1)
      // Latents in one direction, or in opposite ones, have no great circle.
      guard scale > 1e-6 else { return Self.sum(1 - share, start, share, end) }
      return Self.sum(
        Elementary.sinPi((1 - share) * angle) / scale, start,
        Elementary.sinPi(share * angle) / scale, end)
    }
  }

  private static func sum(_ a: Double, _ x: [Double], _ b: Double, _ y: [Double]) -> [Double] {
    zip(x, y).map { a * $0 + b * $1 }
  }

  /// The angle between two vectors in units of π, by bisection of the cosine.
  private static func angle(_ x: [Double], _ y: [Double]) -> Double {
    func product(_ a: [Double], _ b: [Double]) -> Double {
      zip(a, b).reduce(0) { $0 + $1.0 * $1.1 }
    }
    let norms = (product(x, x) * product(y, y)).squareRoot()
    guard norms > 0 else { return 0 }
    let cosine = min(max(product(x, y) / norms, -1), 1)
    var (low, high) = (0.0, 1.0)
    for _ in 0..<60 {
      let middle = (low + high) / 2
      if Elementary.cosPi(middle) > cosine { low = middle } else { high = middle }
    }
    return (low + high) / 2
  }
}
