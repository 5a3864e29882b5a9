import Arrays

/// Probabilities of classes, one row per sample.
///
/// A sample of several parts, such as the three digits of a stacked image, has a class per part; its own class is their
/// combination. With k classes per part and parts a, b, c it is number k²a + kb + c, of the product of the parts'
/// probabilities.
struct ClassProbabilities {
  /// The largest number of classes of whole samples, a guard against parts that are none.
  private static let mostClasses = 1_000_000
  /// The largest distance of a row's sum from 1.
  private static let tolerance = 1e-6

  /// How many samples there are.
  let count: Int
  /// The number of classes of a whole sample.
  let classCount: Int
  private let parts: Int
  private let partClasses: Int
  private let elements: [Double]

  /// - Parameter samples: of shape `[n, classes]` or `[n, parts, classes]`.
  /// - Throws: `MetricError.undefined` when another shape is given, or parts with more than 10⁶ combinations.
  init(_ samples: HostArray<Double>, metric: String) throws {
    let shape = samples.shape
    guard (2...3).contains(shape.count), shape.dropFirst().allSatisfy({ $0 > 0 }) else {
      throw MetricError.undefined(
        metric: metric, reason: "probabilities of classes have shape [n, classes], not \(shape)")
    }
    count = samples.rows
    parts = shape.count == 3 ? shape[1] : 1
    partClasses = shape[shape.count - 1]
    elements = samples.elements
    var total = 1
    for _ in 0..<parts where total <= Self.mostClasses {
      total *= min(partClasses, Self.mostClasses)
    }
    guard total <= Self.mostClasses else {
      throw MetricError.undefined(
        metric: metric, reason: "\(parts) parts of \(partClasses) classes are too many")
    }
    classCount = total
  }

  /// The probabilities of the classes of one part of a sample.
  private func part(_ part: Int, of row: Int) -> ArraySlice<Double> {
    let start = (row * parts + part) * partClasses
    return elements[start..<start + partClasses]
  }

  /// The first sample whose numbers are negative or do not sum to 1; nil when there is none.
  var firstRowWithoutUnitSum: Int? {
    (0..<count).first { row in
      (0..<parts).contains { part in
        let numbers = self.part(part, of: row)
        let sum = numbers.reduce(0, +)
        return !numbers.allSatisfy { $0 >= 0 } || abs(sum - 1) > Self.tolerance
      }
    }
  }

  /// The most probable class of a sample and its probability; ties go to the first.
  func prediction(_ row: Int) -> (label: Int, confidence: Double) {
    var (label, confidence) = (0, 1.0)
    for part in 0..<parts {
      let numbers = self.part(part, of: row)
      var best = numbers.startIndex
      for index in numbers.indices where numbers[index] > numbers[best] { best = index }
      label = label * partClasses + best - numbers.startIndex
      confidence *= numbers[best]
    }
    return (label, confidence)
  }

  /// For each class the number of samples that are predicted to be of it with at least a confidence.
  func predictedCounts(confidence: Double = 0) -> [Int] {
    var counts = [Int](repeating: 0, count: classCount)
    for row in 0..<count {
      let prediction = prediction(row)
      if prediction.confidence >= confidence { counts[prediction.label] += 1 }
    }
    return counts
  }

  /// The probabilities of all classes of a sample.
  func joint(_ row: Int) -> [Double] {
    (0..<parts).reduce([1.0]) { product, part in
      let numbers = self.part(part, of: row)
      return product.flatMap { factor in numbers.map { factor * $0 } }
    }
  }

  /// The entropy of a sample's class in nats: the sum of those of its parts.
  func entropy(_ row: Int) -> Double {
    (0..<parts).reduce(0) { $0 + Metrics.entropy(part($1, of: row)) }
  }
}

/// −Σ p ln p in nats, with 0 ln 0 = 0.
func entropy(_ probabilities: some Sequence<Double>) -> Double {
  var sum = 0.0
  for probability in probabilities where probability > 0 {
    sum -= probability * Elementary.log(probability)
  }
  return sum
}
