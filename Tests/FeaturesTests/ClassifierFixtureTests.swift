import Arrays
import Engine
import Foundation
import Testing

@testable import Features

@Suite("Classifiers against PyTorch")
struct ClassifierFixtureTests {
  /// What `Tests/Golden/classifier_scores.py` has computed from the files of weights.
  struct Fixture: Decodable {
    let features: [[Double]]
    let probabilities: [[Double]]
  }

  @Test("PyTorch, given the embedded files, computes the same", arguments: Classifier.all)
  func agreement(_ classifier: Classifier) throws {
    let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    let file = folder.appending(path: "../Golden/classifier_scores.json")
    let all = try JSONDecoder().decode([String: Fixture].self, from: Data(contentsOf: file))
    let fixture = try #require(all[classifier.name])
    let size = classifier.network.imageSize
    let images = patterned([fixture.features.count, size, size, 1])
    let trained = try classifier.loaded()
    let pairs = [
      (trained.features(images, .best).elements, fixture.features),
      (trained.probabilities(images, .best).elements, fixture.probabilities),
    ]
    for (ours, theirs) in pairs {
      let expected = theirs.flatMap { $0 }
      #expect(ours.count == expected.count)
      let largest = expected.map(abs).max() ?? 0
      #expect(zip(ours, expected).allSatisfy { abs($0 - $1) < 2e-6 * max(1, largest) })
    }
  }
}
