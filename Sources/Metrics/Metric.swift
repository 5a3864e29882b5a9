import Arrays
import Catalog
import LinearAlgebra

/// What a metric compares generated samples with.
public struct Reference: Sendable {
  /// Real samples, shape `[n, d…]`; axes after the first are flattened.
  public let real: HostArray<Double>
  /// The true modes, where they are known.
  public let mixture: Mixture?

  /// Joins samples and modes.
  public init(real: HostArray<Double>, mixture: Mixture? = nil) {
    self.real = real
    self.mixture = mixture
  }
}

/// All that a metric needs.
public struct Comparison: Sendable {
  /// Real samples and modes.
  public let reference: Reference
  /// Generated samples, shape `[m, d…]`.
  public let fake: HostArray<Double>

  /// Joins samples and modes.
  public init(real: HostArray<Double>, fake: HostArray<Double>, mixture: Mixture? = nil) {
    reference = Reference(real: real, mixture: mixture)
    self.fake = fake
  }
}

/// A number that says how far generated samples are from the data.
///
/// Metrics are Float64, deterministic, and sum in an order that depends on shapes alone.
public struct Metric: Sendable {
  /// Which direction is better.
  public enum Goal: String, Sendable, CaseIterable {
    /// Smaller is better.
    case min
    /// Larger is better.
    case max
  }

  /// What the samples are that a metric compares.
  public enum Space: Sendable, CaseIterable {
    /// Feature vectors of any kind.
    case features
    /// Samples in the data's own space, whose true modes are known.
    case modes
    /// The probabilities of classes: `[n, classes]`, or `[n, parts, classes]` for samples of several parts, each of a
    /// class of its own.
    case classes
  }

  /// A metric whose real side has been dealt with: from generated samples to the value.
  public typealias Measurement = @Sendable (_ fake: HostArray<Double>) throws -> Double

  /// The entry's name, for messages.
  public let name: String
  /// Which direction is better when a file does not say.
  public let goal: Goal
  /// What the samples are that it compares.
  public let space: Space
  /// How many samples of each side the formula needs at least.
  public let minimumSamples: Int
  /// How many generated samples the entry's settings ask for at least.
  public let minimumGenerated: @Sendable (Arguments) -> Int

  private let prepare: @Sendable (Reference, Arguments) throws -> Measurement

  /// Defines a metric.
  ///
  /// - Parameter prepare: computes what depends on the real side alone; the function that it
  ///   returns may be called many times. It may rely on finite samples of the right dimension and
  ///   sufficient number.
  init(
    _ name: String, goal: Goal, space: Space = .features, minimumSamples: Int = 1,
    minimumGenerated: @escaping @Sendable (Arguments) -> Int = { _ in 1 },
    prepare: @escaping @Sendable (Reference, Arguments) throws -> Measurement
  ) {
    self.name = name
    self.goal = goal
    self.space = space
    self.minimumSamples = minimumSamples
    self.minimumGenerated = minimumGenerated
    self.prepare = prepare
  }
}

extension Metric {
  /// The metric with the real side computed once, for the many sets of a training run.
  ///
  /// - Throws: `MetricError` when the real samples are too few, not finite or no probabilities where those are needed,
  ///   or modes are needed and missing; the measurement throws it for the fake samples.
  public func prepared(_ reference: Reference, _ arguments: Arguments) throws -> Measurement {
    let real = reference.real
    try check(real, .real, atLeast: minimumSamples)
    if space == .modes {
      guard let mixture = reference.mixture, let centre = mixture.centres.first else {
        throw MetricError.noMixture(metric: name)
      }
      guard mixture.centres.allSatisfy({ $0.count == real.rowCount }) else {
        throw MetricError.mixtureDimension(
          metric: name, mixture: centre.count, samples: real.rowCount)
      }
    }
    let measurement = try prepare(reference, arguments)
    return { fake in
      guard
        fake.rowCount == real.rowCount,
        space != .classes || fake.shape.dropFirst() == real.shape.dropFirst()
      else {
        throw MetricError.dimensions(metric: name, real: real.rowCount, fake: fake.rowCount)
      }
      try check(fake, .fake, atLeast: max(minimumSamples, minimumGenerated(arguments)))
      let value = try measurement(fake)
      guard value.isFinite else {
        throw MetricError.undefined(
          metric: name, reason: "samples are so large that the value overflows")
      }
      return value
    }
  }

  /// The value of the metric on one comparison.
  ///
  /// - Throws: `MetricError`, as `prepared` and its measurement do.
  public func callAsFunction(_ comparison: Comparison, _ arguments: Arguments) throws -> Double {
    try prepared(comparison.reference, arguments)(comparison.fake)
  }

  private func check(_ samples: HostArray<Double>, _ side: Side, atLeast needed: Int) throws {
    guard samples.rows >= needed else {
      throw MetricError.tooFewSamples(
        metric: name, side: side, count: samples.rows, needed: needed)
    }
    if let row = samples.firstRowNotFinite {
      throw MetricError.notFinite(metric: name, side: side, row: row)
    }
    if space == .classes {
      let probabilities = try ClassProbabilities(samples, metric: name)
      if let row = probabilities.firstRowWithoutUnitSum {
        throw MetricError.notProbabilities(metric: name, side: side, row: row)
      }
    }
  }
}
