import Arrays
import Catalog

// Distributions of vectors of any size, one number included, for games that can be solved by hand.

extension Datasets {
  /// All samples at one point.
  static let dirac = Entry<DatasetBuilder>(
    EntryDescription(
      "dirac", "all samples at one point", formula: "x = c", source: "1801.04406",
      parameters: [numbers("at", [0], "the point c; as many numbers as a sample has")])
  ) { arguments, _ in
    let point = arguments.reals("at").map { Float($0) }
    return .drawn("dirac", shape: [point.count]) { _, _ in
      { buffer, _ in
        for index in buffer.indices { buffer[index] = point[index % point.count] }
      }
    }
  }

  /// A normal distribution with independent elements.
  static let gaussian = Entry<DatasetBuilder>(
    EntryDescription(
      "gaussian", "a normal distribution with independent elements",
      formula: "x = μ + σ⊙ε, ε ~ N(0, I)",
      parameters: [
        numbers("mean", [0], "the mean μ; as many numbers as a sample has"),
        numbers(
          "deviation", [1], within: .nonnegative,
          "the standard deviation σ: one number for all elements, or one for each"),
      ],
      check: { arguments in
        mismatch("deviation", arguments, of: "mean", "elements")
      })
  ) { arguments, _ in
    let mean = arguments.reals("mean").map { Float($0) }
    let deviation = repeated(arguments.reals("deviation"), mean.count).map { Float($0) }
    return .drawn("gaussian", shape: [mean.count]) { streams, _ in
      let noise = streams.stream("noise")
      return { buffer, step in
        noise.fillNormal(buffer, step: step)
        for index in buffer.indices {
          let element = index % mean.count
          buffer[index] = mean[element] + deviation[element] * buffer[index]
        }
      }
    }
  }

  /// A mixture of isotropic normal distributions.
  static let mixture = Entry<DatasetBuilder>(
    EntryDescription(
      "mixture", "a mixture of isotropic normal distributions",
      formula: "x = μₖ + σₖε, k with probability wₖ/Σw, ε ~ N(0, I)",
      parameters: [
        Parameter(
          "means", .list(.list(.real(.any), count: 1...65536), count: 1...10_000),
          default: .list([-1.0, 1].map { .list([.real($0)]) }),
          "the mean μ of each component, a list of as many numbers as a sample has"),
        numbers(
          "weights", [1], within: .positive,
          "the weight w of each component, or one number for equal weights"),
        numbers(
          "deviations", [1], within: .nonnegative,
          "the standard deviation σ of each component, or one number for all"),
      ],
      check: { arguments in
        let sizes = means(arguments).map(\.count)
        if let other = sizes.first(where: { $0 != sizes[0] }) {
          return "'means' has vectors of \(sizes[0]) and of \(other); they must have one size"
        }
        return mismatch("weights", arguments, of: "means", "components")
          ?? mismatch("deviations", arguments, of: "means", "components")
      })
  ) { arguments, _ in
    let means = means(arguments).map { $0.map { Float($0) } }
    let deviations = repeated(arguments.reals("deviations"), means.count).map { Float($0) }
    let limits = limits(repeated(arguments.reals("weights"), means.count))
    let size = means[0].count
    return .drawn("mixture", shape: [size]) { streams, count in
      let components = streams.stream("component")
      let noise = streams.stream("noise")
      let words = Scratch<UInt32>(repeating: 0, count: count)
      return { buffer, step in
        components.fillBits(words.buffer, step: step)
        noise.fillNormal(buffer, step: step)
        for sample in 0..<count {
          let word = UInt64(words.buffer[sample])
          let component = limits.firstIndex { word < $0 } ?? 0
          for element in 0..<size {
            let index = sample * size + element
            buffer[index] = means[component][element] + deviations[component] * buffer[index]
          }
        }
      }
    }
  }

  /// For each component, the number of 32-bit words that stand for it or for one before it.
  private static func limits(_ weights: [Double]) -> [UInt64] {
    let total = weights.reduce(0, +)
    var sum = 0.0
    let limits = weights.map { weight in
      sum += weight
      return UInt64((sum / total * 0x1p32).rounded())
    }
    return limits.dropLast() + [1 << 32]
  }

  private static func means(_ arguments: Arguments) -> [[Double]] {
    arguments.list("means").map { ($0.asList ?? []).compactMap(\.asReal) }
  }

  // MARK: Lists of numbers

  private static func numbers(
    _ name: String, _ standard: [Double], within interval: Interval = .any,
    _ summary: String
  ) -> Parameter {
    Parameter(
      name, .list(.real(interval), count: 1...65536),
      default: .list(standard.map(Value.real)), summary)
  }

  /// One number as often as it is needed, or as many as there are.
  private static func repeated(_ numbers: [Double], _ count: Int) -> [Double] {
    numbers.count == 1 ? Array(repeating: numbers[0], count: count) : numbers
  }

  /// What is wrong where a list has neither one number nor as many as another list has.
  private static func mismatch(
    _ name: String, _ arguments: Arguments, of other: String, _ what: String
  ) -> String? {
    let (count, wanted) = (arguments.list(name).count, arguments.list(other).count)
    guard count != 1, count != wanted else { return nil }
    return "'\(name)' has \(count) numbers and '\(other)' \(wanted) \(what); give one number, or "
      + "\(wanted)"
  }
}
