import Catalog

/// Makes the normalizing layer for a number of features, or nil for none.
public typealias Normalizer = @Sendable (_ features: Int, Arguments) -> (any Layer)?

/// The normalizers that an experiment file can name, for each network separately.
public let normalizerTable = Table<Normalizer>(
  "normalizer",
  [
    Entry(EntryDescription("none", "No normalization")) { _, _ in nil },
    Entry(
      EntryDescription(
        "batch",
        "Batch normalization; real and fake batches are normalized apart, sampling uses running statistics",
        formula: "γ(x − μ)/√(σ² + ε) + β", source: "1502.03167",
        parameters: [
          .real("momentum", .unit, default: 0.1, "the share of a batch in the running statistics"),
          .real("epsilon", .positive, default: 1e-5, "the number added to the variance"),
        ])
    ) { features, arguments in
      BatchNorm(
        features, momentum: arguments.real("momentum"), epsilon: arguments.real("epsilon"))
    },
  ])
