import Arrays
import Datasets
import Records

/// What a few latents become from initialization to the end of training, for a person to look at: bytes of images at
/// eleven evenly spaced moments.
struct SampleProgress {
  /// The most latents; the first of those that evaluation takes.
  private static let latents = 8
  /// The most bytes of a run's images: large ones are fewer, one at least.
  private static let largestSize = 3 << 19

  /// The generator steps at which images are taken.
  let steps: [Int]
  /// The images of the moments so far: each named by its step, of shape `[latents, height, width, channels]`.
  var entries: [Safetensors.Entry] = []
  private let count: Int

  /// The progress of a run of so many generator steps; nil for data that are not images.
  init?(of sampleShape: [Int], steps: Int) {
    guard ImageShape.isShown(sampleShape) else { return nil }
    self.steps = Snapshots.moments(of: steps)
    let size = sampleShape.reduce(1, *) * self.steps.count
    count = min(max(Self.largestSize / size, 1), Self.latents)
  }

  /// Draws the images of this moment if it is one of `steps`.
  mutating func take(_ step: Int, _ sampler: Sampler) {
    guard steps.contains(step) else { return }
    entries.append(Safetensors.Entry("\(step)", .uint8(imageBytes(sampler(count)))))
  }

  /// The file of the run's record: an array of shape `[moments, latents, height, width, channels]`. Nil where a moment up
  /// to the last finite step is missing, since the run was begun by an earlier version.
  func file(until last: Int) -> Store.File? {
    let moments = steps.filter { $0 <= last }
    // Files of checkpoints have an order of their own.
    let images = moments.compactMap { step in entries.first { $0.name == "\(step)" }?.array }
    guard images.count == moments.count, let first = images.first else { return nil }
    let elements = images.flatMap { image -> [UInt8] in
      if case .uint8(let array) = image { array.elements } else { [] }
    }
    let shape = [moments.count] + first.shape
    guard elements.count == shape.reduce(1, *) else { return nil }
    return (
      RunFiles.progress,
      NumPyArray.encode(.uint8(HostArray(shape: shape, elements: elements)))
    )
  }
}

/// Which samples can be shown as images.
enum ImageShape {
  /// Whether samples of this shape are images of one or three channels, `[height, width, channels]`.
  static func isShown(_ shape: [Int]) -> Bool {
    shape.count == 3 && (shape[2] == 1 || shape[2] == 3)
  }
}
