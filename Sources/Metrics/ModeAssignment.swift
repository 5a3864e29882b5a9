import Arrays

/// Which mode of a mixture each sample is nearest to, and which samples are of high quality.
struct ModeAssignment {
  /// How many samples there are.
  let count: Int
  /// For each mode, how many samples are nearest to it; ties go to the first.
  let nearest: [Int]
  /// For each mode, how many of those lie within the radius of its centre, the edge included.
  let highQuality: [Int]

  /// - Parameter radius: the distance up to which a sample is of high quality, in standard
  ///   deviations of a mode.
  init(_ samples: HostArray<Double>, _ mixture: Mixture, radius: Double) {
    let dimension = samples.rowCount
    let centres = mixture.centres.flatMap { $0 }
    let limit = radius * mixture.deviation
    var nearest = [Int](repeating: 0, count: mixture.centres.count)
    var highQuality = nearest
    samples.elements.withUnsafeBufferPointer { elements in
      centres.withUnsafeBufferPointer { centres in
        for row in 0..<samples.rows {
          var best = (mode: 0, distance: Double.infinity)
          for mode in nearest.indices {
            var distance = 0.0
            for k in 0..<dimension {
              let difference = elements[row * dimension + k] - centres[mode * dimension + k]
              distance += difference * difference
            }
            if distance < best.distance { best = (mode, distance) }
          }
          nearest[best.mode] += 1
          if best.distance <= limit * limit { highQuality[best.mode] += 1 }
        }
      }
    }
    count = samples.rows
    self.nearest = nearest
    self.highQuality = highQuality
  }
}
