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
    refusal(npy(), dataFolder: folder.path).map {
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
    let values = (0..<30).map { Float($0) * 7 - 50 }
    try write(.float32(HostArray(shape: [10, 3], elements: values)))
    let data = try dataset(npy(), dataFolder: folder.path)
    #expect(data.sampleShape == [3])
    #expect(data.trainingCount == 9)
    #expect(data.classes == nil && data.mixture == nil)
    #expect(try all(data).flatMap { $0 } == values)
    #expect(try dataset(npy(["heldOut": .real(0.5)]), dataFolder: folder.path).trainingCount == 5)
    #expect(try dataset(npy(["heldOut": .real(0)]), dataFolder: folder.path).trainingCount == 9)
    #expect(try dataset(npy(["subset": .integer(4)]), dataFolder: folder.path).trainingCount == 4)
  }

  @Test func imagesOfNumbersAndOfBytes() throws {
    try write(.float64(HostArray(shape: [2, 1, 2], elements: [-1, -0.5, 0.5, 1])))
    let numbers = try dataset(npy(), dataFolder: folder.path)
    #expect(numbers.sampleShape == [1, 2, 1])
    #expect(try all(numbers) == [[-1, -0.5], [0.5, 1]])
    try write(.uint8(HostArray(shape: [2, 1, 2], elements: [0, 255, 51, 0])))
    let bytes = try dataset(npy(), dataFolder: folder.path)
    #expect(try all(bytes) == [[-1, 1], [51 / 127.5 - 1, -1]])
    let resized = try dataset(npy(["size": .integer(1)]), dataFolder: folder.path)
    #expect(resized.sampleShape == [1, 1, 1])
  }

  @Test func channelsMayComeFirst() throws {
    // Two images of 1 × 2 pixels, their planes one after another.
    let elements: [UInt8] = [1, 2, 11, 12, 21, 22, 101, 102, 111, 112, 121, 122]
    try write(.uint8(HostArray(shape: [2, 3, 1, 2], elements: elements)))
    let first = try dataset(npy(["axes": .text("channels-first")]), dataFolder: folder.path)
    #expect(first.sampleShape == [1, 2, 3])
    let scaled: [[Float]] = [[1, 11, 21, 2, 12, 22], [101, 111, 121, 102, 112, 122]]
    #expect(try all(first) == scaled.map { $0.map { $0 / 127.5 - 1 } })
    #expect(reason()?.hasPrefix("images of 2 channels, not 1 or 3") == true)
    #expect(reason()?.hasSuffix("'axes' says where they are") == true)
  }

  @Test func refusesWhatIsNoData() throws {
    let two = [2, 2]
    try write(.int64(HostArray(shape: two, elements: [1, 2, 3, 4])))
    #expect(reason() == "whole numbers of int64; save it as uint8 or float32")
    try write(.uint8(HostArray(shape: two, elements: [1, 2, 3, 4])))
    #expect(reason() == "points of bytes; save them as float32")
    try write(.float32(HostArray(shape: two, elements: [1, 2, .nan, 4])))
    #expect(reason() == "sample 1 holds nan, which is not finite")
    try write(.float64(HostArray(shape: two, elements: [1, 1e300, 3, 4])))
    #expect(reason() == "sample 0 holds inf, which is not finite")
    try write(.float32(HostArray(shape: [2, 1, 1], elements: [1, -1.01])))
    #expect(reason() == "sample 1 holds -1.01, which is outside [−1, 1]")
    try write(.float32(HostArray(shape: [1, 2], elements: [1, 2])))
    #expect(reason()?.hasPrefix("1 samples; at least 2") == true)
    try write(.float32(HostArray(shape: [2], elements: [1, 2])))
    #expect(reason()?.hasPrefix("an array of shape [2], not") == true)
    try write(.float32(HostArray(shape: [2, 0], elements: [])))
    #expect(reason()?.hasPrefix("an array of shape [2, 0], not") == true)
    try folder.write(Array("text".utf8), "x.npy", in: "arrays")
    #expect(reason() == "not a .npy file")
    try write(.float32(HostArray(shape: [2, 1, 1], elements: [1, 1])))
    #expect(
      refusal(npy(["size": .integer(2)]), dataFolder: folder.path)?
        .contains("are for images of bytes") == true)
  }
}
