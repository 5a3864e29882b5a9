import Arrays
import Catalog

/// The distribution of drawn symbols that an experiment file describes.
struct GlyphSet: Sendable {
  /// The height and width of the images in pixels.
  let size: Int
  /// The symbols of the classes, in the order of their labels; all equally likely.
  let shapes: [GlyphShape]
  /// How poses vary.
  let variation: GlyphVariation
  /// The standard deviation of the pixels' noise.
  let noise: Float

  /// Reads the settings of the table entry `glyphs`.
  init(_ arguments: Arguments) {
    let kept = arguments.list("classes").compactMap(\.asText)
    size = arguments.integer("size")
    shapes = GlyphShape.all.filter { kept.contains($0.name) }
    variation = GlyphVariation(
      rotation: arguments.real("rotation"), scale: arguments.real("scale"),
      shear: arguments.real("shear"), shift: arguments.real("shift"),
      thickness: arguments.real("thickness"), contrast: arguments.real("contrast"))
    noise = Float(arguments.real("noise"))
  }

  /// The data set of that distribution, under a table entry's name.
  func dataset(_ name: String) -> Dataset {
    .drawn(
      name, shape: [size, size, 1], classes: shapes.map(\.name),
      labels: { streams, count, step in
        let draws = GlyphDraws(self, streams, count: count)
        draws.prepare(step: step)
        return (0..<count).map(draws.label)
      },
      makeDraw: { streams, count in GlyphDraws(self, streams, count: count).fill })
  }
}
