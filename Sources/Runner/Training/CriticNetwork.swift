import Catalog
import Engine
import Networks
import Objectives

/// The networks of which a critic consists: the one that judges, and what the form of its answers adds to it.
struct CriticNetwork {
  /// What it gives for a sample.
  let form: CriticForm
  /// All of its networks: of an autoencoder the encoder and the decoder, of a contrastive critic the projections of local
  /// and global features behind the critic itself; none where there is no critic.
  let parts: [ConstrainedNetwork]

  /// The critic of a configuration on samples of a shape.
  ///
  /// - Throws: `RunnerError.network` where a network does not fit.
  init(_ configuration: RunConfiguration, sampleShape: [Int]) throws {
    form = configuration.criticForm
    do {
      parts = try Self.networks(form, configuration.settings(.critic), sampleShape).map {
        ConstrainedNetwork(.critic, $0, constraint: configuration.constraint(.critic))
      }
    } catch let error as NetworkError {
      throw RunnerError.network(.critic, error)
    }
  }

  private static func networks(
    _ form: CriticForm, _ settings: Value, _ sampleShape: [Int]
  ) throws -> [Network] {
    func trunk(_ outputs: Int) throws -> Network {
      try Network(.critic, settings: settings, inputShape: sampleShape, outputShape: [outputs])
    }
    switch form {
    case .score: return [try trunk(1)]
    case .embedding(let dimensions): return [try trunk(dimensions)]
    case .autoencoder(let code):
      let decoder = try Network(
        .generator, settings: decoderSettings(settings), inputShape: [code],
        outputShape: sampleShape, part: ("decoder", .critic))
      return [try trunk(code), decoder]
    case .contrast(let dimensions):
      let trunk = try trunk(1)
      guard trunk.layers.count > 1 else {
        throw NetworkError(
          "the loss contrasts features, and the network has no hidden layer", at: "hidden")
      }
      let shapes = trunk.featureShapes
      let local = Network(
        projection: "critic.local", from: shapes.local.last ?? 1, to: dimensions,
        settings: settings)
      let global = Network(
        projection: "critic.global", from: shapes.global[0], to: dimensions,
        settings: settings)
      return [trunk, local, global]
    case .none: return []
    }
  }

  /// The settings of the decoder: the critic's, hidden layers in reverse order, unless it has an architecture of its own.
  private static func decoderSettings(_ settings: Value) -> Value {
    var members = settings.asMap ?? [:]
    if let own = members["decoder"]?.asList?.first { members["architecture"] = own }
    members["hidden"] = .list((members["hidden"]?.asList ?? []).reversed())
    return .map(members)
  }

  /// All states in the order of declaration.
  var states: [ConstrainedNetwork.State] { parts.flatMap(\.states) }

  /// The critic as a function in one step: its passes share normalized weights.
  struct Function {
    private let form: CriticForm
    private let parts: [ConstrainedNetwork.Function]

    /// - Parameter pending: where statistics and vectors go; nil in a step that is not the critic's.
    init(_ owner: CriticNetwork, pending: PendingUpdates?) {
      form = owner.form
      parts = owner.parts.map { ConstrainedNetwork.Function($0, pending: pending) }
    }

    /// What the critic gives for a batch.
    ///
    /// - Parameters:
    ///   - pass: the name of the pass, which keeps its random numbers apart.
    ///   - recordsStatistics: whether running statistics take this batch in.
    func callAsFunction(
      _ x: Tensor, pass: String, recordsStatistics: Bool = true
    ) -> Response {
      let count = x.shape[0]
      func apply(_ part: Int, _ x: Tensor) -> Tensor {
        parts[part](x, pass: pass, recordsStatistics: recordsStatistics)
      }
      switch form {
      case .score: return Response(output: apply(0, x).reshaped([count]))
      case .embedding: return Response(output: apply(0, x))
      case .autoencoder:
        let code = apply(0, x)
        return Response(output: apply(1, code), code: code)
      case .contrast(let dimensions):
        let (output, local, global) = parts[0].withFeatures(
          x, pass: pass, recordsStatistics: recordsStatistics)
        let channels = local.shape[local.rank - 1]
        let positions = local.count / count / channels
        let projected = apply(1, local.reshaped([count * positions, channels]))
        return Response(
          output: output.reshaped([count]),
          features: (
            projected.reshaped([count, positions, dimensions]),
            apply(2, global)
          ))
      case .none: preconditionFailure("a game without a critic asks it")
      }
    }
  }
}
