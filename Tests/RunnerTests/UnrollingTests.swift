import Arrays
import Engine
import Networks
import Records
import Testing

@testable import Runner

/// A generator that looks ahead: derivatives through the critic's steps, and when those steps are.
@Suite struct UnrollingTests {
  private static let optimizers = [
    "{name: adam, rate: 0.01, beta1: 0.5}", "{name: rmsprop, rate: 0.01}",
    "{name: sgd, rate: 0.3, momentum: 0.9}", "{name: sgd, rate: 0.3}",
  ]

  /// Smooth networks, a generator whose steps tell its gradient.
  private static func settings(_ steps: Int, _ optimizer: String, _ others: String) -> String {
    "train: {unroll: \(steps), batch: 6}, generator.activation: tanh, critic.activation: tanh, "
      + "critic.optimizer: \(optimizer), generator.optimizer: {name: sgd, rate: 0.125}\(others)"
  }

  // MARK: Derivatives

  /// The gradient of the unrolled loss against differences along a random direction, some steps into training.
  private func gradientError(_ settings: String) throws -> Double {
    let trainer = try TinyPlan.configuration(settings).trainer(.reference)
    for _ in 0..<3 { _ = trainer.advance() }
    let training = trainer.training
    let names = training.generator.states.filter(\.isTrained).map(\.name)
    let start = names.map { trainer.state[$0] }
    let step = PreparedStep(
      Executor.reference.prepare(
        training.step(.generator, active: [], isRecorded: false), state: trainer.state),
      training, seed: 0,
      batches: try trainer.configuration.dataset().batches(seed: 0, batch: 6))
    /// The loss at other weights, and how far the step moves them.
    func loss(_ weights: [[Double]]) -> (value: Double, moves: [[Double]]) {
      for (name, values) in zip(names, weights) { trainer.state[name] = values }
      step.run(step: 3, at: TrainingMoment(generatorSteps: 3, criticSteps: 4))
      let moves = zip(names, weights).map { name, old in
        zip(trainer.state[name], old).map { $0 - $1 }
      }
      return (step.execution.scalar(0), moves)
    }
    let directions = zip(names, start).map { name, values in
      RandomStream(seed: 1, name: name).normal(values.count).map(Double.init)
    }
    func moved(_ h: Double) -> Double {
      loss(
        zip(start, directions).map { values, direction in
          zip(values, direction).map { $0 + h * $1 }
        }
      ).value
    }
    let analytic = zip(loss(start).moves.joined(), directions.joined())
      .reduce(0) { $0 - $1.0 / 0.125 * $1.1 }
    func quotient(_ h: Double) -> Double { (moved(h) - moved(-h)) / (2 * h) }
    let numeric = (4 * quotient(5e-5) - quotient(1e-4)) / 3
    #expect(abs(analytic) > 1e-6, "a derivative that vanishes tests nothing")
    return abs(analytic - numeric) / max(abs(analytic), abs(numeric))
  }

  @Test(arguments: [1, 2, 5], optimizers)
  func gradientsAreThoseOfTheLoss(_ steps: Int, _ optimizer: String) throws {
    #expect(try gradientError(Self.settings(steps, optimizer, "")) < 1e-6)
  }

  @Test(arguments: [
    ", loss: wasserstein, penalty: {preset: wgan-gp, weight: 1}",
    ", penalty: [{preset: r1, weight: 0.5}, {preset: r2, weight: 0.5, every: 2}]",
    ", loss: wasserstein, critic.constraint: {name: clipping, bound: 0.3}",
    ", critic.constraint: weight-norm, critic.normalizer: layer",
    ", critic.dropout: 0.3, labels: {real: {name: linear, from: 0.5, to: 1}}",
    ", critic.normalizer: batch, generator.normalizer: batch, auxiliary: mmd",
  ])
  func gradientsUnderRegularizers(_ others: String) throws {
    for optimizer in [Self.optimizers[0], Self.optimizers[3]] {
      let error = try gradientError(Self.settings(2, optimizer, others))
      #expect(error < 1e-6, "\(optimizer)")
    }
  }

