import Arrays
import Catalog
import Datasets
import Testing

@Suite struct StackedTests {
  /// Image i holds byte i and is of class i mod 10; those held out begin with byte 200.
  private let folder: DataFolder
  private let data: Dataset

  init() throws {
    folder = try DataFolder(training: 120, heldOut: 30)
    data = try dataset(.text("stacked-mnist"), dataFolder: folder.path)
  }

  /// The bytes of the three channels of each sample, every pixel of which must be the same.
  private func triples(_ elements: [Float]) throws -> [[Int]] {
    try stride(from: 0, to: elements.count, by: 3 * 784).map { start in
      let first = Array(elements[start..<(start + 3)])
      for pixel in stride(from: start, to: start + 3 * 784, by: 3) {
        try #require(Array(elements[pixel..<(pixel + 3)]) == first)
      }
      return first.map { Int((($0 + 1) * 127.5).rounded()) }
    }
  }

  @Test func channelsAreIndependentDigits() throws {
    #expect(data.sampleShape == [28, 28, 3])
    #expect(data.trainingCount == nil)
    #expect(data.trainingSamples(0..<1) == nil)
    // An epoch of each channel has every image once, in an order of its own.
    let epoch = try triples(data.minibatch(batch: 120, step: 0))
    for channel in 0..<3 { #expect(epoch.map { $0[channel] }.sorted() == Array(0..<120)) }
    #expect(epoch.map { $0[0] } != epoch.map { $0[1] })
    #expect(epoch.map { $0[1] } != epoch.map { $0[2] })
    let red = RandomStream(seed: 1, name: "data/red").permutation(120, step: 0)
    #expect(epoch.map { $0[0] } == red.map(Int.init))
  }

  @Test func batchesAreAFunctionOfSeedAndStep() throws {
    let source = data.batches(seed: 5, batch: 7)
    for step in [3, 0, 40, 3] {
      let batch = source.minibatch(step, of: 7 * 3 * 784)
      #expect(batch == data.minibatch(seed: 5, batch: 7, step: step))
    }
    #expect(
      data.minibatch(seed: 6, batch: 7, step: 0) != data.minibatch(seed: 5, batch: 7, step: 0))
  }

  @Test(arguments: Split.allCases) func labelsAreThreeDigits(_ split: Split) throws {
    let samples = data.evaluationSamples(count: 25, split: split, seed: 3)
    #expect(samples.shape == [25, 28, 28, 3])
    let bytes = try triples(samples.elements)
    let digits = bytes.map { $0.map { $0 % 10 } }
    let labels = try #require(data.evaluationLabels(count: 25, split: split, seed: 3))
    #expect(labels == digits.map { 100 * $0[0] + 10 * $0[1] + $0[2] })
    let classes = try #require(data.classes)
    #expect(classes.count == 1000 && classes[713] == "713")
    #expect(labels.map { classes[$0] } == digits.map { "\($0[0])\($0[1])\($0[2])" })
    #expect(bytes.allSatisfy { $0.allSatisfy { ($0 >= 200) == (split == .heldOut) } })
    let all = data.evaluationSamples(count: 1000, split: split, seed: 3)
    #expect(all.rows == (split == .train ? 120 : 30))
  }

  @Test func takesTheSettingsOfMNIST() throws {
    let value: Value = .map([
      "name": .text("stacked-mnist"), "size": .integer(14),
      "digits": .list([.integer(2), .integer(7)]),
    ])
    let small = try dataset(value, dataFolder: folder.path)
    #expect(small.sampleShape == [14, 14, 3])
    #expect(small.classes == ["222", "227", "272", "277", "722", "727", "772", "777"])
    #expect(refusal(.text("stacked-mnist"), dataFolder: nil)?.contains("'mnist'") == true)
  }

  @Test func threeColoursCannotBeStacked() throws {
    let value: Value = .map(["name": .text("stacked-mnist"), "colour": .text("rgb")])
    #expect(try objection(to: value) == "images of three channels cannot be stacked")
  }
}
