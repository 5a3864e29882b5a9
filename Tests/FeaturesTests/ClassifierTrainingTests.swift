import Arrays
import Datasets
import Engine
import Foundation
import Testing

@testable import Features

@Suite("Training of classifiers")
struct ClassifierTrainingTests {
  /// The first steps of the recipe. All of it, some minutes in all, is repeated by
  ///
  ///     for name in mnist fashion-mnist glyphs; do saddle classifier train $name --into /tmp; done
  ///
  /// which must say `the built-in weights` for each.
  @Test("The first steps of training have the same bits under every instruction set")
  func firstSteps() throws {
    let glyphs = try #require(Classifier(of: "glyphs"))
    for kernels in availableKernels {
      let training = try ClassifierTraining(glyphs, dataFolder: nil, kernels: kernels)
      let count = kernels.name == Kernels.best.name ? 20 : 2
      let digests = (0..<count).map { _ in
        _ = training.advance()
        return training.file.digest
      }
      #expect(digests[1] == Self.digestAfterTwo, "\(kernels.name)")
      if count == 20 { #expect(digests[19] == Self.digestAfterTwenty) }
    }
  }

  private static let digestAfterTwo =
    "38691557d127c7c673c127f73c24361b054d36b3fbd7bf5b2c8113dcce591c61"
  private static let digestAfterTwenty =
    "c50bc77884e6aa732b3a4bcd34e75f9383501d407ef4a3bb0a4baa81d2812750"

  @Test("The cross-entropy is that of the softmax, also of scores that overflow")
  func crossEntropyValues() throws {
    let graph = Graph()
    let scores = graph.input("scores", [3, 2])
    let truth = graph.input("truth", [3, 2])
    let loss = crossEntropy(scores, truth)
    let slopes = gradients(of: loss, by: [scores])
    let program = Program(graph, outputs: [("loss", loss), ("slope", slopes[0])], updates: [])
    let execution = Executor.fast(.best).prepare(
      program, state: StateTable(of: graph, precision: .float32))
    execution.setInput("scores", [0, 0, 1000, 0, 1, 3])
    execution.setInput("truth", [1, 0, 0, 1, 1, 0])
    execution.run()
    let expected = (log(2) + 1000 + log(1 + Foundation.exp(2.0))) / 3
    #expect(abs(execution.output(0)[0] - expected) < 1e-4 * expected)
    let share = 1 / (1 + Foundation.exp(2.0))
    let expectedSlopes = [-0.5, 0.5, 1, -1, share - 1, 1 - share].map { $0 / 3 }
    #expect(zip(execution.output(1), expectedSlopes).allSatisfy { abs($0 - $1) < 1e-6 })
  }

  @Test("Training lowers the cross-entropy")
  func learning() throws {
    let glyphs = try #require(Classifier(of: "glyphs"))
    let training = try ClassifierTraining(glyphs, dataFolder: nil, kernels: .best)
    let losses = (0..<60).map { _ in training.advance() }
    #expect(losses.prefix(5).reduce(0, +) / 5 > 1.8)
    #expect(losses.suffix(5).reduce(0, +) / 5 < 1.2)
  }
}
