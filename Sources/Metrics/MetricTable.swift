import Catalog

/// The metrics that an experiment can ask for. To add one, add its entry here.
public let metricTable = Table<Metric>(
  "metric",
  [
    frechetEntry, meanDiscrepancyEntry, modesEntry, highQualityEntry, reverseDivergenceEntry,
    classifierScoreEntry, classBalanceEntry, classesEntry,
  ])
