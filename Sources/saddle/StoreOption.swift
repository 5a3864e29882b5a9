import ArgumentParser

/// Where the records lie.
struct StoreOption: ParsableArguments {
  /// The folder in which every verb looks that is told of none.
  static let standard = "results"

  @Option(help: "The folder that holds the records.")
  var store = Self.standard

  /// The option as arguments; none for the standard folder.
  var arguments: [String] { store == Self.standard ? [] : Shell.option("--store", store) }
}
