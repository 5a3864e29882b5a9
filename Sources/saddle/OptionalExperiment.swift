import ArgumentParser

/// An experiment that need not be named.
struct OptionalExperiment: ParsableArguments {
  @Argument(help: ExperimentOptions.help)
  var experiment: String?

  @OptionGroup var records: StoreOption
  @OptionGroup var selection: SelectionOptions

  /// The folder that holds the records.
  var store: String { records.store }

  func validate() throws {
    if experiment == nil, !selection.isEmpty {
      throw ValidationError("--set, --only, --seeds and --reference need an experiment")
    }
  }

  /// The experiment as other verbs know it; nil when none was named.
  var chosen: ExperimentOptions? {
    experiment.map { ExperimentOptions($0, records, selection) }
  }
}
