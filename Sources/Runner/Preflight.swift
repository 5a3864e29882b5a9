import Catalog
import Datasets
import Features
import Metrics
import Networks
import Objectives
import Records

extension Plan {
  /// Checks what depends on the data themselves, before any time is spent: that metrics which need the true modes or
  /// a classifier get them, that there are such features of the data, and that networks fit the data's shape and the
  /// files of weights that they start with.
  ///
  /// - Throws: `RecordsError.invalid` with all of it; `DatasetError` when data files are missing or damaged.
  public func checkData(_ identities: Identities) throws {
    try check { arm in
      let configuration = RunConfiguration(arm.configuration)
      let dataset = try identities.dataset(arm)
      return try modeRemarks(arm, configuration, dataset)
        + classRemarks(arm, configuration, dataset) + sampleRemarks(arm, configuration)
        + featureRemarks(configuration, dataset) + shapeRemarks(configuration, dataset)
        + transformRemarks(configuration, dataset)
        + weightRemarks(arm, configuration, dataset, identities)
    }
  }

  /// What is wrong with the files of weights that networks start with.
  private func weightRemarks(
    _ arm: Arm, _ configuration: RunConfiguration, _ dataset: Dataset, _ identities: Identities
  ) -> [Remark] {
    Player.allCases.compactMap { player in
      do {
        guard let file = try identities.weightFile(player, of: arm) else { return nil }
        _ = try file.values(
          of: player,
          try configuration.networks(of: player, sampleShape: dataset.sampleShape))
        return nil
      } catch let error as DatasetError {
        return Remark(
          isError: true, keyPath: "\(player.rawValue).weights", message: error.description)
      } catch {
        // A network that does not fit the data is told elsewhere.
        return nil
      }
    }
  }

  private func shapeRemarks(
    _ configuration: RunConfiguration, _ dataset: Dataset
  ) throws -> [Remark] {
    let shape = dataset.sampleShape
    return try Player.allCases.compactMap { player in
      do {
        let networks = try configuration.networks(of: player, sampleShape: shape)
        return networks.first.flatMap { configuration.idleNormalizer(player, in: $0.network) }
      } catch RunnerError.network(_, let error) {
        return Remark(
          isError: true, keyPath: "\(player.rawValue).\(error.keyPath)",
          message: "\(player.rawValue): \(error.message)")
      }
    }
  }

  private func transformRemarks(
    _ configuration: RunConfiguration, _ dataset: Dataset
  ) -> [Remark] {
    configuration.penalties.compactMap { setting in
      guard let value = setting.value["transform"] else { return nil }
      let transform = transformTable.selection(value).entry
      guard transform.body.needsImages, dataset.sampleShape.count != 3 else { return nil }
      return Remark(
        isError: true, keyPath: setting.keyPath,
        message:
          "the transform \(transform.description.name) is for images, and these data are none")
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
    let requests = metrics(of: arm, in: .classes)
    if let classifier = Classifier(of: dataset.name) {
      return requests.compactMap { uniformRemark($0, classifier, dataset) }
    }
    return requests.map { request in
      Remark(
        isError: true, keyPath: "data",
        message: "metric '\(request.name)' needs classes, and \(Classifier.absence(dataset.name)); "
          + "'when' can ask it of other arms alone")
    }
  }

  /// Equal shares are those of all classes that the classifier knows.
  private func uniformRemark(
    _ request: MetricRequest, _ classifier: Classifier, _ dataset: Dataset
  ) -> Remark? {
    let channels = Classifier.isStacked(dataset.name) ? dataset.sampleShape[2] : 1
    let all = (0..<channels).reduce(1) { product, _ in product * classifier.classCount }
    guard request.metric["from"] == .text("uniform"),
      let kept = dataset.classes?.count, kept != all
    else { return nil }
    return Remark(
      isError: true, keyPath: "data",
      message: "metric '\(request.name)' compares with equal shares of \(all) classes, and these "
        + "data keep \(kept); leave 'from' at 'data'")
  }

  private func sampleRemarks(_ arm: Arm, _ configuration: RunConfiguration) -> [Remark] {
    metrics(of: arm).compactMap { request in
      let (entry, arguments) = metricTable.selection(request.metric)
      let needed = entry.body.minimumGenerated(arguments)
      guard configuration.sampleCount < needed else { return nil }
      return Remark(
        isError: true, keyPath: "evaluate.samples",
        message: "metric '\(request.name)' needs at least \(needed) samples, not "
          + "\(configuration.sampleCount)")
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
