import Arrays
import Catalog
import Datasets
import Testing

@Suite struct ArrayFileTests {
  private let folder: DataFolder

  init() throws { folder = try DataFolder(training: 1, heldOut: 1) }

  private func write(_ array: TypedArray) throws {
    try folder.write(NumPyArray.encode(array), "x.npy", in: "arrays")
  }

  private func npy(_ settings: ValueMap = [:]) -> Value {
    var members: ValueMap = ["name": .text("npy"), "file": .text("arrays/x.npy")]
    members.merge(settings) { $1 }
    return .map(members)
  }

  private func reason() -> String? {
    refusal(npy(["heldOut": .real(0.5)]), dataFolder: folder.path).map {
      String($0.dropFirst("\(folder.path)/arrays/x.npy: ".count))
    }
  }

  /// All samples of a data set, a row each, in ascending order of their first element.
  private func all(_ data: Dataset) throws -> [[Float]] {
    let samples = [Split.train, .heldOut].map {
      data.evaluationSamples(count: 1000, split: $0, seed: 1)
    }
    return samples.flatMap { split in (0..<split.rows).map { Array(split.row($0)) } }
      .sorted { $0[0] < $1[0] }
  }

  @Test func pointsOfAnyDimension() throws {
    let values = (0..<60).map { Float($0) * 7 - 50 }
    try write(.float32(HostArray(shape: [20, 3], elements: values)))
    let data = try dataset(npy(), dataFolder: folder.path)
    #expect(data.sampleShape == [3])
    #expect(data.trainingCount == 18)
    #expect(data.classes == nil && data.mixture == nil)
    #expect(try all(data).flatMap { $0 } == values)
    #expect(try dataset(npy(["heldOut": .real(0.5)]), dataFolder: folder.path).trainingCount == 10)
    #expect(try dataset(npy(["subset": .integer(4)]), dataFolder: folder.path).trainingCount == 4)
  }

  @Test func imagesOfNumbersAndOfBytes() throws {
    let half = npy(["heldOut": .real(0.5)])
    try write(
      .float64(HostArray(shape: [4, 1, 2], elements: [-1, -0.5, 0, 0.25, 0.5, 1, 0.75, -1])))
    let numbers = try dataset(half, dataFolder: folder.path)
    #expect(numbers.sampleShape == [1, 2, 1])
    #expect(try all(numbers) == [[-1, -0.5], [0, 0.25], [0.5, 1], [0.75, -1]])
    try write(.uint8(HostArray(shape: [4, 1, 2], elements: [0, 255, 51, 0, 102, 0, 255, 51])))
    let bytes = try dataset(half, dataFolder: folder.path)
    let scaled: [[Float]] = [[0, 255], [51, 0], [102, 0], [255, 51]]
    #expect(try all(bytes) == scaled.map { $0.map { $0 / 127.5 - 1 } })
    let resized = try dataset(
      npy(["heldOut": .real(0.5), "size": .integer(1)]), dataFolder: folder.path)
    #expect(resized.sampleShape == [1, 1, 1])
  }

  @Test func channelsMayComeFirst() throws {
    // Four images of 1 × 2 pixels, their planes one after another.
    let one: [UInt8] = [1, 2, 11, 12, 21, 22]
    let elements = (0..<4).flatMap { image in one.map { $0 + UInt8(50 * image) } }
    try write(.uint8(HostArray(shape: [4, 3, 1, 2], elements: elements)))
    let settings: ValueMap = ["axes": .text("channels-first"), "heldOut": .real(0.5)]
    let first = try dataset(npy(settings), dataFolder: folder.path)
    #expect(first.sampleShape == [1, 2, 3])
    let last: [Float] = [1, 11, 21, 2, 12, 22]
    let scaled = (0..<4).map { image in last.map { ($0 + Float(50 * image)) / 127.5 - 1 } }
    #expect(try all(first) == scaled)
    #expect(reason()?.hasPrefix("images of 2 channels, not 1 or 3") == true)
    #expect(reason()?.hasSuffix("'axes' says where they are") == true)
  }

  @Test func refusesWhatIsNoData() throws {
    let points = [20, 1]
    try write(.int64(HostArray(shape: points, elements: Array(0..<20))))
    #expect(reason() == "whole numbers of int64; save it as uint8 or float32")
    try write(.uint8(HostArray(shape: points, elements: Array(0..<20))))
    #expect(reason() == "points of bytes; save them as float32")
    var numbers = [Float](repeating: 0.5, count: 20)
    numbers[13] = .nan
    try write(.float32(HostArray(shape: points, elements: numbers)))
    #expect(reason() == "sample 13 holds nan, which is not finite")
    var large = [Double](repeating: 1, count: 20)
    large[0] = 1e300
    try write(.float64(HostArray(shape: points, elements: large)))
    #expect(reason() == "sample 0 holds inf, which is not finite")
    numbers[13] = -1.01
    try write(.float32(HostArray(shape: [20, 1, 1], elements: numbers)))
    #expect(reason() == "sample 13 holds -1.01, which is outside [−1, 1]")
    try write(.float32(HostArray(shape: [2], elements: [1, 2])))
    #expect(reason()?.hasPrefix("an array of shape [2], not") == true)
    try write(.float32(HostArray(shape: [2, 0], elements: [])))
    #expect(reason()?.hasPrefix("an array of shape [2, 0], not") == true)
    try folder.write(Array("text".utf8), "x.npy", in: "arrays")
    #expect(reason() == "not a .npy file")
    try write(.float32(HostArray(shape: [20, 1, 1], elements: [Float](repeating: 1, count: 20))))
    #expect(
      refusal(npy(["size": .integer(2)]), dataFolder: folder.path)?
        .contains("are for images of bytes") == true)
  }

  @Test func bothPartsNeedTwoSamples() throws {
    func reason(_ count: Int, _ share: Double) throws -> String? {
      try write(.float32(HostArray(shape: [count, 1], elements: (0..<count).map { Float($0) })))
      let message = refusal(npy(["heldOut": .real(share)]), dataFolder: folder.path)
      return message.map { String($0.dropFirst("\(folder.path)/arrays/x.npy: ".count)) }
    }
    #expect(try reason(0, 0.5) == "0 samples; at least 4 are needed, 2 to be held out")
    #expect(try reason(1, 0.5) == "1 sample; at least 4 are needed, 2 to be held out")
    #expect(try reason(3, 0.5) == "3 samples; at least 4 are needed, 2 to be held out")
    #expect(try reason(4, 0.5) == nil)
    #expect(
      try reason(10, 0.1)
        == "of 10 samples, 'heldOut' 0.1 holds out 1 and leaves 9 for training; at least 2 of both "
        + "are needed")
    #expect(try reason(10, 0) == reason(10, 0.1)?.replacing("0.1", with: "0.0"))
    #expect(try reason(10, 0.95)?.contains("holds out 9 and leaves 1 for training") == true)
    #expect(try reason(10, 0.2) == nil)
    #expect(try reason(15, 0.1) == nil)
  }

  @Test func aFileThatIsNotThereIsNotDamaged() throws {
    do {
      _ = try dataset(npy(), dataFolder: folder.path)
      Issue.record("data without a file")
    } catch let error as DatasetError {
      #expect(error.description == "\(folder.path)/arrays/x.npy: no such file")
      #expect(error.isAbsence)
    }
    try folder.write(Array("text".utf8), "x.npy", in: "arrays")
    let error = #expect(throws: DatasetError.self) {
      try dataset(npy(), dataFolder: folder.path)
    }
    #expect(error?.isAbsence == false)
  }
}
