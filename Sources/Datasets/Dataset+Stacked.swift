import Arrays

extension Dataset {
  /// Colour images whose red, green and blue are three independent grey images of this data set.
  ///
  /// With k classes there are k³: that of the images of classes a, b and c is k²a + kb + c, so that ten give 1000
  /// modes of known labels. Each colour draws from streams of its own. Source: 1611.02163, 1712.04086.
  ///
  /// - Parameter name: the name of the table entry.
  func stacked(_ name: String) -> Dataset {
    precondition(sampleShape.count == 3 && sampleShape[2] == 1, "no grey images: \(sampleShape)")
    let shape = [sampleShape[0], sampleShape[1], colours.count]
    let pixelCount = sampleShape.reduce(1, *)
    let classCount = classes?.count ?? 0
    let grey = draws
    return Dataset(
      name: name, sampleShape: shape, mixture: nil, classes: classes.map(Self.triples),
      digest: digest, trainingCount: nil,
      draws: Draws(
        batches: { streams, batch in
          let sources = colours.map { grey.batches(streams.family($0), batch) }
          let plane = Scratch<Float>(repeating: 0, count: batch * pixelCount)
          return BatchSource(elementCount: colours.count * plane.buffer.count) { buffer, step in
            for (colour, source) in sources.enumerated() {
              source.fill(plane.buffer, step: step)
              write(UnsafeBufferPointer(plane.buffer), as: colour, to: buffer)
            }
          }
        },
        evaluation: { streams, count, split in
          let planes = colours.map { grey.evaluation(streams.family($0), count, split) }
          let rows = planes[0].rows
          var elements = [Float](repeating: 0, count: rows * pixelCount * colours.count)
          elements.withUnsafeMutableBufferPointer { buffer in
            for (colour, plane) in planes.enumerated() {
              plane.elements.withUnsafeBufferPointer { write($0, as: colour, to: buffer) }
            }
          }
          return HostArray(shape: [rows] + shape, elements: elements)
        },
        labels: { streams, count, split in
          let labels = colours.map { grey.labels(streams.family($0), count, split) }
          return labels[0].indices.map { sample in
            labels.reduce(0) { $0 * classCount + $1[sample] }
          }
        }))
  }

  /// The names of all triples of classes in the order of their labels: `circle-star-wave`.
  private static func triples(_ classes: [String]) -> [String] {
    classes.flatMap { a in classes.flatMap { b in classes.map { c in "\(a)-\(b)-\(c)" } } }
  }
}

/// The names of the colours' families of streams, in the order of the channels.
private let colours = ["red", "green", "blue"]

/// Writes grey images as one channel of as many colour images.
private func write(
  _ plane: UnsafeBufferPointer<Float>, as colour: Int,
  to images: UnsafeMutableBufferPointer<Float>
) {
  for pixel in plane.indices { images[colours.count * pixel + colour] = plane[pixel] }
}
