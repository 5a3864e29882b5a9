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
    let function = ConstrainedNetwork.Function(critic, pending: pending)
    let real = graph.input(
      Self.dataName(.critic), [configuration.batch] + sampleShape)
    let generate = ConstrainedNetwork.Function(generator, pending: nil)
    let fake = generate(latent("latent/critic", count: configuration.batch), pass: "critic")
      .stopGradient()
    let scores = criticScores(real: real, fake: fake, function)
    let (loss, arguments) = lossTable.selection(configuration.loss)
    let value = loss.body.critic(scores, arguments)
    let penalty = penaltySum(active, real: real, fake: fake, function, factor: penaltyFactor)
    let (updates, norm) = updates(of: critic, loss: value + penalty)
    var outputs = [("loss", value), ("penalty", penalty)]
    if isRecorded {
      outputs += [("real", scores.real.mean()), ("fake", scores.fake.mean()), ("gradient", norm)]
    }
    return Program(graph, outputs: outputs, updates: updates + pending.updates)
  }

  /// The critic's outputs in its own step.
  func criticScores(
    real: Tensor, fake: Tensor, _ function: ConstrainedNetwork.Function
  ) -> Scores {
    labelled(
      real: scores(real, function, pass: "real"), fake: scores(fake, function, pass: "fake"))
  }

  /// The sum of the active penalties, each with its factor.
  func penaltySum(
    _ active: [Int], real: Tensor, fake: Tensor, _ function: ConstrainedNetwork.Function,
    factor: (_ position: Int) -> Coefficient
  ) -> Tensor {
    active.reduce(graph.constant(0)) { sum, position in
      let (penalty, arguments) = penaltyTable.selection(configuration.penalties[position])
      let suffix = position == 0 ? "" : ".\(position)"
      let inputs = PenaltyInputs(real: real, fake: fake, stream: "penalty\(suffix)") {
        self.scores($0, function, pass: "penalty\(suffix)", recordsStatistics: false)
      }
      return sum + factor(position) * penalty.body.term(inputs, arguments)
    }
  }

  /// A penalty's weight; one that is applied every n steps has n times its weight.
  func penaltyFactor(_ position: Int) -> Coefficient {
    Coefficient(
      configuration.penaltyFactor(position), key: CoefficientInputs.penaltyKey(position))
  }

  /// The critic's outputs on a batch, `[n]`.
  private func scores(
    _ x: Tensor, _ function: ConstrainedNetwork.Function, pass: String,
    recordsStatistics: Bool = true
  ) -> Tensor {
    function(x, pass: pass, recordsStatistics: recordsStatistics).reshaped([x.shape[0]])
  }

  /// A generator step against the critic as it is, or as it will have answered.
  func generatorStep(isRecorded: Bool) -> Program {
    let pending = PendingUpdates()
    let batch = generatorBatch(pending)
    let scores = generatorScores(batch)
    let (loss, arguments) = lossTable.selection(configuration.loss)
    let game =
      configuration.unrolledSteps > 0
      ? unrolledLoss(batch) : loss.body.generator(scores, arguments)
    let value = game + auxiliarySum(batch)
    let (trained, norm) = updates(of: generator, loss: value)
    let updates = trained + pending.updates
    var outputs = [("loss", value)]
    if isRecorded { outputs += [("fake", scores.fake.mean()), ("gradient", norm)] }
    return Program(graph, outputs: outputs, updates: updates + averages(after: updates))
  }

  /// The critic's mean output on the generator step's own fakes: run after the step, it tells what the step changed.
  func generatorProbe() -> Program {
    Program(
      graph, outputs: [("fake", generatorScores(generatorBatch(nil)).fake.mean())], updates: [])
  }

  /// The real and the generated batch of a generator step.
  ///
  /// - Parameter pending: where the generator's statistics and vectors go; nil to leave them alone.
  private func generatorBatch(_ pending: PendingUpdates?) -> AuxiliaryInputs {
    let generate = ConstrainedNetwork.Function(generator, pending: pending)
    let fake = generate(latent("latent/generator", count: configuration.batch), pass: "generator")
    let real = graph.input(Self.dataName(.generator), [configuration.batch] + sampleShape)
    return AuxiliaryInputs(real: real, fake: fake)
  }

  /// The weighted sum of the auxiliary terms.
  private func auxiliarySum(_ batch: AuxiliaryInputs) -> Tensor {
    configuration.auxiliaries.enumerated().reduce(graph.constant(0)) { sum, auxiliary in
      let (entry, arguments) = auxiliaryTable.selection(auxiliary.element)
      let weight = Coefficient(
        arguments.coefficient("weight"), key: CoefficientInputs.auxiliaryKey(auxiliary.offset))
      return sum + weight * entry.body.term(batch, arguments)
    }
  }

  private func generatorScores(_ batch: AuxiliaryInputs) -> Scores {
    let function = ConstrainedNetwork.Function(critic, pending: nil)
    return labelled(
      real: scores(batch.real, function, pass: "generator/real"),
      fake: scores(batch.fake, function, pass: "generator"))
  }

  private func labelled(real: Tensor, fake: Tensor) -> Scores {
    Scores(
      real: real, fake: fake,
      realLabel: Coefficient(configuration.realLabel, key: "labels.real"),
      fakeLabel: Coefficient(configuration.fakeLabel, key: "labels.fake"))
  }

  /// average ← decay·average + (1 − decay)·new for what an optimizer trains. Running statistics and power-iteration vectors
  /// are averages of their own and are taken over as they are; states that never change are left out.
  private func averages(
    after updates: [(state: String, tensor: Tensor)]
  ) -> [(state: String, tensor: Tensor)] {
    guard hasAverage else { return [] }
    let decay = Coefficient(configuration.averageDecay, key: "generator.average")
    return generator.states.compactMap { state in
      guard let new = updates.first(where: { $0.state == state.name })?.tensor else { return nil }
      let average = graph.state("average.\(state.name)", state.shape)
      let next = state.isTrained ? decay * average + decay.complement(in: graph) * new : new
      return ("average.\(state.name)", next)
    }
  }

  /// Samples of the generator in evaluation mode: running statistics, no dropout, averaged weights where there are.
  ///
  /// - Parameter latents: of shape `[n, size]`.
  func sampling(of latents: Tensor) -> Program {
    let generate = ConstrainedNetwork.Function(
      generator, states: sampledStates, mode: .evaluation, pending: nil)
    let samples = generate(latents, pass: "evaluate")
    return Program(graph, outputs: [("samples", samples)], updates: [])
  }
}
