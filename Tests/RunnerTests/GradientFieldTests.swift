import Engine
import Networks
import Testing

@testable import Runner

/// Gradient fields of games that cannot be solved by hand.
@Suite struct GradientFieldTests {
  private static let smooth =
    "train.batch: 5, generator: {hidden: [3], activation: tanh}, "
    + "critic: {hidden: [3], activation: tanh}, optimizer: {name: sgd, rate: 0.05}"

  /// Every element of the Jacobian against central differences of the velocity, some steps into training.
  @Test(arguments: [
    "loss: nonsaturating, penalty: [{preset: r1, weight: 0.3}, {preset: wgan-gp, weight: 0.2, every: 2}]",
    "loss: wasserstein, critic.constraint: spectral, penalty: {preset: dragan, weight: 0.5}",
    "loss: hinge, critic.normalizer: layer, critic.dropout: 0.4, penalty: r2",
    "critic.constraint: weight-norm, auxiliary: mmd, labels.real: 0.9",
    "train.unroll: 2, penalty: {preset: zero-gp, weight: 0.5}, train.criticSteps: 2",
  ])
  func jacobianIsTheDerivative(_ settings: String) throws {
    let trainer = try TinyPlan.configuration("\(Self.smooth), \(settings)").trainer(.reference)
    for _ in 0..<3 { _ = trainer.advance() }
    let field = LocalDynamics(trainer, seed: 0).field
    #expect(field.norm > 1e-3)
    let evaluate = FieldEvaluation(trainer, seed: 0)
    func velocity() -> [Double] {
      Player.allCases.flatMap { evaluate($0, at: trainer.moment).velocity }
    }
    #expect(velocity() == field.velocity)
    let h = 1e-5
    var column = 0
    for (name, count) in field.states {
      let start = trainer.state[name]
      for element in 0..<count {
        func moved(_ distance: Double) -> [Double] {
          var values = start
          values[element] += distance
          trainer.state[name] = values
          return velocity()
        }
        for (row, (above, below)) in zip(moved(h), moved(-h)).enumerated() {
          let numeric = (above - below) / (2 * h)
          let found = Array(field.jacobian.row(row))[column]
          #expect(
            abs(numeric - found) < 1e-6 * max(1, abs(found)), "\(name)[\(element)], row \(row)")
        }
        column += 1
      }
      trainer.state[name] = start
    }
  }

  /// The velocity is how plain gradient descent moves the parameters, and looking at it changes nothing.
  @Test func velocityIsThatOfTraining() throws {
    let settings = "\(Self.smooth), penalty: {preset: wgan-gp, weight: 0.2, every: 2}"
    let trainer = try TinyPlan.configuration(settings).trainer(.reference)
    let plain = try TinyPlan.configuration(settings).trainer(.reference)
    for step in 0..<4 {
      let before = trainer.state["critic.0.weight"]
      let field = LocalDynamics(trainer, seed: 0).field
      let first = try #require(field.states.firstIndex { $0.name == "critic.0.weight" })
      let offset = field.states[..<first].reduce(0) { $0 + $1.count }
      _ = trainer.advance()
      _ = plain.advance()
      let after = trainer.state["critic.0.weight"]
      for index in before.indices {
        let moved = (after[index] - before[index]) / 0.05
        #expect(abs(moved - field.velocity[offset + index]) < 1e-12, "step \(step)")
      }
      #expect(after == plain.state["critic.0.weight"])
    }
  }

  /// The Jacobian of alternating steps against differences of what training does.
  @Test func alternatingStepsAreThoseOfTraining() throws {
    let settings =
      "\(Self.smooth), train.criticSteps: 2, penalty: [{preset: wgan-gp, weight: 0.2}, {preset: r1, every: 2}]"
    let trainer = try TinyPlan.configuration(settings).trainer(.reference)
    for _ in 0..<3 { _ = trainer.advance() }
    let dynamics = LocalDynamics(trainer, seed: 0)
    let start = StateTable(of: trainer.training.graph, precision: .float64)
    start.copy(from: trainer.state)
    let names = dynamics.field.states.map(\.name)
    let h = 1e-5
    var column = 0
    for (name, count) in dynamics.field.states {
      for element in 0..<count {
        func moved(_ distance: Double) -> [Double] {
          trainer.restore(step: 3, from: start)
          trainer.state[name][element] += distance
          _ = trainer.advance()
          return names.flatMap { trainer.state[$0] }
        }
        for (row, (above, below)) in zip(moved(h), moved(-h)).enumerated() {
          let found = Array(dynamics.alternatingStep.row(row))[column]
          #expect(abs((above - below) / (2 * h) - found) < 1e-6, "\(name)[\(element)], row \(row)")
        }
        column += 1
      }
    }
  }
}
