import Arrays
import Catalog

extension Datasets {
  /// A spiral in the plane: columns 0 and 2 of the usual roll in space.
  static let swissRoll = Entry<DatasetBuilder>(
    EntryDescription(
      "swiss-roll", "a noisy spiral: the usual roll in space without its long axis, scaled down",
      formula:
        "x = (t (cos t, sin t) + σε) / s, t = 1.5π (1 + 2u), u uniform on (0, 1), ε ~ N(0, I)",
      source: "1704.00028",
      parameters: [
        .real(
          "noise", .nonnegative, default: 0.25, "standard deviation σ of the noise along each axis"),
        .real("scale", .positive, default: 7.5, "divisor s of all coordinates"),
      ])
  ) { arguments, _ in
    let deviation = arguments.real("noise")
    let scale = arguments.real("scale")
    return .drawn("swiss-roll", shape: [2]) { streams, count in
      let positions = streams.stream("position")
      let noise = streams.stream("noise")
      let uniforms = Scratch<Float>(repeating: 0, count: count)
      return { buffer, step in
        positions.fillUniform(uniforms.buffer, step: step)
        noise.fillNormal(buffer, step: step)
        for point in 0..<count {
          let turns = 1.5 * (1 + 2 * Double(uniforms.buffer[point]))
          let angle = Double.pi * turns
          let x = angle * Elementary.cosPi(turns) + deviation * Double(buffer[2 * point])
          let y = angle * Elementary.sinPi(turns) + deviation * Double(buffer[2 * point + 1])
          buffer[2 * point] = Float(x / scale)
          buffer[2 * point + 1] = Float(y / scale)
        }
      }
    }
  }
}
