import Catalog

/// The losses that an experiment file can name, by families: a new one is an entry in the file of its family.
public let lossTable = Table<Loss>(
  "loss", notation: .objectives,
  logisticLosses + hingeLosses + wassersteinLosses + leastDeviationLosses + relativisticLosses
    + fGANLosses + softmaxLosses + discrepancyLosses + autoencodingLosses + contrastiveLosses)
