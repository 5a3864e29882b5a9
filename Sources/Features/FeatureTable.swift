import Catalog

/// The spaces in which metrics can compare samples. To add one, add its entry here.
public let featureTable = Table<Extractor>(
  "features", fallback: "raw",
  [rawEntry, principalComponentsEntry, randomConvolutionEntry, classifierEntry])