  /// Critic parameters without any gradient, whose mean squares are 0 at all steps: the last bias under a Wasserstein
  /// loss.
  @Test(arguments: ["adam", "rmsprop"])
  func parametersWithoutGradientsDoNoHarm(_ optimizer: String) throws {
    for executor in [Executor.reference, .fast(.best)] {
      let trainer = try TinyPlan.configuration(
        "train.unroll: 3, loss: wasserstein, optimizer: \(optimizer), critic.activation: relu"
      ).trainer(executor)
      for _ in 0..<10 { #expect(trainer.advance().isFinite) }
      #expect(trainer.state.isFinite)
    }
  }

  // MARK: What is computed

  /// One step ahead by hand: a linear critic D(x) = ⟨w, x⟩ + b under descent at rate ρ moves by ρ(mean x − mean G), so the
  /// generator's loss becomes (mean x − mean G)·(w + ρ(mean x − mean G)), and so on for each step.
  @Test(arguments: [1, 2, 7])
  func linearWassersteinCritic(_ steps: Int) throws {
    let trainer = try TinyPlan.configuration(
      "loss: wasserstein, critic.hidden: [], train.unroll: \(steps), "
        + "critic.optimizer: {name: sgd, rate: 0.25}"
    ).trainer(.reference)
    _ = trainer.advance()
    let training = trainer.training
    let generate = ConstrainedNetwork.Function(training.generator, pending: nil)
    let fake = generate(training.latent("latent/generator", count: 16), pass: "generator")
    let real = training.graph.input("data/generator", [16, 2])
    let outputs = [
      ("loss", training.step(.generator, active: [], isRecorded: false).outputs[0].tensor),
      ("gap", (real - fake).mean(over: [0])),
    ]
    let program = Program(training.graph, outputs: outputs, updates: [])
    let step = PreparedStep(
      Executor.reference.prepare(program, state: trainer.state), training, seed: 0,
      batches: try trainer.configuration.dataset().batches(seed: 0, batch: 16))
    step.run(step: 1, at: TrainingMoment(generatorSteps: 1, criticSteps: 2))
    let expected = zip(step.execution.output(1), trainer.state["critic.0.weight"])
      .reduce(0) { $0 + $1.0 * ($1.1 + Double(steps) * 0.25 * $1.0) }
    #expect(abs(step.execution.scalar(0) - expected) < 1e-13)
  }

  /// The fast executor trains as the reference executor does.
  @Test(arguments: [
    "train.unroll: 5", "train.unroll: 3, penalty: {preset: wgan-gp, weight: 0.1, every: 2}",
    "train.unroll: 2, critic.dropout: 0.3, critic.constraint: spectral",
  ])
  func executorsAgree(_ settings: String) throws {
    let (fast, reference) = try (
      TinyPlan.configuration(settings).trainer(),
      TinyPlan.configuration(settings).trainer(.reference)
    )
    for step in 0..<5 {
      let (ours, theirs) = (fast.advance(), reference.advance())
      #expect(abs(ours.critic - theirs.critic) < 1e-4, "step \(step)")
      #expect(abs(ours.generator - theirs.generator) < 1e-4, "step \(step)")
    }
  }

  /// Looking ahead shifts no stream of the critic's own steps, and draws from streams of its own.
  @Test func streamsAreItsOwn() throws {
    let settings = "critic.dropout: 0.5, penalty: wgan-gp"
    func streams(_ settings: String) throws -> Set<String> {
      let draws = try TinyPlan.configuration(settings).trainer().training.graph.draws
      #expect(Set(draws.map(\.stream)).count == draws.count)
      return Set(draws.map(\.stream))
    }
    let added = try streams("\(settings), train.unroll: 2").subtracting(streams(settings))
    #expect(
      added.sorted() == [
        "dropout/critic.2/fake/unrolled/1", "dropout/critic.2/fake/unrolled/2",
        "dropout/critic.2/fake/unrolled/3", "dropout/critic.2/penalty/unrolled/1",
        "dropout/critic.2/penalty/unrolled/2", "dropout/critic.2/real/unrolled/1",
        "dropout/critic.2/real/unrolled/2", "dropout/critic.2/real/unrolled/3",
        "penalty/alpha/unrolled/1", "penalty/alpha/unrolled/2",
      ])
    let (plain, ahead) = try (
      TinyPlan.configuration(settings).trainer(),
      TinyPlan.configuration("\(settings), train.unroll: 2").trainer()
    )
    let (first, second) = (plain.advance(), ahead.advance())
    #expect(first.critic == second.critic && first.penalty == second.penalty)
    #expect(first.generator != second.generator)
  }

