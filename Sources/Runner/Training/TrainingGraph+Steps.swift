import Arrays
import Catalog
import Engine
import Networks
import Objectives
import Schedules

extension TrainingGraph {
  /// A critic step.
  ///
  /// - Parameters:
  ///   - active: the positions of the penalties that are applied in this step.
  ///   - isRecorded: whether critic outputs and the gradient's norm are outputs too. They change no update.
  func criticStep(active: [Int], isRecorded: Bool) -> Program {
    let pending = PendingUpdates()
    let function = CriticFunction(self, pending: pending)
    let real = graph.input(
      Self.dataName(.critic), [configuration.batch] + sampleShape)
    let pass = ForwardPass(states: "generator", mode: .training, name: "critic")
    let fake = generator.apply(latent("latent/critic", count: configuration.batch), pass)
      .stopGradient()
    let scores = Scores(
      real: function(real, pass: "real", recordsStatistics: true),
      fake: function(fake, pass: "fake", recordsStatistics: true),
      realLabel: Coefficient(configuration.realLabel, key: "labels.real"),
      fakeLabel: Coefficient(configuration.fakeLabel, key: "labels.fake"))
    let (loss, arguments) = lossTable.selection(configuration.loss)
    let value = loss.body.critic(scores, arguments)
    let penalty = penaltySum(active, real: real, fake: fake, function)
    let (constraint, constraintArguments) = constraintTable.selection(configuration.constraint)
    let project = constraint.body.project.map { project in
      { (parameter: Tensor) in project(parameter, constraintArguments) }
    }
    let (updates, norm) = updates(
      of: critic, player: .critic, loss: value + penalty, project: project)
    var outputs = [("loss", value), ("penalty", penalty)]
    if isRecorded {
      outputs += [("real", scores.real.mean()), ("fake", scores.fake.mean()), ("gradient", norm)]
    }
    return Program(graph, outputs: outputs, updates: updates + pending.updates)
  }

  /// The weighted sum of the active penalties; one that is applied every n steps has n times its weight.
  private func penaltySum(
    _ active: [Int], real: Tensor, fake: Tensor, _ function: CriticFunction
  ) -> Tensor {
    active.reduce(graph.constant(0)) { sum, position in
      let (penalty, arguments) = penaltyTable.selection(configuration.penalties[position])
      let suffix = position == 0 ? "" : ".\(position)"
      let inputs = PenaltyInputs(real: real, fake: fake, stream: "penalty\(suffix)") {
        function($0, pass: "penalty\(suffix)", recordsStatistics: false)
      }
      let factor = Coefficient(
        configuration.penaltyFactor(position), key: CoefficientInputs.penaltyKey(position))
      return sum + factor * penalty.body.term(inputs, arguments)
    }
  }

  /// A generator step against the critic as it is.
  func generatorStep(isRecorded: Bool) -> Program {
    let pending = PendingUpdates()
    let pass = ForwardPass(
      states: "generator", mode: .training, name: "generator", pending: pending)
    let scores = generatorScores(pass)
    let (loss, arguments) = lossTable.selection(configuration.loss)
    let value = loss.body.generator(scores, arguments)
    let (trained, norm) = updates(of: generator, player: .generator, loss: value)
    let updates = trained + pending.updates
    var outputs = [("loss", value)]
    if isRecorded { outputs += [("fake", scores.fake.mean()), ("gradient", norm)] }
    return Program(graph, outputs: outputs, updates: updates + averages(after: updates))
  }

  /// The critic's mean output on the generator step's own fakes: run after the step, it tells what the step changed.
  func generatorProbe() -> Program {
    let pass = ForwardPass(states: "generator", mode: .training, name: "generator")
    return Program(
      graph, outputs: [("fake", generatorScores(pass).fake.mean())], updates: [])
  }

  private func generatorScores(_ pass: ForwardPass) -> Scores {
    let function = CriticFunction(self, pending: nil)
    let fake = generator.apply(latent("latent/generator", count: configuration.batch), pass)
    let real = graph.input(
      Self.dataName(.generator), [configuration.batch] + sampleShape)
    return Scores(
      real: function(real, pass: "generator/real", recordsStatistics: false),
      fake: function(fake, pass: "generator", recordsStatistics: false),
      realLabel: Coefficient(configuration.realLabel, key: "labels.real"),
      fakeLabel: Coefficient(configuration.fakeLabel, key: "labels.fake"))
  }

  /// average ← decay·average + (1 − decay)·new, for parameters and running statistics alike.
  private func averages(
    after updates: [(state: String, tensor: Tensor)]
  ) -> [(state: String, tensor: Tensor)] {
    guard hasAverage else { return [] }
    let decay = Coefficient(configuration.averageDecay, key: "generator.average")
    return generator.states.map { name, state in
      let new = updates.first { $0.state == name }?.tensor ?? graph.state(name, state.shape)
      let average = graph.state("average.\(name)", state.shape)
      return ("average.\(name)", decay * average + decay.complement(in: graph) * new)
    }
  }

  /// Samples of the generator in evaluation mode: running statistics, no dropout, averaged weights where there are.
  ///
  /// - Parameter latents: of shape `[n, size]`.
  func sampling(of latents: Tensor) -> Program {
    let pass = ForwardPass(states: sampledStates, mode: .evaluation, name: "evaluate")
    let samples = generator.apply(latents, pass)
    return Program(graph, outputs: [("samples", samples)], updates: [])
  }

  /// The values of all states before the first step.
  func initialize(_ state: StateTable, seed: UInt64) {
    for network in [generator, critic] {
      for (name, values) in network.initialValues(seed: seed) { state[name] = values }
    }
    for (name, _) in constraintVectors {
      let stream = RandomStream(seed: seed, name: critic.initialStream(of: name))
      state[name] = unitVector(state.entry(name)?.count ?? 0, stream)
    }
    for (name, _) in generator.states where state.entry("average.\(name)") != nil {
      state["average.\(name)"] = state[name]
    }
  }
}

/// A random direction.
private func unitVector(_ count: Int, _ stream: RandomStream) -> [Double] {
  let numbers = stream.normal(count).map(Double.init)
  let norm = numbers.reduce(0) { $0 + $1 * $1 }.squareRoot()
  return numbers.map { $0 / norm }
}
