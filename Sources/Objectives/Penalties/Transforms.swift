import Catalog
import Engine

/// A random change of samples that should not matter to the critic.
public struct Transform: Sendable {
  /// Whether samples must be images.
  public let needsImages: Bool
  /// The transformed batch; its random numbers come from streams with this prefix.
  public let apply: @Sendable (_ batch: Tensor, _ stream: String, Arguments) -> Tensor
}

/// The transforms that an experiment file can name.
public let transformTable = Table<Transform>(
  "transform",
  [
    Entry(
      EntryDescription(
        "noise", "Normal noise", formula: "x + deviation·N(0, I)",
        parameters: [.real("deviation", .positive, default: 0.05, "the standard deviation")]),
      Transform(needsImages: false) { batch, stream, arguments in
        batch + arguments.real("deviation") * batch.graph.draw(stream, .normal, batch.shape)
      }),
    Entry(
      EntryDescription(
        "flip-shift",
        "Images mirrored with probability ½ and shifted by whole pixels, zeros beyond the border",
        formula:
          "by −m … m pixels along each axis, all equally likely, m = ⌊shift·size⌋, at most 16",
        source: "1910.12027",
        parameters: [
          .real(
            "shift", .closed(0, 0.5), default: 0.125, "the largest shift as a part of the size"),
          .boolean("flip", default: true, "whether images are mirrored"),
        ]), Transform(needsImages: true, apply: flipShift)),
  ])

extension Parameter {
  /// The setting `transform`.
  static let transform = Parameter(
    "transform", .entry(transformTable.description), default: .text("noise"), "the change T")
}

private let flipShift: @Sendable (Tensor, String, Arguments) -> Tensor = {
  batch, stream, arguments in
  let count = batch.shape[0]
  let numbers = batch.graph.draw(stream, .uniform, [count, 3])
  func number(_ index: Int) -> Tensor {
    numbers.sliced(axis: 1, index..<index + 1).reshaped([count, 1, 1, 1])
  }
  var images = batch
  if arguments.boolean("flip"), batch.shape[2] > 1 {
    images = (number(0) - 0.5).step().select(images, mirrored(images))
  }
  for axis in [1, 2] {
    let reach = min(16, Int(arguments.real("shift") * Double(batch.shape[axis])))
    if reach > 0 { images = shifted(images, axis, reach, number(axis)) }
  }
  return images
}

/// Images with their columns in reverse order.
private func mirrored(_ images: Tensor) -> Tensor {
  let (columns, channels) = (images.shape[2], images.shape[3])
  let rows = images.permuted([0, 1, 3, 2])
  return rows.reshaped([images.count / columns, columns])
    .matmul(images.graph.reversal(columns))
    .reshaped([images.shape[0], images.shape[1], channels, columns]).permuted([0, 1, 3, 2])
}

/// Images moved along an axis, down or to the right, by ⌊(2·reach + 1)·number⌋ − reach pixels.
private func shifted(_ images: Tensor, _ axis: Int, _ reach: Int, _ number: Tensor) -> Tensor {
  let extent = images.shape[axis]
  let padded = images.padded(axis: axis, low: reach, high: reach)
  let scaled = Double(2 * reach + 1) * number
  func moved(_ steps: Int) -> Tensor {
    let start = 2 * reach - steps
    return padded.sliced(axis: axis, start..<start + extent)
  }
  return (1...2 * reach).reduce(moved(0)) { result, steps in
    (scaled - Double(steps)).step().select(moved(steps), result)
  }
}
