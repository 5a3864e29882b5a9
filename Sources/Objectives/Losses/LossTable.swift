import Catalog

/// The losses that an experiment file can name.
public let lossTable = Table<Loss>(
  "loss",
  [
    Loss.nonsaturating,
    Loss.minimax,
    Loss.hinge,
    Loss.wasserstein,
    Loss.lsgan,
    Loss.absoluteDeviation,
    Loss.relativistic,
    Loss.relativisticAverage,
    Loss.fGAN,
    Loss.softmax,
    Loss.klWasserstein,
  ])
