import ArgumentParser

/// Where the records lie.
struct StoreOption: ParsableArguments {
  /// The folder in which every verb looks that is told of none.
  static let standard = "results"

  @Option(help: "The folder that holds the records.")
  var store = Self.standard

  func validate() throws {
    // An unset variable of a shell must not mean the root of the file system.
    if store.isEmpty { throw ValidationError("--store must name a folder") }
  }

  /// The option as arguments; none for the standard folder.
  var arguments: [String] { store == Self.standard ? [] : Shell.option("--store", store) }
}
