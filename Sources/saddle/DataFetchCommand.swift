import ArgumentParser
import Datasets
import Downloads
import Foundation

struct DataFetchCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "fetch",
    abstract: "Downloads public data sets into the folder of data, and checks them.",
    discussion: """
      Files that are there and right are left alone. An interrupted download goes on where it was \
      when the command is given again. A file comes to its place in one step when its SHA-256 is \
      the published one: otherwise the command ends with status 5, with 6 when a file cannot be \
      had, and nothing of it is kept. Needs the program curl.
      """)

  @Argument(help: "The data sets; 'saddle data list' shows them.")
  var names: [String]

  @OptionGroup var folder: DataFolderOption

  @Option(
    help: "The http or https address of a folder like that of data, instead of the publishers'.")
  var mirror: String?

  func validate() throws {
    if let mirror, !Self.isAddress(mirror) {
      throw ValidationError("--mirror takes an address such as https://example.org/data")
    }
  }

  private static func isAddress(_ text: String) -> Bool {
    guard let url = URL(string: text), let scheme = url.scheme?.lowercased() else { return false }
    return ["http", "https"].contains(scheme) && !(url.host ?? "").isEmpty
  }

  func run() async throws {
    let path = try folder.required()
    for set in try DataFolderOption.sets(names) {
      let progress = DownloadProgress(set)
      defer { progress.end() }
      try await SetDownload(set, into: path, mirror: mirror).run { progress.show($0) }
      progress.end()
      StandardOutput.print("\(set.name): \(set.downloads.count) files as published in \(path)")
    }
  }
}
