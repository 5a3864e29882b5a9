import Catalog
import Datasets
import Features
import Metrics
import Networks
import Records

extension Plan {
  /// Checks what depends on the data themselves, before any time is spent: that metrics which need the true modes or
  /// a classifier get them, that there are such features of the data, and that networks fit the data's shape.
  ///
  /// - Throws: `RecordsError.invalid` with all of it; `DatasetError` when data files are missing or damaged.
  public func checkData(_ identities: Identities) throws {
    try check { arm in
      let configuration = RunConfiguration(arm.configuration)
      let dataset = try identities.dataset(arm)
      return try modeRemarks(arm, configuration, dataset)
        + classRemarks(arm, configuration, dataset) + featureRemarks(configuration, dataset)
        + shapeRemarks(configuration, dataset)
    }
  }

  private func shapeRemarks(
    _ configuration: RunConfiguration, _ dataset: Dataset
  ) throws -> [Remark] {
    try Player.allCases.compactMap { player in
      do {
        _ = try configuration.network(player, sampleShape: dataset.sampleShape)
        return nil
      } catch RunnerError.network(_, let error) {
        return Remark(
          isError: true, keyPath: "\(player.rawValue).\(error.keyPath)",
          message: "\(player.rawValue): \(error.message)")
      }
    }
  }

  private func modeRemarks(
    _ arm: Arm, _ configuration: RunConfiguration, _ dataset: Dataset
  ) -> [Remark] {
    let space = configuration.features["name"]?.asText ?? "raw"
    guard dataset.mixture == nil || space != "raw" else { return [] }
    let data = configuration.data["name"]?.asText ?? ""
    let (key, reason) =
      dataset.mixture == nil
      ? ("data", "the data set \(data) has none")
      : ("evaluate.features", "\(space) features are another space than theirs")
    return metrics(of: arm, in: .modes).map { request in
      Remark(
        isError: true, keyPath: key,
        message: "metric '\(request.name)' needs the true modes, and \(reason); 'when' can ask "
          + "it of other arms alone")
    }
  }

  private func classRemarks(
    _ arm: Arm, _ configuration: RunConfiguration, _ dataset: Dataset
  ) -> [Remark] {
    if Classifier(of: dataset.name) != nil { return [] }
    return metrics(of: arm, in: .classes).map { request in
      Remark(
        isError: true, keyPath: "data",
        message: "metric '\(request.name)' needs a classifier, and "
          + "\(Classifier.absence(dataset.name)); 'when' can ask it of other arms alone")
    }
  }

  /// The metrics of an arm that compare samples in a space.
  private func metrics(of arm: Arm, in space: Metric.Space) -> [MetricRequest] {
    metrics(of: arm).filter { metricTable.selection($0.metric).entry.body.space == space }
  }

  private func featureRemarks(
    _ configuration: RunConfiguration, _ dataset: Dataset
  ) -> [Remark] {
    let (entry, arguments) = featureTable.selection(configuration.features)
    let obstacle = entry.body.obstacle(
      dataset: dataset.name, sampleShape: dataset.sampleShape, arguments)
    return obstacle.map { [Remark(isError: true, keyPath: "evaluate.features", message: $0)] } ?? []
  }
}