  // MARK: When the steps are

  /// Generator steps that the critic's next six steps fall into.
  @Test(arguments: [
    ("1", 0, 1, [1, 2, 3, 4, 5, 6]), ("1", 27, 28, [28, 29, 29, 29, 29, 29]),
    ("2", 3, 8, [4, 4, 5, 5, 6, 6]), ("5", 0, 5, [1, 1, 1, 1, 1, 2]),
    (
      "{name: bursts, steps: 1, burst: 3, first: 2, every: 4}", 0, 3, [1, 1, 1, 2, 3, 4]
    ),
  ])
  func nextCriticSteps(_ setting: String, _ step: Int, _ critic: Int, _ expected: [Int]) throws {
    let lookahead = CriticLookahead(
      try TinyPlan.configuration("train.criticSteps: \(setting)"))
    let now = TrainingMoment(generatorSteps: step, criticSteps: critic)
    let moments = (1...6).map { lookahead.moment(of: $0, after: now) }
    #expect(moments.map(\.generatorSteps) == expected)
    #expect(moments.map(\.criticSteps) == Array(critic..<critic + 6))
  }

  /// The numbers of a step ahead are those that the critic's own step is given when it comes.
  @Test func coefficientsAreThoseOfTheStepsToCome() throws {
    let inputs = CoefficientInputs(
      try TinyPlan.configuration(
        "train.criticSteps: 2, penalty: {preset: r1, every: 3, weight: {name: linear, from: 1, to: 4}}, "
          + "optimizer: {name: adam, rate: {name: linear, from: 0.3, to: 0}}, "
          + "labels.real: {name: cosine, from: 0.5, to: 1}"))
    func value(_ name: String, _ moment: TrainingMoment) throws -> Double {
      let value = try #require(inputs["coefficient/\(name)"])
      return value(moment)
    }
    let now = TrainingMoment(generatorSteps: 6, criticSteps: 14)
    for name in ["critic/0", "critic/1", "labels.real", "penalty.0.applied"] {
      for number in 1...5 {
        let later = TrainingMoment(
          generatorSteps: 7 + (number - 1) / 2, criticSteps: 14 + number - 1)
        #expect(try value("\(name)/unrolled/\(number)", now) == value(name, later), "\(name)")
      }
    }
    // Applied at critic steps 15 and 18, of generator steps 7 and 9 of 30.
    let applied = try (1...5).map { try value("penalty.0.applied/unrolled/\($0)", now) }
    #expect(applied.map { $0 > 0 } == [false, true, false, false, true])
    #expect(abs(applied[1] - 3 * (1 + 3 * 7.0 / 30)) < 1e-12)
    #expect(inputs["coefficient/critic/2/unrolled/1"] == nil)
  }

  // MARK: Experiment files

  @Test func noneIsTheDefault() throws {
    let canonical = try TinyPlan.make([("only", "train.unroll: 0")]).arms[0].canonical
    #expect(!canonical.canonicalJSON.contains("unroll"))
    let other = try TinyPlan.make([("only", "train.unroll: 1")]).arms[0].canonical
    #expect(other.canonicalJSON.contains(#""unroll":1"#))
  }

  @Test func remarks() throws {
    for loss in ["nonsaturating", "hinge"] {
      let plan = try TinyPlan.make([
        ("a", "loss: \(loss)"), ("b", "loss: \(loss), train.unroll: 1"),
      ])
      #expect(plan.warnings.count == 1)
      #expect("\(plan.warnings)".contains("its own side of the \(loss) loss is not used"))
      #expect(plan.warnings.allSatisfy { "\($0)".hasSuffix("(in arm 'b')") })
    }
    let wasserstein = "loss: wasserstein, critic.constraint: spectral, train.unroll: 1"
    #expect(try TinyPlan.make([("only", wasserstein)]).warnings.isEmpty)
    #expect(throws: RecordsError.self) { try TinyPlan.make([("only", "train.unroll: 101")]) }
    #expect(throws: RecordsError.self) { try TinyPlan.make([("only", "train.unroll: -1")]) }
  }
}
