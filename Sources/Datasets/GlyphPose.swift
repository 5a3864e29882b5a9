import Arrays

/// Where and how one symbol is drawn, in coordinates in which the image is the square [−1, 1]².
struct GlyphPose: Sendable {
  /// The angle θ of the clockwise rotation, in half turns.
  let halfTurns: Double
  /// The radius r of the circle that holds the symbol.
  let size: Double
  /// The shear k along the symbol's own horizontal axis.
  let shear: Double
  /// The shift t.
  let shift: SIMD2<Double>
  /// The width of the strokes as a part of the image's side; in these coordinates, half of their width.
  let width: Double
  /// The level of the strokes.
  let foreground: Double
  /// The level of the background.
  let background: Double

  /// The map p ↦ A p + t of the symbol's coordinates, A = r R(θ) S(k) / ‖S(k)‖ with S(k) = (1 k; 0 1): divided
  /// by its largest singular value, the shear leaves no symbol's circle.
  var map: AffineMap {
    let norm = (abs(shear) + (shear * shear + 4).squareRoot()) / 2
    let factor = size / norm
    let cosine = factor * Elementary.cosPi(halfTurns)
    let sine = factor * Elementary.sinPi(halfTurns)
    return AffineMap(
      first: SIMD2(cosine, sine), second: SIMD2(shear * cosine - sine, shear * sine + cosine),
      offset: shift)
  }
}

/// The map (x, y) ↦ x·first + y·second + offset of the plane.
struct AffineMap: Sendable {
  let first: SIMD2<Double>
  let second: SIMD2<Double>
  let offset: SIMD2<Double>

  /// The image of a point.
  func callAsFunction(_ point: SIMD2<Double>) -> SIMD2<Double> {
    point.x * first + point.y * second + offset
  }

  /// This map, followed by a multiplication and a shift of both coordinates.
  func scaled(by factor: Double, plus constant: Double) -> AffineMap {
    AffineMap(
      first: factor * first, second: factor * second,
      offset: factor * offset + SIMD2(repeating: constant))
  }
}
