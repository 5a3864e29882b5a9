import Catalog

extension Datasets {
  /// Drawn symbols of ten classes.
  static let glyphs = Entry<DatasetBuilder>(
    EntryDescription(
      "glyphs", "ten drawn symbols in grey, each time in another pose, width and contrast",
      formula:
        "x = min(max(b + (f − b)·c + σε, −1), 1), c the part of a pixel under strokes at A p + t, "
        + "A = r R(θ) S(k) / ‖S(k)‖, S(k) = (1 k; 0 1), ε ~ N(0, I)",
      parameters: glyphParameters,
      check: { ClassChoice.refusal("classes", $0) })
  ) { arguments, _ in
    GlyphSet(arguments).dataset("glyphs")
  }

  /// Triples of drawn symbols.
  static let stackedGlyphs = Entry<DatasetBuilder>(
    EntryDescription(
      "stacked-glyphs",
      "three independent glyphs as the colours of one image: 1000 classes",
      formula: "x = (a, b, c) channel by channel; class 100a + 10b + c",
      source: "1611.02163", parameters: glyphParameters,
      check: { ClassChoice.refusal("classes", $0) })
  ) { arguments, _ in
    .stacked("stacked-glyphs", GlyphSet(arguments).dataset("glyphs"))
  }

  /// The settings of drawn symbols.
  static let glyphParameters: [Parameter] = {
    let names = GlyphShape.all.map(\.name)
    return [
      .integer("size", 8...64, default: 16, "height and width in pixels"),
      Parameter(
        "classes", .list(.choice(names), count: 1...names.count),
        default: .list(names.map(Value.text)), "the symbols to keep"),
      .real("rotation", .closed(0, 180), default: 20, "largest angle to either side in degrees"),
      .real("scale", .closed(0, 0.5), default: 0.2, "largest part of its size that a symbol loses"),
      .real("shear", .closed(0, 0.5), default: 0.2, "largest shear to either side"),
      .real("shift", .closed(0, 0.2), default: 0.05, "largest shift, as a part of the side"),
      .real(
        "thickness", .closed(0, 0.5), default: 0.2,
        "largest part by which a stroke is wider or narrower than a tenth of the side"),
      .real(
        "contrast", .closed(0, 0.9), default: 0.2,
        "how far the levels of strokes and background may come from 1 and −1"),
      .real("noise", .closed(0, 1), default: 0.05, "standard deviation σ of each pixel's noise"),
    ]
  }()
}
