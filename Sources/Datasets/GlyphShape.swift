import Arrays

/// A symbol as strokes without width, inside the unit circle around the origin; y points down, as rows do.
struct GlyphShape: Sendable {
  /// The name of its class.
  let name: String
  /// Straight pieces of its strokes, none of length zero; arcs are sampled finely enough for 64 × 64 pixels.
  let segments: [Segment]

  /// A straight piece of a stroke.
  struct Segment: Sendable {
    let start: SIMD2<Double>
    let end: SIMD2<Double>
  }

  /// Joins strokes, each the points that it goes through.
  private init(_ name: String, _ strokes: [SIMD2<Double>]...) {
    self.name = name
    segments = strokes.flatMap { points in
      zip(points, points.dropFirst()).map(Segment.init)
    }
  }
}

extension GlyphShape {
  /// The ten symbols, the letter an H; none is another one turned, so that they are told apart at every angle.
  static let all = [
    GlyphShape("circle", arc(through: 48) { turn in onCircle(0.9, turn) }),
    GlyphShape("triangle", polygon([1], corners: 3)),
    GlyphShape("square", polygon([1], corners: 4, turned: 0.125)),
    GlyphShape("cross", [[-0.7, -0.7], [0.7, 0.7]], [[-0.7, 0.7], [0.7, -0.7]]),
    GlyphShape("arrow", [[0, 1], [0, -1]], [[-0.65, -0.3], [0, -1], [0.65, -0.3]]),
    GlyphShape("star", polygon([1, 0.42], corners: 10)),
    GlyphShape(
      "spiral", arc(through: 48) { part in onCircle(0.12 + 0.88 * part, 1.5 * part) }),
    GlyphShape(
      "wave",
      arc(through: 32) { part in [2 * part - 1, -0.55 * Elementary.sinPi(3 * part)] }),
    GlyphShape("bars", [[-0.8, -0.55], [0.8, -0.55]], [[-0.8, 0.55], [0.8, 0.55]]),
    GlyphShape(
      "letter", [[-0.6, -0.8], [-0.6, 0.8]], [[0.6, -0.8], [0.6, 0.8]], [[-0.6, 0], [0.6, 0]]),
  ]

  /// The point at a radius, a number of turns clockwise from the top.
  private static func onCircle(_ radius: Double, _ turns: Double) -> SIMD2<Double> {
    [radius * Elementary.sinPi(2 * turns), -radius * Elementary.cosPi(2 * turns)]
  }

  /// A closed stroke through corners at equal angles, whose radii repeat; the first is at the top unless turned.
  private static func polygon(
    _ radii: [Double], corners: Int, turned: Double = 0
  ) -> [SIMD2<Double>] {
    (0...corners).map { corner in
      onCircle(radii[corner % radii.count], turned + Double(corner % corners) / Double(corners))
    }
  }

  /// A stroke through points of a curve at `count` + 1 equal steps of its parameter from 0 to 1.
  private static func arc(
    through count: Int, _ curve: (Double) -> SIMD2<Double>
  ) -> [SIMD2<Double>] {
    (0...count).map { curve(Double($0) / Double(count)) }
  }
}
