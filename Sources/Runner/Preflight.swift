import Catalog
import Metrics
import Records

extension Plan {
  /// Checks what depends on the data themselves, before any time is spent: that metrics which need the true modes get
  /// them.
  ///
  /// - Throws: `RunnerError.unmeasurable`; `DatasetError` when data files are missing or damaged.
  public func checkData(_ identities: Identities) throws {
    for arm in arms {
      let configuration = RunConfiguration(arm.configuration)
      let space = configuration.features["name"]?.asText ?? "raw"
      let mixture = try identities.dataset(arm).mixture
      for request in metrics where mixture == nil || space != "raw" {
        let metric = metricTable.selection(request.metric).entry
        guard metric.body.needsMixture else { continue }
        let data = configuration.data["name"]?.asText ?? ""
        let reason =
          mixture == nil
          ? "the data set \(data) has none" : "\(space) features are another space than theirs"
        throw RunnerError.unmeasurable(
          "metric '\(metric.description.name)' needs the true modes, and \(reason)")
      }
    }
  }
}
