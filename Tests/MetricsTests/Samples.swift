import Arrays
import Catalog
import Foundation
import Metrics
import Testing

/// Samples without structure that other languages can make too: scale · sin(phase + 0.37 i² + 1.3 i
/// j + j²) + shift.
func wave(
  _ rows: Int, _ columns: Int, phase: Double, scale: Double = 1, shift: Double = 0
) -> HostArray<Double> {
  var elements: [Double] = []
  for i in 0..<rows {
    for j in 0..<columns {
      let angle = phase + 0.37 * Double(i * i) + 1.3 * Double(i * j) + Double(j * j)
      elements.append(scale * sin(angle) + shift)
    }
  }
  return HostArray(shape: [rows, columns], elements: elements)
}

/// A matrix from its rows.
func matrix(_ rows: [[Double]]) -> HostArray<Double> {
  HostArray(shape: [rows.count, rows.first?.count ?? 0], elements: rows.flatMap { $0 })
}

/// Every row of samples mapped.
func mapRows(_ samples: HostArray<Double>, _ body: ([Double]) -> [Double]) -> HostArray<Double> {
  matrix((0..<samples.rows).map { body(Array(samples.row($0))) })
}

/// Independent standard normal samples.
func normal(_ rows: Int, _ columns: Int, seed: UInt64) -> HostArray<Double> {
  let stream = RandomStream(seed: seed, name: "test")
  return HostArray(
    shape: [rows, columns], elements: stream.normal(rows * columns).map(Double.init))
}

/// Eight modes on the unit circle with σ = .01.
let ring = Mixture(
  centres: (0..<8).map { [cos(Double($0) * .pi / 4), sin(Double($0) * .pi / 4)] }, deviation: 0.01)

/// Samples of a mixture, modes drawn uniformly.
func drawn(_ mixture: Mixture, _ count: Int, seed: UInt64, modes: Int? = nil) -> HostArray<Double> {
  let noise = normal(count, 2, seed: seed)
  let choices = RandomStream(seed: seed, name: "mode").bits(count)
  return matrix(
    (0..<count).map { row in
      let mode = Int(choices[row] >> 8) % (modes ?? mixture.centres.count)
      return (0..<2).map {
        mixture.centres[mode][$0] + mixture.deviation * noise.elements[2 * row + $0]
      }
    })
}

/// A metric with the settings that a file would give, as (metric, arguments).
func selected(_ setting: Value) -> (metric: Metric, arguments: Arguments) {
  let complete = ParameterType.entry(metricTable.description).complete(setting)
  let (entry, arguments) = metricTable.selection(complete)
  return (entry.body, arguments)
}

/// The value of a metric.
func value(
  _ setting: Value, real: HostArray<Double>, fake: HostArray<Double>, mixture: Mixture? = nil
) throws -> Double {
  let (metric, arguments) = selected(setting)
  return try metric(Comparison(real: real, fake: fake, mixture: mixture), arguments)
}
