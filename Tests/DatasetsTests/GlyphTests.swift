import Arrays
import CAllocations
import Catalog
import Datasets
import Testing

/// FNV-1a over the bits of numbers.
private func digest(_ numbers: [Float]) -> UInt64 {
  numbers.reduce(0xcbf2_9ce4_8422_2325) { ($0 ^ UInt64($1.bitPattern)) &* 0x100_0000_01b3 }
}

@Suite struct GlyphTests {
  @Test func imagesAreGreyAndEndless() throws {
    let data = try glyphs()
    #expect(data.sampleShape == [16, 16, 1])
    #expect(data.classes == glyphNames)
    #expect(data.trainingCount == nil)
    #expect(data.mixture == nil)
    #expect(try glyphs(["size": .integer(29)]).sampleShape == [29, 29, 1])
  }

  @Test func batchesAreAFunctionOfSeedAndStep() throws {
    let data = try glyphs()
    let count = 20 * 16 * 16
    let source = data.batches(seed: 3, batch: 20)
    let forward = (0..<4).map { source.minibatch($0, of: count) }
    let backward = (0..<4).reversed().map { source.minibatch($0, of: count) }
    #expect(forward == backward.reversed())
    for step in 1..<4 { #expect(forward[step] != forward[0]) }
    #expect(data.minibatch(seed: 4, batch: 20, step: 0) != forward[0])
  }

  @Test(arguments: ["glyphs", "stacked-glyphs"])
  func smallerBatchesArePrefixes(_ name: String) throws {
    let data = try dataset(setting(name, ["size": .integer(9)]))
    let sampleCount = data.sampleShape.reduce(1, *)
    let large = data.minibatch(batch: 65, step: 9)
    for batch in [1, 2, 3, 64] {
      #expect(data.minibatch(batch: batch, step: 9) == Array(large[..<(sampleCount * batch)]))
    }
    let samples = data.evaluationSamples(count: 33, split: .heldOut, seed: 1)
    let labels = data.evaluationLabels(count: 33, split: .heldOut, seed: 1)
    let fewer = data.evaluationSamples(count: 7, split: .heldOut, seed: 1)
    #expect(fewer.elements == Array(samples.elements[..<(7 * sampleCount)]))
    let fewerLabels = data.evaluationLabels(count: 7, split: .heldOut, seed: 1)
    #expect(fewerLabels == labels.map { Array($0[..<7]) })
    #expect(data.evaluationLabels(count: 0, split: .train, seed: 1) == [])
  }

  @Test func evaluationSharesNothingWithTraining() throws {
    let data = try glyphs()
    let sets = [
      data.evaluationSamples(count: 300, split: .train, seed: 1).elements,
      data.evaluationSamples(count: 300, split: .heldOut, seed: 1).elements,
      data.evaluationSamples(count: 300, split: .train, seed: 2).elements,
      data.minibatch(batch: 300, step: 0), data.minibatch(batch: 300, step: 1),
    ].map { elements in
      Set(stride(from: 0, to: elements.count, by: 256).map { Array(elements[$0..<($0 + 256)]) })
    }
    for first in sets.indices {
      #expect(sets[first].count == 300)
      for second in 0..<first { #expect(sets[first].isDisjoint(with: sets[second])) }
    }
  }

  @Test(arguments: [8, 16, 64], [0.05, 1]) func valuesLieInRange(_ size: Int, _ noise: Double)
    throws
  {
    let settings: ValueMap = ["size": .integer(size), "noise": .real(noise)]
    let images = try glyphs(settings.merging(farthest) { $1 }).minibatch(batch: 100, step: 0)
    #expect(images.allSatisfy { (-1...1).contains($0) })
  }

  /// Pearson's χ² within 5 standard deviations of its expectation.
  @Test func classesAreEquallyLikely() throws {
    let labels = try #require(
      try glyphs().evaluationLabels(count: 50_000, split: .heldOut, seed: 2))
    var counts = [Int](repeating: 0, count: 10)
    for label in labels { counts[label] += 1 }
    let square = counts.reduce(0.0) { $0 + Double(($1 - 5000) * ($1 - 5000)) / 5000 }
    #expect(abs(square - 9) < 5 * 18.squareRoot())
  }

  @Test func labelsNameTheSymbolThatIsDrawn() throws {
    let templates = try glyphNames.map { name in
      try glyphs(still.merging(["classes": .list([.text(name)])]) { $1 })
        .minibatch(batch: 1, step: 0)
    }
    #expect(Set(templates).count == 10)
    for kept in [glyphNames, ["wave", "circle", "bars", "wave"]] {
      let data = try glyphs(still.merging(["classes": .list(kept.map(Value.text))]) { $1 })
      #expect(data.classes == glyphNames.filter(kept.contains))
      let samples = data.evaluationSamples(count: 200, split: .heldOut, seed: 7)
      let labels = try #require(data.evaluationLabels(count: 200, split: .heldOut, seed: 7))
      #expect(Set(labels) == Set(0..<Set(kept).count))
      for (row, label) in labels.enumerated() {
        let name = try #require(data.classes?[label])
        #expect(Array(samples.row(row)) == templates[try #require(glyphNames.firstIndex(of: name))])
      }
    }
  }

  /// Nothing is allocated once a source exists.
  @Test(
    .enabled(if: allocation_count() >= 0, "allocations cannot be counted here"),
    arguments: ["glyphs", "stacked-glyphs"])
  func drawingDoesNotAllocate(_ name: String) throws {
    let data = try dataset(.text(name))
    let source = data.batches(seed: 1, batch: 32)
    var images = [Float](repeating: 0, count: 32 * data.sampleShape.reduce(1, *))
    images.withUnsafeMutableBufferPointer { buffer in
      source.fill(buffer, step: 0)
      let before = allocation_count()
      for step in 1..<20 { source.fill(buffer, step: step) }
      #expect(allocation_count() == before)
    }
  }

  /// The same bits on every machine.
  @Test(arguments: [
    (8, 0xfc7a_2c26_56fd_2b0d), (16, 0xe3c0_4779_2b8b_0ed0), (31, 0x10bb_1651_dccf_6740),
    (64, 0xa638_3faa_f19c_7c35),
  ])
  func imagesArePinned(_ size: Int, _ wanted: UInt64) throws {
    let settings: ValueMap = ["size": .integer(size)]
    #expect(digest(try glyphs(settings).minibatch(batch: 64, step: 3)) == wanted)
  }
}
