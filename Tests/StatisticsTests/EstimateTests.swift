import Statistics
import Testing

@Suite struct EstimateTests {
  @Test("Mean, deviation and t intervals agree with scipy")
  func reference() throws {
    // values = [1.2, .7, 1.9, 1.1, .4]; scipy.stats.t.interval(level, 4, mean, sem)
    let values: [Double?] = [1.2, 0.7, 1.9, 1.1, 0.4]
    let estimate = try #require(Estimate(values))
    #expect(estimate.count == 5)
    #expect(abs(estimate.mean - 1.06) < 1e-15)
    #expect(abs(estimate.deviation - 0.5683308895353129) < 1e-15)
    let interval = try #require(estimate.interval)
    #expect(abs(interval.lower - 0.35432399539688164) < 1e-12)
    #expect(abs(interval.upper - 1.7656760046031184) < 1e-12)
    let wider = try #require(Estimate(values, level: 0.99)?.interval)
    #expect(abs(wider.lower - -0.11020115670412745) < 1e-12)
    #expect(abs(wider.upper - 2.2302011567041276) < 1e-12)
  }

  @Test(
    "The interval's width is the published quantile of Student's t",
    arguments: [(2, 12.706), (3, 4.303), (10, 2.262), (30, 2.045)])
  func publishedQuantiles(_ count: Int, _ quantile: Double) throws {
    let values = (0..<count).map { Double($0 * $0) }
    let estimate = try #require(Estimate(values))
    let interval = try #require(estimate.interval)
    let standardError = estimate.deviation / Double(count).squareRoot()
    #expect(abs((interval.upper - estimate.mean) / standardError - quantile) < 5e-4)
  }

  @Test("What is missing is counted, one value has no interval, none has no estimate")
  func missing() throws {
    let estimate = try #require(Estimate([1, nil, .nan, 3, .infinity]))
    #expect(estimate.count == 2 && estimate.mean == 2)
    #expect(estimate.caveats == [.dropped(3)])
    let single = try #require(Estimate([4]))
    #expect(single.interval == nil && single.deviation == 0)
    #expect(single.caveats == [.singleValue])
    #expect(Estimate([nil, .nan]) == nil)
  }

  @Test("Equal values give that value exactly, and say so")
  func constant() throws {
    let estimate = try #require(Estimate([0.1, 0.1, 0.1]))
    #expect(estimate.mean == 0.1 && estimate.deviation == 0)
    #expect(estimate.interval?.lower == 0.1 && estimate.interval?.upper == 0.1)
    #expect(estimate.caveats == [.noVariation])
  }

  @Test("Quantiles of type 7")
  func quantiles() {
    // numpy.quantile([3, 1, 4, 1, 5], p)
    let values: [Double?] = [3, 1, 4, nil, 1, 5]
    #expect(quantile(values, 0) == 1)
    #expect(quantile(values, 0.3) == 1.4)
    #expect(median(values) == 3)
    #expect(quantile(values, 0.9) == 4.6)
    #expect(quantile(values, 1) == 5)
    #expect(median([1, 2]) == 1.5)
    #expect(median([]) == nil)
  }

  @Test("Bands follow their estimates and lose seeds that stopped")
  func bands() throws {
    let steps: [[Double?]] = [[1, 2, 3], [2, nil, 4], [7, nil, nil], [nil, nil, nil]]
    let means = band(steps, .meanInterval(level: 0.95))
    let first = try #require(means[0])
    #expect(first.centre == 2 && first.count == 3)
    #expect(abs(first.upper - 2 - 4.302652729749462 / 3.0.squareRoot()) < 1e-12)
    #expect(abs(first.lower - 2 + 4.302652729749462 / 3.0.squareRoot()) < 1e-12)
    #expect(means[1]?.count == 2)
    #expect(means[2].map { [$0.lower, $0.centre, $0.upper] } == [7, 7, 7])
    #expect(means[3] == nil)
    let quartiles = band(steps, .quantiles(lower: 0.25, upper: 0.75))
    #expect(quartiles[0].map { [$0.lower, $0.centre, $0.upper] } == [1.5, 2, 2.5])
    #expect(quartiles[1].map { [$0.lower, $0.centre, $0.upper] } == [2.5, 3, 3.5])
    #expect(quartiles[3] == nil)
  }
}
