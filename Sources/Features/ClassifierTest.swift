import Arrays
import Datasets
import Engine

/// How a classifier does on images that it was not trained on.
public struct ClassifierTest: Hashable, Sendable {
  /// The number of images.
  public let count: Int
  /// How many of them it takes for another class.
  public let errors: Int

  /// `1.07 % wrong (107 of 10000)`.
  public var text: String {
    let hundredths = (20_000 * errors + count) / (2 * count)
    let digits = String(hundredths % 100)
    let percent = "\(hundredths / 100).\(digits.count < 2 ? "0" : "")\(digits)"
    return "\(percent) % wrong (\(errors) of \(count))"
  }
}

extension Classifier {
  /// What the weights of a file make of held-out images: of all of the test files, or of 10,000 that are drawn.
  ///
  /// - Parameters:
  ///   - count: at most so many of them.
  ///   - dataFolder: the folder of data files.
  ///   - kernels: run the network; all give the same bits.
  /// - Throws: `DatasetError` when data files are missing or damaged; `FeatureError.damagedWeights` for a file that
  ///   holds other arrays than the network's.
  public func tested(
    _ file: ClassifierFile, count: Int = 10_000, dataFolder: String?, kernels: Kernels
  ) throws -> ClassifierTest {
    let dataset = try dataset(dataFolder)
    let seed = ClassifierTraining.seed
    let images = dataset.evaluationSamples(count: count, split: .heldOut, seed: seed)
    let labels = dataset.evaluationLabels(count: count, split: .heldOut, seed: seed) ?? []
    let scores = try trained(file).probabilities(images, kernels)
    let errors = labels.indices.count { row in
      let probabilities = scores.row(row)
      let truth = probabilities[probabilities.startIndex + labels[row]]
      return probabilities.enumerated().contains { $0 != labels[row] && $1 >= truth }
    }
    return ClassifierTest(count: labels.count, errors: errors)
  }
}
