import Arrays
import Networks

/// A network that a run may have, by what the names of its states begin with.
public enum RunNetwork: String, Sendable, CaseIterable {
  /// The generator.
  case generator
  /// The critic; of one that is an autoencoder the encoder.
  case critic
  /// What an autoencoding critic makes samples of codes with.
  case decoder = "critic.decoder"
  /// The projection of a contrastive critic's local features.
  case local = "critic.local"
  /// The projection of a contrastive critic's global features.
  case global = "critic.global"

  /// Whose network it is.
  public var player: Player { self == .generator ? .generator : .critic }
}

extension ExportedNetwork {
  /// What a critic's first network gives a further one to work on; the samples themselves for the critic and the generator.
  ///
  /// - Parameter samples: inputs of this network.
  func inputs(of part: RunNetwork, _ samples: HostArray<Double>) -> HostArray<Double> {
    switch part {
    case .generator, .critic: samples
    case .decoder: run(samples)
    case .local:
      run(samples) { function, x in
        let local = function.withFeatures(x, pass: "export", recordsStatistics: false).local
        let channels = local.shape[local.rank - 1]
        return local.reshaped([local.count / channels, channels])
      }
    case .global:
      run(samples) { $0.withFeatures($1, pass: "export", recordsStatistics: false).global }
    }
  }
}
