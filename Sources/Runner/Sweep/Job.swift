/// A piece of work for a worker.
struct Job: Sendable, Equatable {
  /// What is to be done for an arm.
  enum Work: Sendable, Equatable {
    /// Real data are measured in the place of the arm's samples, for the evaluation with this id.
    case reference(evaluation: String)
    /// What runs of the arm are measured against is computed while they have to wait; nothing is stored.
    case preparation
    /// The run with this seed and id, and its evaluation with this id, are made where they are missing.
    case run(seed: Int, id: String, evaluation: String)
    /// The stored run is trained again and compared.
    case verification(seed: Int, id: String)
  }

  /// The index of the arm.
  let arm: Int
  let work: Work

  /// The seed; nil where there is no run.
  var seed: Int? {
    switch work {
    case .reference, .preparation: nil
    case .run(let seed, _, _), .verification(let seed, _): seed
    }
  }

  /// The id of the run; nil where there is none.
  var id: String? {
    switch work {
    case .reference, .preparation: nil
    case .run(_, let id, _), .verification(_, let id): id
    }
  }

  /// Whether a stored run is compared.
  var isVerification: Bool {
    if case .verification = work { true } else { false }
  }

  /// Whether real data are measured.
  var isReference: Bool {
    if case .reference = work { true } else { false }
  }

  init(arm: Int, _ work: Work) {
    self.arm = arm
    self.work = work
  }

  /// The line that a worker reads.
  var line: String {
    switch work {
    case .reference(let evaluation): "reference \(arm) \(evaluation)"
    case .preparation: "prepare \(arm)"
    case .run(let seed, let id, let evaluation): "run \(arm) \(seed) \(id) \(evaluation)"
    case .verification(let seed, let id): "verify \(arm) \(seed) \(id)"
    }
  }

  /// Reads what `line` writes; nil for anything else.
  init?(line: String) {
    let words = line.split(separator: " ").map(String.init)
    guard words.count > 1, let arm = Int(words[1]) else { return nil }
    switch (words[0], words.count) {
    case ("reference", 3): self.init(arm: arm, .reference(evaluation: words[2]))
    case ("prepare", 2): self.init(arm: arm, .preparation)
    case ("run", 5):
      guard let seed = Int(words[2]) else { return nil }
      self.init(arm: arm, .run(seed: seed, id: words[3], evaluation: words[4]))
    case ("verify", 4):
      guard let seed = Int(words[2]) else { return nil }
      self.init(arm: arm, .verification(seed: seed, id: words[3]))
    default: return nil
    }
  }
}
