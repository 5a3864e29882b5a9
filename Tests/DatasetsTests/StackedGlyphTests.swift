import Catalog
import Testing

@testable import Datasets

@Suite struct StackedGlyphTests {
  @Test func stackedImagesAreThreeGlyphs() throws {
    let stacked = try dataset(setting("stacked-glyphs", ["size": .integer(12)]))
    #expect(stacked.sampleShape == [12, 12, 3])
    #expect(stacked.trainingCount == nil)
    #expect(stacked.classes?.count == 1000)
    #expect(stacked.classes?[207] == "square/circle/wave")
    let kept: ValueMap = ["classes": .list([.text("star"), .text("bars")])]
    let few = try dataset(setting("stacked-glyphs", kept.merging(still) { $1 }))
    let templates = try ["star", "bars"].map { name in
      try glyphs(still.merging(["classes": .list([.text(name)])]) { $1 })
        .minibatch(batch: 1, step: 0)
    }
    let samples = few.evaluationSamples(count: 60, split: .heldOut, seed: 1)
    let labels = try #require(few.evaluationLabels(count: 60, split: .heldOut, seed: 1))
    #expect(Set(labels) == Set(0..<8))
    for (row, label) in labels.enumerated() {
      let planes = [label / 4, label / 2 % 2, label % 2].map { templates[$0] }
      let expected = planes[0].indices.flatMap { pixel in planes.map { $0[pixel] } }
      #expect(Array(samples.row(row)) == expected)
    }
  }

  @Test func coloursHaveStreamsOfTheirOwn() throws {
    let settings: ValueMap = ["size": .integer(10)]
    let images = try dataset(setting("stacked-glyphs", settings)).minibatch(batch: 30, step: 4)
    for (channel, colour) in ["red", "green", "blue"].enumerated() {
      let streams = StreamFamily(seed: 1, prefix: "data").family(colour)
      let draws = GlyphDraws(glyphSet(settings), streams, count: 30)
      var plane = [Float](repeating: 0, count: 30 * 100)
      plane.withUnsafeMutableBufferPointer { draws.fill($0, step: 4) }
      #expect(plane == plane.indices.map { images[3 * $0 + channel] })
    }
  }

  /// Of 26,000 independent triples, one of 1000 equally likely ones is missing with a chance of 1000 e⁻²⁶ < 1e-8.
  @Test func stackedDrawsCoverAllModes() throws {
    let data = try dataset(setting("stacked-glyphs", ["size": .integer(8)]))
    let labels = try #require(data.evaluationLabels(count: 26_000, split: .heldOut, seed: 1))
    #expect(Set(labels) == Set(0..<1000))
  }
}
