/// How far drawn symbols vary, each range 0 when it is switched off.
struct GlyphVariation: Sendable {
  /// The largest rotation to either side in degrees.
  let rotation: Double
  /// The largest part of its size by which a symbol is smaller.
  let scale: Double
  /// The largest shear to either side: by how many of its heights the top moves against the bottom.
  let shear: Double
  /// The largest shift along each axis, as a part of the image's side.
  let shift: Double
  /// The largest part of the usual width by which a stroke is wider or narrower.
  let thickness: Double
  /// How far the levels of strokes and background come towards each other, each from its end of [−1, 1].
  let contrast: Double

  /// The usual width of a stroke as a part of the image's side.
  private static let width = 0.1

  /// The radius of the circle that holds a symbol at scale 1, in half sides of the image: what is left when
  /// the largest shift and the widest stroke must stay inside of the image.
  var radius: Double { 1 - 2 * shift - Self.width * (1 + thickness) }

  /// The number of uniform numbers that a pose is made of.
  static let drawCount = 8

  /// The pose that eight uniform numbers in (0, 1) give.
  func pose(_ uniforms: UnsafeBufferPointer<Float>) -> GlyphPose {
    precondition(uniforms.count == Self.drawCount, "\(uniforms.count) numbers for a pose")
    func part(_ index: Int) -> Double { Double(uniforms[index]) }
    func side(_ index: Int) -> Double { 2 * part(index) - 1 }
    return GlyphPose(
      halfTurns: rotation / 180 * side(0),
      size: radius * (1 - scale * part(1)),
      shear: shear * side(2),
      shift: 2 * shift * SIMD2(side(3), side(4)),
      width: Self.width * (1 + thickness * side(5)),
      foreground: 1 - contrast * part(6),
      background: -1 + contrast * part(7))
  }
}
