import Networks

/// How the players take turns.
enum Play: String, CaseIterable {
  /// Critic steps, then a generator step against the new critic.
  case alternating
  /// Both gradients at the same weights, then both players move.
  case simultaneous
  /// Both players look ahead together; the gradients there are applied from where they stood.
  case extragradient

  /// The kinds of steps of which training consists.
  var moves: [Move] {
    switch self {
    case .alternating: [.critic, .generator]
    case .simultaneous: [.joint]
    case .extragradient: [.extrapolation, .correction]
    }
  }
}

/// A kind of training step.
enum Move: CaseIterable {
  /// The critic moves.
  case critic
  /// The generator moves.
  case generator
  /// Both move.
  case joint
  /// Both move and keep where they stood.
  case extrapolation
  /// Both move from where they stood by the gradients at where they are.
  case correction

  /// Who moves.
  var players: [Player] {
    switch self {
    case .critic: [.critic]
    case .generator: [.generator]
    case .joint, .extrapolation, .correction: [.critic, .generator]
    }
  }

  /// Whose batches and latents both players see.
  var batch: Player { self == .generator ? .generator : .critic }
}

/// Weights that follow the players at a distance, and that the players now and then go back to.
struct Lookahead {
  /// The generator steps from one return to the next; 0 for none.
  let every: Int
  /// The part of the way to the players that the slow weights take.
  let step: Double
}
