import Catalog
import Foundation
import Testing

@testable import Engine
@testable import Objectives

/// A normal distribution fitted to a mixture of two under each divergence of f-GAN, the optimum by quadrature.
///
/// Against its best critic the minimax generator has the divergence's own derivatives, so it comes to rest where the divergence
/// is least. That of the total variation is at ±∞, where it has none.
@Suite struct DivergenceFitTests {
  private static let cases = DivergenceTests.cases.filter { $0.name != "total-variation" }

  /// The generator's samples are mean + deviation·z.
  private struct Normal {
    var mean: Double
    var deviation: Double

    func density(_ x: Double) -> Double {
      let z = (x - mean) / deviation
      return exp(-z * z / 2) / (deviation * (2 * Double.pi).squareRoot())
    }

    func moved(_ mean: Double, _ deviation: Double) -> Normal {
      Normal(mean: self.mean + mean, deviation: self.deviation + deviation)
    }
  }

  /// The density of the data, with mean 0.1 and variance 2.304.
  private static func data(_ x: Double) -> Double {
    0.6 * Normal(mean: -0.5, deviation: 1.2).density(x)
      + 0.4 * Normal(mean: 1, deviation: 1.5).density(x)
  }

  /// Latents with their parts of the standard normal distribution, by the trapezoidal rule.
  private static let latents = (-180...180).map { index in
    let z = 0.05 * Double(index)
    return (z: z, weight: 0.05 * Normal(mean: 0, deviation: 1).density(z))
  }

  private static func ratio(_ x: Double, _ model: Normal) -> Double {
    data(x) / model.density(x)
  }

  // MARK: By quadrature

  /// D_f(p‖q) = E_q f(p/q).
  private static func divergence(_ tested: DivergenceTests.Case, _ model: Normal) -> Double {
    latents.reduce(0) { sum, latent in
      sum + latent.weight * tested.f(ratio(model.mean + model.deviation * latent.z, model))
    }
  }

  /// Its derivatives by mean and deviation.
  private static func slopes(_ tested: DivergenceTests.Case, _ model: Normal) -> [Double] {
    let h = 1e-4
    return [model.moved(h, 0), model.moved(0, h)].enumerated().map { index, above in
      let below = index == 0 ? model.moved(-h, 0) : model.moved(0, -h)
      return (divergence(tested, above) - divergence(tested, below)) / (2 * h)
    }
  }

  /// Where the divergence is least, by Newton's method from where the moments agree.
  private static func best(_ tested: DivergenceTests.Case) -> Normal {
    var model = Normal(mean: 0.1, deviation: 2.304.squareRoot())
    for _ in 0..<12 {
      let h = 1e-3
      let slope = slopes(tested, model)
      let byMean = zip(slopes(tested, model.moved(h, 0)), slopes(tested, model.moved(-h, 0)))
        .map { ($0 - $1) / (2 * h) }
      let byDeviation = zip(slopes(tested, model.moved(0, h)), slopes(tested, model.moved(0, -h)))
        .map { ($0 - $1) / (2 * h) }
      let determinant = byMean[0] * byDeviation[1] - byMean[1] * byDeviation[0]
      #expect(byMean[0] > 0 && determinant > 0, "no minimum")
      model = model.moved(
        -(byDeviation[1] * slope[0] - byDeviation[0] * slope[1]) / determinant,
        -(byMean[0] * slope[1] - byMean[1] * slope[0]) / determinant)
    }
    return model
  }

  // MARK: By the loss

  /// The outputs v of the best critic at some places, where g(v) = f′(p/q).
  private static func critic(
    _ tested: DivergenceTests.Case, _ model: Normal, at places: [Double]
  ) -> [Double] {
    let evaluate = DivergenceTests.evaluator(tested, count: places.count)
    let targets = places.map { tested.slope(ratio($0, model)) }
    var (low, high) = (places.map { _ in -1e12 }, places.map { _ in 1e12 })
    for _ in 0..<110 {
      let middle = zip(low, high).map { ($0 + $1) / 2 }
      for (index, value) in evaluate(middle)[0].enumerated() {
        if value < targets[index] {
          low[index] = middle[index]
        } else {
          high[index] = middle[index]
        }
      }
    }
    return high
  }

  /// The derivatives of the generator's loss by mean and deviation, against the best critic.
  private static func gradient(
    _ tested: DivergenceTests.Case, _ model: Normal
  ) throws -> [Double] {
    let count = latents.count
    let graph = Graph()
    let fake = graph.input("fake", [count])
    let loss = try #require(lossTable["f-gan"]).body
    let value = loss.generator(Game(scores: fake, fake), tested.arguments)
    let function = ScalarFunction(graph, [gradients(of: value, by: [fake])[0]])
    let samples = latents.map { model.mean + model.deviation * $0.z }
    let slopes = function([("fake", critic(tested, model, at: samples))])[0]
    let h = 1e-4
    let above = critic(tested, model, at: samples.map { $0 + h })
    let below = critic(tested, model, at: samples.map { $0 - h })
    var sums = [0.0, 0]
    for (index, latent) in latents.enumerated() {
      // The loss is a mean over the samples, which count here by their weights.
      let slope = Double(count) * slopes[index] * (above[index] - below[index]) / (2 * h)
      sums[0] += latent.weight * slope
      sums[1] += latent.weight * slope * latent.z
    }
    return sums
  }

  @Test(arguments: cases) func generatorFollowsTheDivergence(_ tested: DivergenceTests.Case) throws
  {
    let best = Self.best(tested)
    for (model, isBest) in [(best, true), (best.moved(0.2, 0.1), false)] {
      let found = try Self.gradient(tested, model)
      let wanted = Self.slopes(tested, model)
      for (found, wanted) in zip(found, wanted) {
        #expect(abs(found - wanted) < 1e-6 * max(1, abs(wanted)), "\(model): \(found), \(wanted)")
        #expect((abs(found) < 1e-6) == isBest, "\(model): \(found)")
      }
    }
  }

  /// The Kullback–Leibler divergence of the data from the model is least where mean and variance agree; others have other
  /// optima.
  @Test func bestFits() throws {
    let fits = Self.cases.map { ($0.testDescription, Self.best($0)) }
    let likelihood = try #require(fits.first { $0.0.hasPrefix("kl ") }).1
    #expect(abs(likelihood.mean - 0.1) < 1e-7)
    #expect(abs(likelihood.deviation * likelihood.deviation - 2.304) < 1e-7)
    let reverse = try #require(fits.first { $0.0.hasPrefix("reverse-kl ") }).1
    #expect(reverse.deviation < likelihood.deviation - 0.01)
  }
}
