import Arrays
import Catalog
import Datasets
import Foundation
import Testing

/// The index of each image of a minibatch, whose pixels all hold that index as a byte.
private func indices(_ elements: [Float]) throws -> [Int] {
  try stride(from: 0, to: elements.count, by: 784).map { start in
    let image = elements[start..<(start + 784)]
    let value = try #require(image.first)
    #expect(image.allSatisfy { $0 == value })
    return Int(((value + 1) * 127.5).rounded())
  }
}

@Suite struct StoredImagesTests {
  @Test func anEpochVisitsEachImageOnce() throws {
    let folder = try DataFolder(training: 12, heldOut: 3)
    let data = try dataset(.text("mnist"), dataFolder: folder.path)
    #expect(data.sampleShape == [28, 28, 1])
    #expect(data.trainingCount == 12)
    #expect(data.mixture == nil)
    let source = data.batches(seed: 1, batch: 4)
    var epochs: [[Int]] = []
    for epoch in 0..<20 {
      let visited = try (0..<3).flatMap { step in
        try indices(source.minibatch(3 * epoch + step, of: 4 * 784))
      }
      #expect(visited.sorted() == Array(0..<12))
      let permutation = RandomStream(seed: 1, name: "data").permutation(12, step: epoch)
      #expect(visited == permutation.map(Int.init))
      epochs.append(visited)
    }
    #expect(Set(epochs).count == 20)
  }

  @Test func aRemainderStaysUnseenUntilTheNextEpoch() throws {
    let folder = try DataFolder(training: 11, heldOut: 3)
    let data = try dataset(.text("mnist"), dataFolder: folder.path)
    let source = data.batches(seed: 1, batch: 4)
    for epoch in 0..<10 {
      let visited = try (0..<2).flatMap { step in
        try indices(source.minibatch(2 * epoch + step, of: 4 * 784))
      }
      #expect(Set(visited).count == 8)
    }
  }

  @Test func aBatchLargerThanTheDataRepeatsEvenly() throws {
    let folder = try DataFolder(training: 3, heldOut: 3)
    let data = try dataset(.text("mnist"), dataFolder: folder.path)
    let visited = try indices(data.minibatch(batch: 8, step: 5))
    let counts = (0..<3).map { index in visited.filter { $0 == index }.count }
    #expect(counts.sorted() == [2, 3, 3])
  }

  @Test func batchesAreAFunctionOfSeedAndStep() throws {
    let folder = try DataFolder(training: 50, heldOut: 3)
    let data = try dataset(.text("mnist"), dataFolder: folder.path)
    let source = data.batches(seed: 8, batch: 7)
    let steps = [40, 0, 13, 14, 6, 7, 13, 0, 41]
    let out = steps.map { source.minibatch($0, of: 7 * 784) }
    for (step, batch) in zip(steps, out) {
      #expect(batch == data.minibatch(seed: 8, batch: 7, step: step))
    }
    #expect(out[1] != out[2])
    #expect(data.minibatch(seed: 9, batch: 7, step: 0) != out[1])
  }

  @Test func evaluationDrawsEachImageOfItsSplitAtMostOnce() throws {
    let folder = try DataFolder(training: 40, heldOut: 20)
    let data = try dataset(.text("mnist"), dataFolder: folder.path)
    let train = data.evaluationSamples(count: 30, split: .train, seed: 1)
    #expect(train.shape == [30, 28, 28, 1])
    let chosen = try indices(train.elements)
    #expect(Set(chosen).count == 30)
    #expect(chosen.allSatisfy { $0 < 40 })
    #expect(chosen != chosen.sorted())
    let heldOut = data.evaluationSamples(count: 1000, split: .heldOut, seed: 1)
    #expect(heldOut.shape == [20, 28, 28, 1])
    #expect(try indices(heldOut.elements).sorted() == Array(200..<220))
    #expect(train == data.evaluationSamples(count: 30, split: .train, seed: 1))
    #expect(train != data.evaluationSamples(count: 30, split: .train, seed: 2))
  }

  @Test func keepsTheChosenDigits() throws {
    let folder = try DataFolder(training: 40, heldOut: 20)
    let value: Value = .map([
      "name": .text("mnist"), "digits": .list([.integer(3), .integer(7)]),
    ])
    let data = try dataset(value, dataFolder: folder.path)
    #expect(data.trainingCount == 8)
    let train = data.evaluationSamples(count: 99, split: .train, seed: 1).elements
    #expect(try indices(train).sorted() == [3, 7, 13, 17, 23, 27, 33, 37])
    let heldOut = data.evaluationSamples(count: 99, split: .heldOut, seed: 1).elements
    #expect(try indices(heldOut).sorted() == [203, 207, 213, 217])
    #expect(try dataset(.text("mnist"), dataFolder: folder.path).digest == data.digest)
    #expect(data.classes == ["3", "7"])
  }

  @Test func labelsFollowTheSamples() throws {
    let folder = try DataFolder(training: 40, heldOut: 20)
    let all = try dataset(.text("mnist"), dataFolder: folder.path)
    let value: Value = .map([
      "name": .text("mnist"), "digits": .list([.integer(7), .integer(3)]),
    ])
    let some = try dataset(value, dataFolder: folder.path)
    for split in Split.allCases {
      let bytes = try indices(all.evaluationSamples(count: 15, split: split, seed: 4).elements)
      let labels = all.evaluationLabels(count: 15, split: split, seed: 4)
      #expect(labels == bytes.map { $0 % 10 })
      let kept = try indices(some.evaluationSamples(count: 15, split: split, seed: 4).elements)
      let names = some.evaluationLabels(count: 15, split: split, seed: 4)?
        .map { some.classes?[$0] }
      #expect(names == kept.map { String($0 % 10) })
    }
    #expect(try dataset(.text("ring8")).evaluationLabels(count: 1, split: .train, seed: 1) == nil)
  }

  @Test func trainingSamplesComeInTheirOwnOrder() throws {
    let folder = try DataFolder(training: 40, heldOut: 20)
    let data = try dataset(.text("mnist"), dataFolder: folder.path)
    let samples = try #require(data.trainingSamples(10..<13))
    #expect(samples.shape == [3, 28, 28, 1])
    #expect(try indices(samples.elements) == [10, 11, 12])
    #expect(try dataset(.text("ring8")).trainingSamples(0..<1) == nil)
  }

  @Test func theDigestFollowsTheContentNotTheCompression() throws {
    // gzip of the labels 3, 1, 4, 1 as Python's gzip module writes it.
    let compressed: [UInt8] = [
      31, 139, 8, 0, 0, 0, 0, 0, 2, 255, 99, 96, 224, 96, 100, 96, 96, 96, 97, 102, 100, 97, 4, 0,
      83, 4, 229, 138, 12, 0, 0, 0,
    ]
    let folder = try DataFolder(training: 4, heldOut: 2)
    try folder.write(idx([4], [3, 1, 4, 1]), "train-labels-idx1-ubyte")
    let plain = try dataset(.text("mnist"), dataFolder: folder.path).digest
    try folder.remove("train-labels-idx1-ubyte")
    try folder.write(compressed, "train-labels-idx1-ubyte.gz")
    #expect(try dataset(.text("mnist"), dataFolder: folder.path).digest == plain)
    try folder.write(idx([4], [3, 1, 4, 2]), "train-labels-idx1-ubyte")
    let changed = try dataset(.text("mnist"), dataFolder: folder.path).digest
    #expect(changed != plain)
    #expect(changed.utf8.count == 64)
  }
}
