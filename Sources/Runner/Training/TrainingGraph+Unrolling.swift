import Engine
import Networks
import Objectives
import Schedules

extension TrainingGraph {
  /// The generator's loss against the critic as it will have answered: the negated critic loss at the weights that the
  /// critic has after `train.unroll` steps of its own optimizer, differentiated through these steps.
  ///
  /// `L_K(θ_G) = −L(θ_G, θ_K)`, `(θ_k, m_k) = step(θ_{k−1}, m_{k−1}, ∇_θ[L + P](θ_G, θ_{k−1}))` from the critic's weights
  /// θ₀ and moments m₀ as they are, which the step leaves alone. Source: 1611.02163.
  ///
  /// Where the paper leaves a choice:
  /// - All steps and the final loss see one real batch and the generator's own, as in the authors' demo: the critic
  ///   answers to these samples, and the generator's derivative is taken through each of its answers.
  /// - The steps are those that the critic would take next, with the numbers of these: bias corrections, learning rate,
  ///   labels, bounds and weights of penalties, 0 where a penalty is applied every few steps and not in this one.
  ///   Their penalties P and projections are part of them, and are differentiated, by the generated samples too.
  /// - The final loss is that of the next step without penalties, which are rules for the critic and no stake in the game;
  ///   its term on the real batch counts, since θ_K depends on the generator.
  /// - Dropout and penalties draw from streams of their own, anew in each step. Normalizers use their batches, power
  ///   iterations start from the stored vectors; neither leaves anything behind.
  func unrolledLoss(_ batches: Batches) -> Tensor {
    // The critic's step in terms of any generated batch.
    let answered = Batches(
      player: .critic, real: batches.real, latents: batches.latents,
      fake: graph.input(Self.unrolledFake, batches.fake.shape))
    let memory = PendingUpdates()
    let game = game(answered, isLive: true, Pending(memory: memory))
    let value = loss(of: .critic, game)
    let total = value + unrolledPenalties(game, answered, memory)
    let trained = updates(of: .critic, loss: total, isDifferentiated: true).updates
    let updates = trained + memory.updates
    var states = updates.map { graph.state($0.state, $0.tensor.shape) }
    let step = numbered(updates.map(\.tensor), fake: answered.fake, states: states)
    let stake = numbered([value], fake: answered.fake, states: states)
    for number in 1...configuration.unrolledSteps { states = step(number, batches.fake, states) }
    return -stake(configuration.unrolledSteps + 1, batches.fake, states)[0]
  }

  /// All of the critic's penalties, those that are applied every few steps with a factor that is 0 in the others.
  private func unrolledPenalties(
    _ game: Game, _ batches: Batches, _ memory: PendingUpdates
  ) -> Tensor {
    let positions = configuration.penaltyIntervals(.critic).map(\.penalty)
    return penaltySum(of: .critic, positions, game, batches, memory: memory) { setting, weight in
      setting.interval == 1
        ? Coefficient(setting.factor(weight), key: setting.key(weight))
        : .input(Coefficient.inputName(setting.appliedKey(weight)))
    }
  }

  /// What a step computes, as a function of its number, of the generated batch and of the critic's states.
  private func numbered(
    _ results: [Tensor], fake: Tensor, states: [Tensor]
  ) -> (_ number: Int, _ fake: Tensor, _ states: [Tensor]) -> [Tensor] {
    let inputs = ownInputs(of: results)
    let own = inputs.map { graph.input($0.name, $0.shape) }
    let function = GraphFunction(results, of: [fake] + own + states)
    return { number, fake, states in
      let given = inputs.map { self.input(UnrolledInput(input: $0.name, step: number), $0.shape) }
      return function([fake] + given + states)
    }
  }

  /// The name of the input that stands for the generated batch while a step is written down.
  private static let unrolledFake = "unrolled/fake"

  /// The inputs of a critic step that change from one to the next: coefficients and random numbers, not the batches.
  private func ownInputs(of results: [Tensor]) -> [(name: String, shape: [Int])] {
    let program = Program(
      graph, outputs: results.enumerated().map { ("\($0.offset)", $0.element) }, updates: [])
    let batches = [
      Self.unrolledFake, Self.dataName(.generator), "latent/\(Player.generator.rawValue)",
    ]
    return program.inputs.filter { !batches.contains($0.name) }
  }

  private func input(_ input: UnrolledInput, _ shape: [Int]) -> Tensor {
    guard let draw = graph.draws.first(where: { $0.stream == input.input }) else {
      return graph.input(input.name, shape)
    }
    return graph.draw(input.name, draw.distribution, shape)
  }
}

/// An input of one of the critic's steps that a generator step looks ahead to: `<input>/unrolled/<step>`.
struct UnrolledInput {
  private static let mark = "/unrolled"

  /// The input of the critic's step that it takes the place of.
  let input: String
  /// Which of the next steps, from 1.
  let step: Int

  /// The name in the graph, and of the random stream where there is one.
  var name: String { "\(input)\(Self.mark)/\(step)" }

  init(input: String, step: Int) {
    self.input = input
    self.step = step
  }

  /// Takes a name apart; nil for one of another form.
  init?(name: String) {
    guard let slash = name.lastIndex(of: "/"), let step = Int(name[name.index(after: slash)...]),
      name[..<slash].hasSuffix(Self.mark)
    else { return nil }
    self.init(input: String(name[..<slash].dropLast(Self.mark.count)), step: step)
  }
}
