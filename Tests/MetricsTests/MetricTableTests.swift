import Arrays
import Catalog
import Foundation
import Metrics
import Testing

@Suite("Laws of every metric in the table")
struct MetricTableTests {
  static let names = metricTable.entries.map(\.description.name)

  /// Real and fake samples as a metric takes them: points, or probabilities of eight classes by their nearest modes.
  static func samples(_ name: String) -> (real: HostArray<Double>, fake: HostArray<Double>) {
    let (real, fake) = (drawn(ring, 101, seed: 1), drawn(ring, 67, seed: 2, modes: 3))
    guard selected(.text(name)).metric.space == .classes else { return (real, fake) }
    return (classProbabilities(real), classProbabilities(fake))
  }

  /// The softmax of −‖x − μ_k‖² over the modes.
  static func classProbabilities(_ points: HostArray<Double>) -> HostArray<Double> {
    mapRows(points) { point in
      let powers = ring.centres.map { centre in
        exp(-3 * zip(point, centre).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) })
      }
      return powers.map { $0 / powers.reduce(0, +) }
    }
  }

  @Test("A name alone is a complete setting, described with formula and source", arguments: names)
  func description(_ name: String) throws {
    let entry = try #require(metricTable[name])
    #expect(entry.body.name == name)
    #expect(!entry.description.formula.isEmpty && !entry.description.source.isEmpty)
    #expect(!entry.description.summary.hasSuffix("."))
    let (real, fake) = Self.samples(name)
    #expect(try value(.text(name), real: real, fake: fake, mixture: ring).isFinite)
  }

  @Test("The real side can be prepared once, and repeating gives the same bits", arguments: names)
  func prepared(_ name: String) throws {
    let (metric, arguments) = selected(.text(name))
    let (real, fake) = Self.samples(name)
    let measure = try metric.prepared(Reference(real: real, mixture: ring), arguments)
    let direct = try value(.text(name), real: real, fake: fake, mixture: ring)
    #expect(try measure(fake) == direct)
    #expect(try measure(real) != direct)
    #expect(try measure(fake) == direct)
  }

  @Test("Real samples score better than collapsed ones in the stated direction", arguments: names)
  func goal(_ name: String) throws {
    let metric = selected(.text(name)).metric
    let (real, fake) = Self.samples(name)
    let good = try value(.text(name), real: real, fake: real, mixture: ring)
    let far = metric.space == .classes ? fake : mapRows(fake) { [$0[0] + 3, $0[1] + 3] }
    let bad = try value(.text(name), real: real, fake: far, mixture: ring)
    #expect(metric.goal == .min ? good < bad : good > bad)
  }

  @Test(
    "The axes of samples after the first are flattened",
    arguments: names.filter { selected(.text($0)).metric.space != .classes })
  func flattened(_ name: String) throws {
    let (real, fake) = Self.samples(name)
    let shaped = { (samples: HostArray<Double>) in
      HostArray(shape: [samples.rows, 2, 1], elements: samples.elements)
    }
    let flat = try value(.text(name), real: real, fake: fake, mixture: ring)
    let deep = try value(.text(name), real: shaped(real), fake: shaped(fake), mixture: ring)
    #expect(flat == deep)
  }

  @Test("Bad input is refused with a reason that names it", arguments: names)
  func refusals(_ name: String) throws {
    let (metric, arguments) = selected(.text(name))
    let (real, fake) = Self.samples(name)
    let width = real.rowCount
    func refusal(_ real: HostArray<Double>, _ fake: HostArray<Double>, _ mixture: Mixture? = ring)
      -> MetricError?
    {
      #expect(throws: MetricError.self) {
        try metric(Comparison(real: real, fake: fake, mixture: mixture), arguments)
      }
    }
    var broken = fake
    broken.elements[5 * width + 1] = .nan
    #expect(refusal(real, broken) == .notFinite(metric: name, side: .fake, row: 5))
    #expect(refusal(broken, fake) == .notFinite(metric: name, side: .real, row: 5))
    #expect(
      refusal(real, wave(9, width + 1, phase: 0))
        == .dimensions(metric: name, real: width, fake: width + 1))
    let none = HostArray<Double>(shape: [0, width], elements: [])
    #expect(
      refusal(real, none)
        == .tooFewSamples(
          metric: name, side: .fake, count: 0,
          needed: max(metric.minimumSamples, metric.minimumGenerated(arguments))))
    if metric.space == .modes { #expect(refusal(real, fake, nil) == .noMixture(metric: name)) }
    if metric.space == .classes {
      var tooMuch = fake
      tooMuch.elements[3 * width] += 0.1
      #expect(refusal(real, tooMuch) == .notProbabilities(metric: name, side: .fake, row: 3))
    }
  }

  @Test("A value that overflows is an error, not a number")
  func overflow() {
    let (real, fake) = Self.samples("frechet")
    let huge = mapRows(fake) { $0.map { $0 * 1e200 } }
    #expect(throws: MetricError.self) { try value(.text("frechet"), real: real, fake: huge) }
  }
}
