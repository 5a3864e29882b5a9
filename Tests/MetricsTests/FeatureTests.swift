import Arrays
import Catalog
import Engine
import Features
import Metrics
import Testing

@Suite struct FeatureTests {
  static func fitted(_ setting: Value, to samples: HostArray<Float>) throws -> FittedExtractor {
    let complete = ParameterType.entry(featureTable.description).complete(setting)
    let (entry, arguments) = featureTable.selection(complete)
    return try entry.body.fitted(
      to: RealSamples(samples, of: "test"), arguments, kernels: .best)
  }

  static func pca(_ components: Int) -> Value {
    .map(["name": .text("pca"), "components": .integer(components)])
  }

  static func single(_ samples: HostArray<Double>) -> HostArray<Float> {
    HostArray(shape: samples.shape, elements: samples.elements.map(Float.init))
  }

  @Test("Raw features are the samples, flattened")
  func raw() throws {
    let images = HostArray<Float>(shape: [2, 2, 3], elements: (0..<12).map(Float.init))
    let extractor = try Self.fitted(.text("raw"), to: images)
    let features = try extractor(images)
    #expect(features.shape == [2, 6])
    #expect(features.elements == (0..<12).map(Double.init))
    #expect(extractor.inputs == 6 && extractor.outputs == 6 && extractor.constants.isEmpty)
  }

  @Test("Principal components agree with numpy")
  func reference() throws {
    // x = wave(30, 4, phase 0); w, v = numpy.linalg.eigh(numpy.cov(x, rowvar=False)); the two rows
    // of v.T of largest w, signs by the coordinate of largest magnitude; (x − x.mean(0)) @
    // directions.T, first row.
    let directions = [
      0.32788582352219486, 0.24625361453551542, 0.9047164955713889, -0.11549072128266863,
      0.08346624998380008, 0.9258114300936214, -0.24734985170823068, 0.27335806533110074,
    ]
    let samples = Self.single(wave(30, 4, phase: 0))
    let extractor = try Self.fitted(Self.pca(2), to: samples)
    #expect(extractor.constants.map(\.shape) == [[4], [2, 4]])
    // Single precision of the samples limits the agreement.
    #expect(zip(extractor.constants[1].elements, directions).allSatisfy { abs($0 - $1) < 1e-6 })
    let first = try extractor(samples).row(0)
    #expect(
      zip(first, [-0.7189931198809595, 1.177458293237725]).allSatisfy { abs($0 - $1) < 1e-6 })
  }

  @Test("Features are centred and uncorrelated, with falling variances")
  func decorrelated() throws {
    let samples = Self.single(wave(200, 7, phase: 0.2))
    let features = try Self.fitted(Self.pca(5), to: samples)(samples)
    #expect(features.shape == [200, 5])
    let moments = try GaussianMoments(features)
    #expect(moments.mean.allSatisfy { abs($0) < 1e-14 })
    let covariance = moments.covariance.elements
    for i in 0..<5 {
      for j in 0..<5 where i != j { #expect(abs(covariance[i * 5 + j]) < 1e-13) }
      if i > 0 { #expect(covariance[i * 6] <= covariance[i * 6 - 6]) }
    }
  }

  @Test("All components together keep the Fréchet distance")
  func isometry() throws {
    let (x, y) = (wave(80, 6, phase: 0), wave(70, 6, phase: 1, scale: 1.4, shift: 0.3))
    let raw = try Self.fitted(.text("raw"), to: Self.single(x))
    let turned = try Self.fitted(Self.pca(6), to: Self.single(x))
    let distances = try [raw, turned].map { extractor in
      try value(
        .text("frechet"), real: extractor(Self.single(x)), fake: extractor(Self.single(y)))
    }
    #expect(abs(distances[0] - distances[1]) < 1e-12)
  }

  @Test("What cannot be fitted or passed is refused with a reason")
  func refusals() throws {
    let samples = Self.single(wave(10, 4, phase: 0))
    let refusal = #expect(throws: FeatureError.self) { try Self.fitted(Self.pca(5), to: samples) }
    #expect(refusal?.description.contains("ask for at most 4") == true)
    let few = Self.single(wave(3, 4, phase: 0))
    #expect(throws: FeatureError.tooManyComponents(asked: 3, dimensions: 4, samples: 3)) {
      try Self.fitted(Self.pca(3), to: few)
    }
    var broken = samples
    broken.elements[9] = .infinity
    #expect(throws: FeatureError.notFinite(extractor: "pca", row: 2)) {
      try Self.fitted(Self.pca(2), to: broken)
    }
    let extractor = try Self.fitted(Self.pca(2), to: samples)
    #expect(throws: FeatureError.dimensions(extractor: "pca", expected: 4, found: 3)) {
      try extractor(Self.single(wave(2, 3, phase: 0)))
    }
  }

  /// Images for the networks, which the others flatten.
  @Test(
    "Every extractor fits, repeats its bits and says what it is",
    arguments: featureTable.entries.map(\.description.name))
  func laws(_ name: String) throws {
    let images = HostArray(
      shape: [90, 9, 8, 1], elements: Self.single(wave(90, 72, phase: 0)).elements)
    let setting: Value =
      name == "classifier"
      ? .map(["name": .text(name), "trained-on": .text("glyphs")])
      : .text(name)
    let extractor = try Self.fitted(setting, to: images)
    let again = try Self.fitted(setting, to: images)
    let features = try extractor(images)
    #expect(try features == again(images))
    #expect(extractor.constants == again.constants)
    #expect(extractor.name == name && !extractor.summary.isEmpty)
    #expect(features.shape == [90] + extractor.outputShape)
    // A sample's features do not depend on its neighbours.
    let one = HostArray(shape: [1, 9, 8, 1], elements: Array(images.row(7)))
    #expect(try Array(features.row(7)) == extractor(one).elements)
  }
}
