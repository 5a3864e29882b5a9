import Arrays
import Catalog
import Datasets
import Foundation
import Testing

@Suite struct DataFilesTests {
  private func decodingError(_ bytes: [UInt8]) -> String? {
    do {
      _ = try IDX.decode(bytes, path: "images")
      return nil
    } catch {
      return error.description
    }
  }

  @Test func readsIDX() throws {
    let bytes: [UInt8] = [0, 0, 8, 2, 0, 0, 0, 2, 0, 0, 0, 3, 1, 2, 3, 4, 5, 6]
    #expect(
      try IDX.decode(bytes, path: "x") == HostArray(shape: [2, 3], elements: [1, 2, 3, 4, 5, 6]))
  }

  @Test func refusesEveryTruncationOfAnIDXFile() {
    let bytes = idx([2, 3, 1], [1, 2, 3, 4, 5, 6])
    #expect(decodingError(bytes) == nil)
    for count in bytes.indices {
      #expect(
        decodingError(Array(bytes[..<count]))?.hasPrefix("images: ") == true, "\(count) bytes")
    }
    #expect(decodingError(bytes + [0])?.contains("7 bytes of elements") == true)
  }

  @Test func refusesOtherMagicNumbersAndSizes() {
    #expect(decodingError([1, 0, 8, 1, 0, 0, 0, 0])?.contains("not an IDX file") == true)
    #expect(decodingError([0, 0, 8, 0])?.contains("not an IDX file") == true)
    #expect(decodingError([0, 0, 13, 1, 0, 0, 0, 0])?.contains("type 13") == true)
    let huge = idx([Int](repeating: 0xffff_ffff, count: 3), [])
    #expect(decodingError(huge)?.contains("truncated or damaged") == true)
    let hugeButEmpty = idx([0xffff_ffff, 0xffff_ffff, 0xffff_ffff, 0], [])
    #expect(decodingError(hugeButEmpty)?.contains("truncated or damaged") == true)
  }

  @Test func saysThatSADDLE_DATANamesTheFolder() throws {
    let unset = refusal(.text("mnist"), dataFolder: nil)
    #expect(unset?.contains("set SADDLE_DATA") == true)
    let missing = refusal(.text("mnist"), dataFolder: "/nonexistent")
    #expect(missing?.hasPrefix("/nonexistent/mnist/train-images-idx3-ubyte.gz: no such") == true)
    #expect(missing?.contains("SADDLE_DATA must name") == true)
    #expect(missing?.contains("'saddle data fetch mnist'") == true)
    let archive = refusal(.text("cifar-10"), dataFolder: "/nonexistent")
    #expect(archive?.hasPrefix("/nonexistent/cifar-10/cifar-10-binary.tar.gz: no such") == true)
    let plain = refusal(.text("digits"), dataFolder: "/nonexistent")
    #expect(plain?.hasPrefix("/nonexistent/digits/optdigits.tra: no such") == true)
  }

  @Test(arguments: [
    "train-images-idx3-ubyte", "train-labels-idx1-ubyte", "t10k-images-idx3-ubyte",
    "t10k-labels-idx1-ubyte",
  ])
  func namesTheFileThatIsMissingOrDamaged(_ name: String) throws {
    let folder = try DataFolder(training: 4, heldOut: 4)
    #expect(refusal(.text("mnist"), dataFolder: folder.path) == nil)
    try folder.write([0, 0, 8], name)
    #expect(
      refusal(.text("mnist"), dataFolder: folder.path)?
        .hasPrefix("\(folder.path)/mnist/\(name): not an IDX file") == true)
    try folder.remove(name)
    #expect(
      refusal(.text("mnist"), dataFolder: folder.path)?
        .hasPrefix("\(folder.path)/mnist/\(name).gz: no such file") == true)
  }

  @Test func refusesFilesThatDoNotFitTogether() throws {
    let folder = try DataFolder(training: 4, heldOut: 4)
    let labels = "train-labels-idx1-ubyte"
    try folder.write(idx([5], [0, 1, 2, 3, 4]), labels)
    #expect(refusal(.text("mnist"), dataFolder: folder.path)?.contains("for 4 images") == true)
    try folder.write(idx([4], [0, 1, 2, 10]), labels)
    #expect(refusal(.text("mnist"), dataFolder: folder.path)?.contains("not 0 to 9") == true)
    try folder.write(idx([4], [0, 1, 2, 3]), labels)
    try folder.write(idx([1, 28, 29], [UInt8](repeating: 0, count: 812)), "t10k-images-idx3-ubyte")
    #expect(
      refusal(.text("mnist"), dataFolder: folder.path)?.contains("not [count, 28, 28]") == true)
  }

  @Test func refusesASelectionOfNothing() throws {
    let folder = try DataFolder(training: 4, heldOut: 4)
    let nine: Value = .map(["name": .text("mnist"), "digits": .list([.integer(9)])])
    #expect(refusal(nine, dataFolder: folder.path)?.contains("of the digits [9]") == true)
  }

  @Test func refusesASelectionOfOneImage() throws {
    let folder = try DataFolder(training: 12, heldOut: 11)
    func digits(_ digit: Int) -> Value {
      .map(["name": .text("mnist"), "digits": .list([.integer(digit)])])
    }
    #expect(refusal(digits(0), dataFolder: folder.path) == nil)
    #expect(
      refusal(digits(1), dataFolder: folder.path)
        == "the data set 'mnist' does not allow this: 1 image of "
        + "\(folder.path)/mnist/t10k-images-idx3-ubyte is of the digits [1], and at least 2 are "
        + "needed")
  }

  @Test func mistakesThatNeedNoData() throws {
    for (name, classes) in [
      ("mnist", "digits"), ("digits", "digits"), ("stacked-mnist", "digits"),
      ("cifar-10", "classes"), ("fashion-mnist", "classes"),
    ] {
      let one: Value = .map(["name": .text(name), "subset": .integer(1)])
      #expect(try objection(to: one)?.hasPrefix("a 'subset' of 1 training image;") == true)
      #expect(try objection(to: .map(["name": .text(name), "subset": .integer(2)])) == nil)
      func kept(_ numbers: [Int]) -> Value {
        .map(["name": .text(name), classes: .list(numbers.map(Value.integer))])
      }
      #expect(try objection(to: kept([1, 3, 1])) == "'\(classes)' has 1 more than once")
      #expect(try objection(to: kept([3, 1])) == nil)
    }
    let stars = Value.list([.text("star"), .text("star")])
    for name in ["glyphs", "stacked-glyphs"] {
      let value: Value = .map(["name": .text(name), "classes": stars])
      #expect(try objection(to: value) == "'classes' has star more than once")
    }
  }

  @Test func refusesEveryTruncationAndDamageOfAGzipFile() throws {
    let compressed: [UInt8] = [
      31, 139, 8, 0, 0, 0, 0, 0, 2, 255, 99, 96, 224, 96, 100, 96, 96, 96, 97, 102, 100, 97, 4, 0,
      83, 4, 229, 138, 12, 0, 0, 0,
    ]
    let folder = try DataFolder(training: 1, heldOut: 1)
    let path = "\(folder.path)/mnist/x.gz"
    func reason(_ bytes: [UInt8]) throws -> String? {
      try folder.write(bytes, "x.gz")
      do {
        _ = try IDX.read(contentsOf: path)
        return nil
      } catch {
        return error.description
      }
    }
    try folder.write(compressed, "x.gz")
    #expect(try IDX.read(contentsOf: path) == HostArray(shape: [4], elements: [3, 1, 4, 1]))
    for count in compressed.indices {
      let truncated = try reason(Array(compressed[..<count]))
      #expect(truncated?.hasPrefix(path) == true, "\(count) bytes")
    }
    for position in 10..<compressed.count {
      var damaged = compressed
      damaged[position] ^= 1
      let message = try reason(damaged)
      #expect(message?.hasPrefix(path) == true, "byte \(position)")
    }
    let extended = try reason(compressed + [0])
    #expect(extended?.contains("bytes follow") == true)
  }

  @Test func readsLinesOfDigits() throws {
    let folder = try DataFolder(training: 1, heldOut: 1)
    let line = (0..<64).map { String($0 % 17) }.joined(separator: ",")
    try folder.write(
      Array("\(line),7\n\(line),2\r\n\(line),2\r\n".utf8), "optdigits.tra", in: "digits")
    try folder.write(Array("\(line),7\n\(line),7".utf8), "optdigits.tes", in: "digits")
    let data = try dataset(.text("digits"), dataFolder: folder.path)
    #expect(data.trainingCount == 3)
    let heldOut = data.evaluationSamples(count: 1, split: .heldOut, seed: 1)
    let scaled: [Float] = (0..<64).map { Float($0 % 17) / 8 - 1 }
    #expect(heldOut.elements == scaled)

    // A line that goes from one file to the other makes other data.
    try folder.write(Array("\(line),7\n\(line),2\r\n".utf8), "optdigits.tra", in: "digits")
    try folder.write(
      Array("\(line),2\r\n\(line),7\n\(line),7".utf8), "optdigits.tes", in: "digits")
    #expect(try dataset(.text("digits"), dataFolder: folder.path).digest != data.digest)

    for damaged in ["\(line)", "\(line),10", "\(line),7,7", "17,\(line.dropFirst(2)),7", "x"] {
      try folder.write(Array("\(line),1\n\(damaged)\n".utf8), "optdigits.tes", in: "digits")
      let reason = refusal(.text("digits"), dataFolder: folder.path)
      #expect(reason?.contains("optdigits.tes: line 2 is not 64 numbers") == true, "\(damaged)")
    }
  }

  @Test func readsBatchesOfCIFAR() throws {
    let folder = try DataFolder(training: 1, heldOut: 1)
    let planes = (0..<3).flatMap { [UInt8](repeating: UInt8(100 * $0), count: 1024) }
    for batch in 1...5 {
      try folder.write([UInt8(batch)] + planes, "data_batch_\(batch).bin", in: "cifar-10")
    }
    try folder.write([0] + planes + [9] + planes, "test_batch.bin", in: "cifar-10")
    let data = try dataset(.text("cifar-10"), dataFolder: folder.path)
    #expect(data.sampleShape == [32, 32, 3])
    #expect(data.trainingCount == 5)
    let heldOut = data.evaluationSamples(count: 9, split: .heldOut, seed: 1)
    #expect(heldOut.shape == [2, 32, 32, 3])
    let pixel: [Float] = [-1, 100 / 127.5 - 1, 200 / 127.5 - 1]
    #expect(Array(heldOut.row(1)) == (0..<1024).flatMap { _ in pixel })
    #expect(data.classes?[9] == "truck")
    let labels = data.evaluationLabels(count: 9, split: .heldOut, seed: 1)
    #expect(labels?.sorted() == [0, 9])

    try folder.write([0] + planes.dropLast(), "test_batch.bin", in: "cifar-10")
    let truncated = refusal(.text("cifar-10"), dataFolder: folder.path)
    #expect(truncated?.contains("test_batch.bin: truncated or damaged: 3072 bytes") == true)
    try folder.write([10] + planes, "test_batch.bin", in: "cifar-10")
    let label = refusal(.text("cifar-10"), dataFolder: folder.path)
    #expect(label?.contains("record 1 is of class 10") == true)
  }

  @Test func readsTheArchiveOfCIFAR() throws {
    let folder = try DataFolder(training: 1, heldOut: 1)
    let name = "cifar-10-binary.tar.gz"
    let record = [UInt8](repeating: 5, count: 3073)
    let batches = (1...5).flatMap { tarMember("cifar-10-batches-bin/data_batch_\($0).bin", record) }
    let test = tarMember("cifar-10-batches-bin/test_batch.bin", record + record)
    let end = [UInt8](repeating: 0, count: 1024)
    try folder.write(batches + test + end, name, in: "cifar-10")
    let archived = try dataset(.text("cifar-10"), dataFolder: folder.path)
    #expect(archived.trainingCount == 5)
    #expect(archived.evaluationLabels(count: 9, split: .heldOut, seed: 1) == [5, 5])

    try folder.write(batches + end, name, in: "cifar-10")
    #expect(
      refusal(.text("cifar-10"), dataFolder: folder.path)
        == "\(folder.path)/cifar-10/\(name): holds no file cifar-10-batches-bin/test_batch.bin; "
        + "'saddle data fetch cifar-10' gets the published files")
    // Files beside the archive, as they are or in its folder, take the place of those in it.
    try folder.write(record + record, "test_batch.bin", in: "cifar-10/cifar-10-batches-bin")
    #expect(try dataset(.text("cifar-10"), dataFolder: folder.path).digest == archived.digest)
    let nine: [UInt8] = [9] + record.dropFirst()
    try folder.write(nine + nine, "test_batch.bin", in: "cifar-10")
    let mixed = try dataset(.text("cifar-10"), dataFolder: folder.path)
    #expect(mixed.evaluationLabels(count: 9, split: .heldOut, seed: 1) == [9, 9])
    try folder.write(Array((batches + end).dropLast(5000)), name, in: "cifar-10")
    #expect(
      refusal(.text("cifar-10"), dataFolder: folder.path)?.contains("truncated: its tar") == true)
  }

  @Test func refusesWhatIsNoRegularFile() throws {
    let folder = try DataFolder(training: 4, heldOut: 4)
    try folder.remove("train-images-idx3-ubyte")
    let path = "\(folder.path)/mnist/train-images-idx3-ubyte"
    #expect(mkfifo(path, 0o600) == 0)
    #expect(
      refusal(.text("mnist"), dataFolder: folder.path)
        == "\(path): not a regular file; 'saddle data fetch mnist' gets the published files")
  }

  @Test func imagesAreMadeAsTheSettingsSay() throws {
    let folder = try DataFolder(training: 30, heldOut: 20)
    let value: Value = .map([
      "name": .text("mnist"), "crop": .integer(20), "size": .integer(10), "colour": .text("rgb"),
      "subset": .integer(12),
    ])
    let data = try dataset(value, dataFolder: folder.path)
    #expect(data.sampleShape == [10, 10, 3])
    #expect(data.trainingCount == 12)
    let heldOut = data.evaluationSamples(count: 99, split: .heldOut, seed: 1)
    #expect(heldOut.shape == [20, 10, 10, 3])
    let bytes = heldOut.elements.map { Int((($0 + 1) * 127.5).rounded()) }
    #expect(Set(bytes) == Set(200..<220))
    let many: Value = .map(["name": .text("mnist"), "subset": .integer(31)])
    #expect(
      refusal(many, dataFolder: folder.path)
        == "the data set 'mnist' does not allow this: a subset of 31 of 30 training images")
  }
}
