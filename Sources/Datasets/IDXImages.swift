import Arrays

extension ImageSet {
  /// Handwritten digits.
  static let mnist = idx(
    .mnist, "handwritten digits, 28 × 28 grey, 60,000 for training, 10,000 held out",
    source: "LeCun, Bottou, Bengio, Haffner, Proc. IEEE 86, 1998", classes: "digits",
    classNames: (0...9).map(String.init))

  /// Clothes.
  static let fashionMNIST = idx(
    .fashionMNIST,
    "photographs of clothes, 28 × 28 grey, 60,000 for training, 10,000 held out",
    source: "1708.07747", classes: "classes",
    classNames: [
      "T-shirt/top", "trouser", "pullover", "dress", "coat", "sandal", "shirt", "sneaker", "bag",
      "ankle boot",
    ])

  private static func idx(
    _ published: PublishedSet, _ summary: String, source: String, classes: String,
    classNames: [String]
  ) -> ImageSet {
    ImageSet(
      published: published, summary: summary, source: source, classes: classes,
      classNames: classNames,
      shape: [28, 28, 1], halfRange: 127.5, read: readIDX)
  }
}

/// Reads the two IDX files of a split: 28 × 28 images of bytes, and their classes.
@Sendable private func readIDX(
  _ split: Split, _ folder: inout DataFolder
) throws(DatasetError) -> ClassedImages {
  let prefix = split == .train ? "train" : "t10k"
  let imageFile = try folder.read(prefix + "-images-idx3-ubyte")
  let labelFile = try folder.read(prefix + "-labels-idx1-ubyte")
  let images = try IDX.decode(imageFile.bytes, path: imageFile.path)
  let labels = try IDX.decode(labelFile.bytes, path: labelFile.path)
  guard images.shape.count == 3, images.shape[1] == 28, images.shape[2] == 28 else {
    throw .malformed(
      path: imageFile.path, reason: "images of shape \(images.shape), not [count, 28, 28]")
  }
  guard labels.shape == [images.rows] else {
    throw .malformed(
      path: labelFile.path, reason: "labels of shape \(labels.shape) for \(images.rows) images")
  }
  guard let largest = labels.elements.max(), largest <= 9 else {
    throw .malformed(path: labelFile.path, reason: "no labels, or labels that are not 0 to 9")
  }
  return ClassedImages(
    path: imageFile.path,
    pixels: HostArray(shape: images.shape + [1], elements: images.elements),
    classes: labels.elements)
}
