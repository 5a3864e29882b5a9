import Arrays
import Catalog
import Crypto

extension Datasets {
  /// An array of images or points in NumPy's format.
  static let npy = Entry<DatasetBuilder>(
    EntryDescription(
      "npy",
      "an .npy file: images [n, h, w, c] or [n, h, w] of bytes or of numbers in [−1, 1], or points [n, d]",
      formula: "x = byte / 127.5 − 1; numbers as they are",
      parameters: [
        DataPath.parameter("file"),
        .choice(
          "axes", ["channels-last", "channels-first"], default: "channels-last",
          "order of the axes of images with four: [n, h, w, c] or [n, c, h, w]"),
        HeldOutShare.parameter,
      ] + ImageOptions.parameters,
      check: { ImageOptions($0).subsetRefusal })
  ) { arguments, dataFolder in
    let path = try DataPath.resolve(arguments.text("file"), dataFolder)
    return try ArrayFile(path, isChannelsFirst: arguments.text("axes") == "channels-first")
      .dataset(ImageOptions(arguments), HeldOutShare(arguments))
  }
}

/// Samples in an .npy file.
struct ArrayFile {
  private let path: String
  private let array: TypedArray
  private let isChannelsFirst: Bool
  private let digest: String

  /// Reads a file and checks its type and shape.
  init(_ path: String, isChannelsFirst: Bool) throws(DatasetError) {
    self.path = path
    self.isChannelsFirst = isChannelsFirst
    let bytes = try DataFile.bytes(of: path)
    digest = SHA256.hash(data: bytes).hexadecimal
    do {
      array = try NumPyArray.decode(bytes, file: path)
    } catch {
      throw .malformed(path: path, reason: error.reason)
    }
    guard (2...4).contains(array.shape.count), array.shape.dropFirst().allSatisfy({ $0 > 0 })
    else {
      throw .malformed(
        path: path,
        reason: "an array of shape \(array.shape), not [n, d], [n, h, w] or four axes of images")
    }
  }

  /// Both parts of the samples.
  func dataset(_ options: ImageOptions, _ heldOut: HeldOutShare) throws(DatasetError) -> Dataset {
    if let reason = heldOut.refusal(of: array.shape[0], "sample") {
      throw .malformed(path: path, reason: reason)
    }
    let parts = heldOut.parts(of: array.shape[0])
    guard let subset = options.positions(of: parts.train.count) else {
      throw .unsuitable(
        dataset: "npy", reason: "a subset of \(options.subset) of \(parts.train.count) samples")
    }
    let train = subset.map { parts.train[$0] }
    switch array {
    case .uint8(let bytes):
      let images = try images(bytes, options)
      return .stored(
        "npy", classes: nil, digest: digest,
        train: StoredSamples(options.applied(to: images.keeping(train))),
        heldOut: StoredSamples(options.applied(to: images.keeping(parts.heldOut))))
    case .float32, .float64:
      let samples = try numbers(array.floats, options)
      return .stored(
        "npy", classes: nil, digest: digest, train: StoredSamples(samples.keeping(train)),
        heldOut: StoredSamples(samples.keeping(parts.heldOut)))
    case .int32, .int64:
      throw .malformed(
        path: path, reason: "whole numbers of \(array.elementType); save it as uint8 or float32")
    }
  }

  private func images(
    _ bytes: HostArray<UInt8>, _ options: ImageOptions
  ) throws(DatasetError) -> LabelledImages {
    guard bytes.shape.count > 2 else {
      throw .malformed(path: path, reason: "points of bytes; save them as float32")
    }
    let pixels = try channelsLast(bytes)
    if let reason = options.refusal(height: pixels.shape[1], width: pixels.shape[2]) {
      throw .malformed(path: path, reason: reason)
    }
    return LabelledImages(pixels: pixels, labels: [], halfRange: 127.5)
  }

  private func numbers(
    _ values: HostArray<Float>, _ options: ImageOptions
  ) throws(DatasetError) -> HostArray<Float> {
    guard options.keepsImages else {
      throw .malformed(
        path: path, reason: "'crop', 'colour' and 'size' are for images of bytes: save it as uint8")
    }
    let isImage = values.shape.count > 2
    let limit: Float = isImage ? 1 : .greatestFiniteMagnitude
    if let index = values.elements.firstIndex(where: { !(abs($0) <= limit) }) {
      let value = values.elements[index]
      let rule = value.isFinite ? "outside [−1, 1]" : "not finite"
      throw .malformed(
        path: path, reason: "sample \(index / values.rowCount) holds \(value), which is \(rule)")
    }
    return isImage ? try channelsLast(values) : values
  }

  /// Images as `[n, height, width, channels]`, grey or red, green and blue.
  private func channelsLast<Element>(
    _ images: HostArray<Element>
  ) throws(DatasetError) -> HostArray<Element> {
    guard images.shape.count == 4 else {
      return HostArray(shape: images.shape + [1], elements: images.elements)
    }
    let channels = images.shape[isChannelsFirst ? 1 : 3]
    guard channels == 1 || channels == 3 else {
      throw .malformed(
        path: path,
        reason: "images of \(channels) channels, not 1 or 3, in an array of shape \(images.shape); "
          + "'axes' says where they are")
    }
    guard isChannelsFirst else { return images }
    let pixelCount = images.shape[2] * images.shape[3]
    var elements: [Element] = []
    elements.reserveCapacity(images.elements.count)
    for sample in 0..<images.rows {
      for pixel in 0..<pixelCount {
        for channel in 0..<channels {
          elements.append(images.elements[(sample * channels + channel) * pixelCount + pixel])
        }
      }
    }
    return HostArray(
      shape: [images.rows, images.shape[2], images.shape[3], channels], elements: elements)
  }
}

extension HostArray {
  /// The rows at some positions.
  fileprivate func keeping(_ positions: [Int]) -> HostArray {
    HostArray(
      shape: [positions.count] + shape.dropFirst(), elements: positions.flatMap { row($0) })
  }
}
