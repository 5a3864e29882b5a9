import Arrays
import Engine
import Foundation
import Testing

@testable import Runner

/// The distributions of the generator's inputs.
@Suite struct LatentTests {
  /// Latents of a stream, sample after sample.
  private func draw(_ latent: Latent, count: Int) -> [Double] {
    let graph = Graph()
    let tensor = latent.draw("latent", count: count, in: graph)
    let program = Program(graph, outputs: [("latents", tensor)], updates: [])
    let execution = Executor.reference.prepare(
      program, state: StateTable(of: graph, precision: .float64))
    for draw in graph.draws {
      let stream = RandomStream(seed: 3, name: draw.stream)
      let numbers =
        draw.distribution == .normal ? stream.normal(tensor.count) : stream.uniform(tensor.count)
      execution.setInput(draw.stream, numbers.map(Double.init))
    }
    execution.run()
    return execution.output(0)
  }

  @Test func sphere() {
    let values = draw(Latent(size: 3, distribution: "sphere", bound: 2), count: 2000)
    for sample in 0..<2000 {
      let length = values[3 * sample..<3 * sample + 3].reduce(0) { $0 + $1 * $1 }
      #expect(abs(length - 1) < 1e-12)
    }
    // On the unit sphere of three dimensions each coordinate is uniform in (−1, 1), with variance 1/3.
    let mean = values.reduce(0, +) / 6000
    #expect(abs(mean) < 5 * (1 / 3.0 / 6000).squareRoot())
  }

  @Test(arguments: [0.5, 2, 4]) func truncated(_ bound: Double) {
    let count = 20000
    let values = draw(Latent(size: 1, distribution: "truncated", bound: bound), count: count)
      .sorted()
    #expect(values.allSatisfy { abs($0) <= bound })
    // The distance to the distribution function, by Kolmogorov's bound at 1e-6.
    let half = erf(bound / 2.0.squareRoot())
    let distance = values.enumerated().map { index, value in
      abs(Double(index) / Double(count) - (erf(value / 2.0.squareRoot()) / half + 1) / 2)
    }.max()
    #expect((distance ?? 1) < 2.7 / Double(count).squareRoot())
  }

  @Test func errorFunctions() {
    for x in stride(from: 0.0, through: 7, by: 0.125) {
      #expect(abs(Latent.errorFunction(x) - erf(x)) < 1e-14, "\(x)")
    }
    let points = stride(from: -3.8, through: 3.8, by: 0.05).map { $0 }
    let graph = Graph()
    let inverse = Latent.inverseErrorFunction(graph.input("y", [points.count]))
    let program = Program(graph, outputs: [("x", inverse)], updates: [])
    let execution = Executor.reference.prepare(
      program, state: StateTable(of: graph, precision: .float64))
    execution.setInput("y", points.map { erf($0) })
    execution.run()
    for (value, x) in zip(execution.output(0), points) {
      #expect(abs(value - x) <= 5e-7 * max(abs(x), 1e-3), "\(x)")
    }
  }
}
