import Catalog
import Engine
import Networks
import Objectives
import Schedules

extension TrainingGraph {
  /// Where statistics, vectors and remembered numbers of a step go; nil for those that the step leaves alone.
  struct Pending {
    var generator: PendingUpdates?
    var critic: PendingUpdates?
    var memory: PendingUpdates?

    /// A step that leaves all of them alone.
    static var none: Pending { Pending() }

    /// All updates that were asked for.
    var updates: [(state: String, tensor: Tensor)] {
      [generator, critic, memory].compactMap(\.self).flatMap(\.updates)
    }
  }

  /// The batches of one step.
  struct Batches {
    /// Whose batches they are: the names of their random numbers begin so.
    let player: Player
    /// Real samples as the data set has them.
    let real: Tensor
    let latents: Tensor
    /// What the generator makes of the latents.
    let fake: Tensor
  }

  /// The real batch, the latents and the generated batch of a kind of step.
  ///
  /// - Parameter pending: where the generator's statistics and vectors go; nil to leave them alone.
  func batches(_ move: Move, _ pending: PendingUpdates?) -> Batches {
    let name = move.batch.rawValue
    let latents = latent("latent/\(name)", count: configuration.batch)
    return Batches(
      player: move.batch,
      real: graph.input(Self.dataName(move.batch), [configuration.batch] + sampleShape),
      latents: latents,
      fake: ConstrainedNetwork.Function(generator, pending: pending)(latents, pass: name))
  }

  /// The step as the objectives see it.
  ///
  /// - Parameters:
  ///   - isLive: whether derivatives go through the fakes.
  func game(_ batches: Batches, isLive: Bool, _ pending: Pending = .none) -> Game {
    let hasCritic = critic.form != .none
    let judge = CriticNetwork.Function(critic, pending: pending.critic)
    let name = batches.player.rawValue
    func generated(_ latents: Tensor, _ pass: String) -> Tensor {
      let made = ConstrainedNetwork.Function(generator, pending: nil)(latents, pass: pass)
      return isLive ? made : made.stopGradient()
    }
    func respond(_ x: Tensor, _ pass: String, recordsStatistics: Bool = false) -> Response {
      guard hasCritic else { return Response(output: x) }
      return judge(x, pass: pass, recordsStatistics: recordsStatistics)
    }
    let real = noisy(batches.real, "\(name)/real")
    let fake = noisy(isLive ? batches.fake : batches.fake.stopGradient(), "\(name)/fake")
    let passes =
      batches.player == .critic
      ? (real: "real", fake: "fake", second: "second")
      : (real: "generator/real", fake: "generator", second: "generator/second")
    return Game(
      real: real, fake: fake, latents: batches.latents,
      onReal: respond(real, passes.real, recordsStatistics: true),
      onFake: respond(fake, passes.fake, recordsStatistics: true),
      realLabel: Coefficient(configuration.realLabel, key: "labels.real"),
      fakeLabel: Coefficient(configuration.fakeLabel, key: "labels.fake"),
      respond: { respond($0, $1) }, generate: generated,
      secondFake: {
        let latents = self.latent("latent/\(name)/second", count: self.configuration.batch)
        let samples = self.noisy(generated(latents, "\(name)/second"), "\(name)/second")
        return (samples, respond(samples, passes.second))
      }, memory: memory(Self.lossPrefix, pending.memory))
  }

  /// A batch under the noise that the critic sees it with; there is none where there is no critic.
  private func noisy(_ samples: Tensor, _ stream: String) -> Tensor {
    guard configuration.noise.constant != 0, critic.form != .none else { return samples }
    let noise = graph.draw("noise/\(stream)", .normal, samples.shape)
    return samples + Coefficient(configuration.noise, key: "train.noise") * noise
  }

  // MARK: Losses

  /// A player's loss without penalties.
  func loss(of player: Player, _ game: Game) -> Tensor {
    let (loss, arguments) = lossTable.selection(configuration.loss(player))
    return (player == .critic ? loss.body.critic : loss.body.generator)(game, arguments)
  }

  /// The sum of a player's terms of penalties, each with its factor.
  ///
  /// - Parameters:
  ///   - active: the positions of the penalties that are applied in this step.
  ///   - batches: those of the step.
  ///   - factor: of a term of a penalty, by the name of its weight; where nothing is said, that in the steps in which it is
  ///     applied.
  func penaltySum(
    of player: Player, _ active: [Int], _ game: Game, _ batches: Batches, memory: PendingUpdates?,
    factor: ((PenaltySetting, _ weight: String) -> Coefficient)? = nil
  ) -> Tensor {
    let settings = configuration.penalties
    return active.map { settings[$0] }.reduce(graph.constant(0)) { sum, setting in
      let inputs = penaltyInputs(setting, of: player, game, batches, memory)
      return setting.terms(of: player).reduce(sum) { sum, term in
        let factor =
          factor?(setting, term.weight)
          ?? Coefficient(setting.factor(term.weight), key: setting.key(term.weight))
        return sum + factor * term.value(inputs, setting.arguments)
      }
    }
  }

  private func penaltyInputs(
    _ setting: PenaltySetting, of player: Player, _ game: Game, _ batches: Batches,
    _ memory: PendingUpdates?
  ) -> PenaltyInputs {
    let stream = player == setting.owner ? setting.prefix : "\(setting.prefix)/\(player.rawValue)"
    let (loss, arguments) = lossTable.selection(configuration.loss(.critic))
    return PenaltyInputs(
      game: game, stream: stream,
      critic: { x in loss.body.witness(game, (x, game.respond(x, stream)), arguments) },
      weights: networks(of: player).flatMap { $0.weights(in: self.graph) },
      field: { self.field(batches) }, memory: self.memory(setting.prefix, memory))
  }

  /// The gradients of both players' losses, each by its own parameters, at one batch.
  func field(_ batches: Batches) -> [Tensor] {
    let game = game(batches, isLive: true)
    return Player.allCases.flatMap { player in
      let parameters = trainedStates(of: player).map { graph.state($0.name, $0.shape) }
      return gradients(of: loss(of: player, game), by: parameters)
    }
  }
}
