import Arrays
import Catalog
import Datasets
import Engine
import Foundation
import Testing

@testable import Features

@Suite("Built-in classifiers")
struct ClassifierTests {
  @Test("The built-in weights are those that the sums were taken of", arguments: Classifier.all)
  func sums(_ classifier: Classifier) throws {
    #expect(classifier.file.digest == classifier.digest)
    #expect(classifier.file.bytes.count <= 300_000)
    let trained = try classifier.loaded()
    #expect(trained.weights.map(\.name) == classifier.network.parameters.map(\.name))
    #expect(trained.weights.map(\.array.shape) == classifier.network.parameters.map(\.shape))
  }

  /// The accuracies that the task asks for; all 10,000 images are tested by `saddle classifier verify`.
  @Test(
    "Held-out images are classified",
    arguments: [("mnist", 0.015), ("fashion-mnist", 0.12), ("glyphs", 0.01)])
  func accuracy(_ name: String, most: Double) throws {
    if name != "glyphs", dataFolder == nil { return }
    let classifier = try #require(Classifier(of: name))
    let test = try classifier.tested(
      classifier.file, count: 2000, dataFolder: dataFolder, kernels: .best)
    #expect(test.count == 2000)
    // Three standard deviations of a share of 2000 images above what all 10,000 may have.
    let allowance = 3 * (most * (1 - most) / 2000).squareRoot()
    #expect(Double(test.errors) / 2000 <= most + allowance)
    #expect(Double(classifier.errors) / 10_000 <= most)
  }

  @Test("A share of errors is told in hundredths of a percent")
  func text() {
    #expect(ClassifierTest(count: 10_000, errors: 107).text == "1.07 % wrong (107 of 10000)")
    #expect(ClassifierTest(count: 3, errors: 1).text == "33.33 % wrong (1 of 3)")
    #expect(ClassifierTest(count: 3, errors: 2).text == "66.67 % wrong (2 of 3)")
    #expect(ClassifierTest(count: 5, errors: 0).text == "0.00 % wrong (0 of 5)")
  }

  @Test("Probabilities and features have the same bits under every instruction set")
  func instructionSets() throws {
    let trained = try #require(Classifier(of: "glyphs")).loaded()
    let images = patterned([101, 16, 16, 3])
    let features = availableKernels.map { trained.features(images, $0) }
    let probabilities = availableKernels.map { trained.probabilities(images, $0) }
    #expect(features.allSatisfy { $0 == features[0] && $0.shape == [101, 192] })
    #expect(probabilities.allSatisfy { $0 == probabilities[0] && $0.shape == [101, 3, 10] })
    for row in 0..<303 {
      let sum = probabilities[0].elements[row * 10..<(row + 1) * 10].reduce(0, +)
      #expect(abs(sum - 1) < 1e-14)
    }
  }

  @Test("Each channel of an image is an image of its own")
  func channels() throws {
    let trained = try #require(Classifier(of: "glyphs")).loaded()
    let images = patterned([4, 16, 16, 3])
    let features = trained.features(images, .best)
    for channel in 0..<3 {
      let plane = HostArray(
        shape: [4, 16, 16, 1],
        elements: (0..<1024).map { images.elements[3 * $0 + channel] })
      let own = trained.features(plane, .best)
      for row in 0..<4 {
        #expect(Array(features.row(row))[64 * channel..<64 * (channel + 1)] == own.row(row)[...])
      }
    }
  }

