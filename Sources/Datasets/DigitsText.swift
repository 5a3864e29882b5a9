import Arrays

extension ImageSet {
  /// Small handwritten digits, which train in seconds.
  static let digits = ImageSet(
    published: .digits,
    summary: "handwritten digits, 8 × 8 grey, 3,823 for training, 1,797 held out (optdigits)",
    source: "Alpaydin, Kaynak, UCI Machine Learning Repository, doi:10.24432/C50P49",
    classes: "digits", classNames: (0...9).map(String.init), shape: [8, 8, 1], halfRange: 8,
    read: readDigits)
}

/// Reads a split of optdigits: a line of 64 pixels 0 to 16 and the class 0 to 9, separated by commas, per image.
@Sendable private func readDigits(
  _ split: Split, _ folder: inout DataFolder
) throws(DatasetError) -> ClassedImages {
  // Where one file ends and the other begins, which their lines alone do not say.
  folder.note(split == .train ? "training\n" : "held out\n")
  let file = try folder.read(split == .train ? "optdigits.tra" : "optdigits.tes")
  var pixels: [UInt8] = []
  var labels: [UInt8] = []
  let lines = file.bytes.split(omittingEmptySubsequences: true) { byte in
    byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r")
  }
  for (index, line) in lines.enumerated() {
    let numbers = line.split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false)
      .compactMap { UInt8(String(decoding: $0, as: UTF8.self)) }
    guard numbers.count == 65, numbers[..<64].allSatisfy({ $0 <= 16 }), numbers[64] <= 9 else {
      throw .malformed(
        path: file.path,
        reason: "line \(index + 1) is not 64 numbers from 0 to 16 and a class from 0 to 9")
    }
    pixels += numbers[..<64]
    labels.append(numbers[64])
  }
  return ClassedImages(
    path: file.path, pixels: HostArray(shape: [labels.count, 8, 8, 1], elements: pixels),
    classes: labels)
}
