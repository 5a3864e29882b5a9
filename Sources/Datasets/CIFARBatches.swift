import Arrays

extension ImageSet {
  /// Small colour photographs.
  static let cifar10 = ImageSet(
    published: .cifar10,
    summary:
      "photographs of ten kinds of things, 32 × 32 colour, 50,000 for training, 10,000 held out",
    source: "Krizhevsky, Learning Multiple Layers of Features from Tiny Images, 2009",
    classes: "classes",
    classNames: [
      "airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck",
    ],
    shape: [32, 32, 3], halfRange: 127.5, read: readBatches)
}

/// Reads a split of CIFAR-10's binary version: records of a class and the red, green and blue planes.
@Sendable private func readBatches(
  _ split: Split, _ folder: inout DataFolder
) throws(DatasetError) -> ClassedImages {
  let names =
    split == .train ? (1...5).map { "data_batch_\($0).bin" } : ["test_batch.bin"]
  let planeCount = 32 * 32
  let recordCount = 1 + 3 * planeCount
  var pixels: [UInt8] = []
  var labels: [UInt8] = []
  // Runs on records as they are, a plane after another, are other runs.
  folder.note("height, width, channels")
  for name in names {
    let (path, bytes) = try folder.read(name)
    guard !bytes.isEmpty, bytes.count % recordCount == 0 else {
      throw .malformed(
        path: path,
        reason: "truncated or damaged: \(bytes.count) bytes are no multiple of \(recordCount)")
    }
    for start in stride(from: 0, to: bytes.count, by: recordCount) {
      guard bytes[start] <= 9 else {
        throw .malformed(
          path: path, reason: "record \(start / recordCount + 1) is of class \(bytes[start])")
      }
      labels.append(bytes[start])
      for red in (start + 1)...(start + planeCount) {
        pixels.append(bytes[red])
        pixels.append(bytes[red + planeCount])
        pixels.append(bytes[red + 2 * planeCount])
      }
    }
  }
  return ClassedImages(
    path: folder.path + "/" + names[0],
    pixels: HostArray(shape: [labels.count, 32, 32, 3], elements: pixels), classes: labels)
}
