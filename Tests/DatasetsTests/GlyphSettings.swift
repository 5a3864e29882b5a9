import Catalog

@testable import Datasets

/// Every range at its largest: the farthest poses.
let farthest: ValueMap = [
  "rotation": .real(180), "scale": .real(0.5), "shear": .real(0.5), "shift": .real(0.2),
  "thickness": .real(0.5), "contrast": .real(0.9),
]

/// No variation at all: each class is one image.
let still: ValueMap = [
  "rotation": .real(0), "scale": .real(0), "shear": .real(0), "shift": .real(0),
  "thickness": .real(0), "contrast": .real(0), "noise": .real(0),
]

let glyphNames = GlyphShape.all.map(\.name)

/// What an experiment file says for drawn symbols of some settings.
func setting(_ name: String, _ settings: ValueMap) -> Value {
  .map(settings.merging(["name": .text(name)]) { $1 })
}

func glyphs(_ settings: ValueMap = [:]) throws -> Dataset {
  try dataset(setting("glyphs", settings))
}

/// The distribution that `glyphs` of these settings draws from, to ask for classes and poses.
func glyphSet(_ settings: ValueMap) -> GlyphSet {
  let complete = ParameterType.entry(Datasets.table.description)
    .complete(setting("glyphs", settings))
  return GlyphSet(Datasets.table.selection(complete).arguments)
}
