import Arrays
import Catalog

extension Datasets {
  /// Modes evenly on a circle.
  static let ring = ringEntry("ring", "Gaussian modes evenly on a circle", sigma: 0.01)

  /// The ring of eight wide modes.
  static let ring8 = ringEntry(
    "ring8", "the ring of 8 modes with σ 0.05, which small networks can cover", sigma: 0.05,
    presetOf: "ring")

  /// Modes on a square lattice.
  static let grid = gridEntry("grid", "Gaussian modes on a square lattice centred at the origin")

  /// The lattice of 25 modes.
  static let grid25 = gridEntry(
    "grid25", "the 5 × 5 lattice with spacing 2 and σ 0.05 of PacGAN", presetOf: "grid")

  private static func ringEntry(
    _ name: String, _ summary: String, sigma: Double, presetOf: String? = nil
  ) -> Entry<DatasetBuilder> {
    let description = EntryDescription(
      name, summary,
      formula: "x = r (cos 2πk/K, sin 2πk/K) + σε, k uniform on 0 … K−1, ε ~ N(0, I)",
      source: "1611.02163",
      parameters: [
        .integer("modes", 1...10_000, default: 8, "number of modes K"),
        .real("radius", .positive, default: 1, "radius r of the circle"),
        .real("sigma", .positive, default: sigma, "standard deviation σ of a mode along each axis"),
      ],
      presetOf: presetOf)
    return Entry(description) { arguments, _ in
      let modes = arguments.integer("modes")
      let radius = arguments.real("radius")
      let centres = (0..<modes).map { mode in
        let angle = 2 * Double(mode) / Double(modes)
        return [radius * Elementary.cosPi(angle), radius * Elementary.sinPi(angle)]
      }
      return mixtureDataset(
        "ring", Mixture(centres: centres, deviation: arguments.real("sigma")))
    }
  }

  private static func gridEntry(
    _ name: String, _ summary: String, presetOf: String? = nil
  ) -> Entry<DatasetBuilder> {
    let description = EntryDescription(
      name, summary,
      formula: "x = s (i − (n−1)/2, j − (n−1)/2) + σε, i and j uniform on 0 … n−1, ε ~ N(0, I)",
      source: "1712.04086",
      parameters: [
        .integer("side", 1...100, default: 5, "number n of modes along each axis"),
        .real("spacing", .positive, default: 2, "distance s of neighbouring modes"),
        .real("sigma", .positive, default: 0.05, "standard deviation σ of a mode along each axis"),
      ],
      presetOf: presetOf)
    return Entry(description) { arguments, _ in
      let side = arguments.integer("side")
      let spacing = arguments.real("spacing")
      let positions = (0..<side).map { spacing * (Double($0) - Double(side - 1) / 2) }
      let centres = positions.flatMap { x in positions.map { y in [x, y] } }
      return mixtureDataset(
        "grid", Mixture(centres: centres, deviation: arguments.real("sigma")))
    }
  }

  /// Draws the mode of point i from word i of the stream `mode` and its noise from numbers 2i and 2i + 1 of the
  /// stream `noise`.
  private static func mixtureDataset(_ name: String, _ mixture: Mixture) -> Dataset {
    let centres = mixture.centres.map { SIMD2(Float($0[0]), Float($0[1])) }
    let deviation = Float(mixture.deviation)
    return .drawn(name, shape: [2], mixture: mixture) { streams, count in
      let modes = streams.stream("mode")
      let noise = streams.stream("noise")
      let words = Scratch<UInt32>(repeating: 0, count: count)
      return { buffer, step in
        modes.fillBits(words.buffer, step: step)
        noise.fillNormal(buffer, step: step)
        for point in 0..<count {
          let mode = Int((UInt64(words.buffer[point]) * UInt64(centres.count)) >> 32)
          buffer[2 * point] = centres[mode].x + deviation * buffer[2 * point]
          buffer[2 * point + 1] = centres[mode].y + deviation * buffer[2 * point + 1]
        }
      }
    }
  }
}
