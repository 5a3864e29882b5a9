import Arrays
import Catalog
import Metrics
import Testing

@Suite("Laws of every metric in the table")
struct MetricTableTests {
  static let names = metricTable.entries.map(\.description.name)
  static let real = drawn(ring, 101, seed: 1)
  static let fake = drawn(ring, 67, seed: 2, modes: 3)

  @Test("A name alone is a complete setting, described with formula and source", arguments: names)
  func description(_ name: String) throws {
    let entry = try #require(metricTable[name])
    #expect(entry.body.name == name)
    #expect(!entry.description.formula.isEmpty && !entry.description.source.isEmpty)
    #expect(!entry.description.summary.hasSuffix("."))
    #expect(try value(.text(name), real: Self.real, fake: Self.fake, mixture: ring).isFinite)
  }

  @Test("The real side can be prepared once, and repeating gives the same bits", arguments: names)
  func prepared(_ name: String) throws {
    let (metric, arguments) = selected(.text(name))
    let measure = try metric.prepared(Reference(real: Self.real, mixture: ring), arguments)
    let direct = try value(.text(name), real: Self.real, fake: Self.fake, mixture: ring)
    #expect(try measure(Self.fake) == direct)
    #expect(try measure(Self.real) != direct)
    #expect(try measure(Self.fake) == direct)
  }

  @Test("Real samples score better than collapsed ones in the stated direction", arguments: names)
  func goal(_ name: String) throws {
    let good = try value(.text(name), real: Self.real, fake: Self.real, mixture: ring)
    let far = mapRows(Self.fake) { [$0[0] + 3, $0[1] + 3] }
    let bad = try value(.text(name), real: Self.real, fake: far, mixture: ring)
    #expect(selected(.text(name)).metric.goal == .min ? good < bad : good > bad)
  }

  @Test("The axes of samples after the first are flattened", arguments: names)
  func flattened(_ name: String) throws {
    let shaped = { (samples: HostArray<Double>) in
      HostArray(shape: [samples.rows, 2, 1], elements: samples.elements)
    }
    let flat = try value(.text(name), real: Self.real, fake: Self.fake, mixture: ring)
    let deep = try value(
      .text(name), real: shaped(Self.real), fake: shaped(Self.fake), mixture: ring)
    #expect(flat == deep)
  }

  @Test("Bad input is refused with a reason that names it", arguments: names)
  func refusals(_ name: String) throws {
    let (metric, arguments) = selected(.text(name))
    func refusal(_ real: HostArray<Double>, _ fake: HostArray<Double>, _ mixture: Mixture? = ring)
      -> MetricError?
    {
      #expect(throws: MetricError.self) {
        try metric(Comparison(real: real, fake: fake, mixture: mixture), arguments)
      }
    }
    var broken = Self.fake
    broken.elements[11] = .nan
    #expect(refusal(Self.real, broken) == .notFinite(metric: name, side: .fake, row: 5))
    #expect(refusal(broken, Self.fake) == .notFinite(metric: name, side: .real, row: 5))
    #expect(
      refusal(Self.real, wave(9, 3, phase: 0)) == .dimensions(metric: name, real: 2, fake: 3))
    let none = HostArray<Double>(shape: [0, 2], elements: [])
    #expect(
      refusal(Self.real, none)
        == .tooFewSamples(
          metric: name, side: .fake, count: 0, needed: metric.minimumSamples))
    if metric.needsMixture {
      #expect(refusal(Self.real, Self.fake, nil) == .noMixture(metric: name))
    }
  }

  @Test("A value that overflows is an error, not a number")
  func overflow() {
    let huge = mapRows(Self.fake) { $0.map { $0 * 1e200 } }
    #expect(throws: MetricError.self) { try value(.text("frechet"), real: Self.real, fake: huge) }
  }
}