  @Test("Probabilities after features are those of the images, bit by bit", arguments: [1, 3])
  func probabilitiesAfterFeatures(_ channels: Int) throws {
    let dataset = channels == 1 ? "glyphs" : "stacked-glyphs"
    let images = patterned([101, 16, 16, channels])
    let (entry, arguments) = featureTable.selection(
      .map(["name": .text("classifier"), "trained-on": .text("data")]))
    let features = try entry.body.fitted(
      to: RealSamples(images, of: dataset), arguments, kernels: .best)
    let next = try #require(
      try Classifier.probabilities(dataset: dataset, after: features, kernels: .best))
    let whole = try Classifier.probabilities(
      dataset: dataset, imageShape: [16, 16, channels], kernels: .best)
    let known = try features(images)
    let narrow = HostArray(shape: known.shape, elements: known.elements.map(Float.init))
    #expect(try next(narrow) == whole(images))
    #expect(next.summary == whole.summary && next.outputShape == whole.outputShape)
  }

  @Test("Features of another classifier, or of none, tell nothing of the classes")
  func otherFeatures() throws {
    let images = patterned([8, 16, 16, 1])
    let settings: [Value] = [
      .map(["name": .text("classifier"), "trained-on": .text("mnist")]),
      .map(["name": .text("raw")]),
    ]
    for setting in settings {
      let (entry, arguments) = featureTable.selection(setting)
      let features = try entry.body.fitted(
        to: RealSamples(images, of: "glyphs"), arguments, kernels: .best)
      #expect(
        try Classifier.probabilities(dataset: "glyphs", after: features, kernels: .best) == nil)
    }
  }

  @Test("A file of weights comes back as it was, in PyTorch's layout")
  func fileLayout() throws {
    let network = LeNet(imageSize: 16, padding: 2, classCount: 10)
    #expect(network.mapSize == 4)
    let weights = network.parameters.map { parameter in
      (parameter.name, patterned(parameter.shape))
    }
    let file = ClassifierFile("test", network, weights)
    let back = try file.weights(network, file: "test")
    for (read, written) in zip(back, weights) {
      #expect(read.name == written.0 && read.array == written.1)
    }
    let arrays = try Safetensors(decoding: file.bytes, file: "test")
    #expect(arrays["0.weight"]?.shape == [16, 1, 5, 5])
    #expect(arrays["3.weight"]?.shape == [32, 16, 5, 5])
    #expect(arrays["7.weight"]?.shape == [64, 512])
    // Row 4, column 3 and input 9 of the weights of output 2.
    let convolution = (
      engine: position([2, 4, 3, 9], [32, 5, 5, 16]),
      file: position([2, 9, 4, 3], [32, 16, 5, 5])
    )
    #expect(
      arrays["3.weight"]?.floats.elements[convolution.file]
        == weights[2].1.elements[convolution.engine])
    // The weight of row 1, column 3 and map 9 in unit 2.
    let linear = (
      engine: position([2, 1, 3, 9], [64, 4, 4, 32]),
      file: position([2, 9, 1, 3], [64, 32, 4, 4])
    )
    #expect(
      arrays["7.weight"]?.floats.elements[linear.file] == weights[4].1.elements[linear.engine])
  }

  /// Where an element of an array stands in row-major order.
  private func position(_ index: [Int], _ shape: [Int]) -> Int {
    zip(index, shape).reduce(0) { $0 * $1.1 + $1.0 }
  }

  @Test("Damaged weights are refused with the name of the classifier")
  func damage() throws {
    let classifier = try #require(Classifier(of: "glyphs"))
    let short = ClassifierFile(bytes: Array(classifier.file.bytes.dropLast(4)))
    let error = #expect(throws: FeatureError.self) { try classifier.trained(short) }
    #expect(error?.description.contains("built-in classifier 'glyphs' is damaged") == true)
    let other = try Safetensors(decoding: classifier.file.bytes, file: "")
    let fewer = Safetensors(other.entries.filter { $0.name != "9.bias" }).encoded()
    let missing = #expect(throws: FeatureError.self) {
      try classifier.trained(ClassifierFile(bytes: fewer))
    }
    #expect(missing?.description.contains("'9.bias'") == true)
  }

  @Test("Data sets have the classifier of their name, stacked ones that of their channels")
  func choice() throws {
    #expect(Classifier(of: "mnist")?.name == "mnist")
    #expect(Classifier(of: "stacked-glyphs")?.name == "glyphs")
    #expect(Classifier(of: "cifar-10") == nil && Classifier(of: "stacked-") == nil)
    let images = patterned([3, 16, 16, 1])
    let own = try fitted("classifier", to: images, of: "glyphs")
    let named = try fitted("classifier", ["trained-on": .text("glyphs")], to: images, of: "digits")
    #expect(try own(images) == named(images))
    #expect(own.summary.contains("a classifier trained on glyphs"))
    let error = #expect(throws: FeatureError.self) {
      try fitted("classifier", to: images, of: "cifar-10")
    }
    #expect(error?.description.contains("no classifier for the data set cifar-10") == true)
    #expect(error?.description.contains("trained-on") == true)
    #expect(throws: FeatureError.self) {
      try fitted("classifier", ["trained-on": .text("mnist")], to: patterned([3, 2]), of: "ring")
    }
  }
}
