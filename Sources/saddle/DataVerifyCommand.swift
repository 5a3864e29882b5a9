import ArgumentParser
import Datasets

struct DataVerifyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify",
    abstract: "Compares the public data sets that are there with the published contents.",
    discussion: """
      Every file is read, decompressed and compared by SHA-256, so that sets which are compressed \
      otherwise are sound too. Ends with status 5 when anything differs, and with 4 when nothing \
      was there to compare.
      """)

  @Argument(help: "The data sets, which must be whole then; all that are there without any.")
  var names: [String] = []

  @OptionGroup var folder: DataFolderOption

  func run() throws {
    let path = try folder.required()
    let sets = try DataFolderOption.sets(names)
    var isSound = true
    var isAnythingThere = false
    for set in sets {
      let isThere = set.located(in: path).contains { $0.state != .missing }
      guard isThere || !names.isEmpty else { continue }
      isAnythingThere = true
      let faults = set.verified(in: path).compactMap(Self.fault)
      for fault in faults { StandardError.print(fault) }
      if faults.isEmpty {
        StandardOutput.print("\(set.name): \(set.contents.count) files as published")
      } else {
        isSound = false
        StandardError.print("\(set.name): 'saddle data fetch \(set.name)' gets the published files")
      }
    }
    if !isAnythingThere {
      StandardError.print("\(path): no public data set to compare")
      throw ExitCode(ExitStatus.nothingToEvaluate.rawValue)
    }
    if !isSound { throw ExitCode(ExitStatus.mismatch.rawValue) }
  }

  /// What is wrong with a file; nil when nothing is.
  private static func fault(_ check: ContentCheck) -> String? {
    switch check.state {
    case .intact, .present: nil
    case .missing: "\(check.path): no such file"
    case .damaged(let reason): "\(place(check)): \(reason)"
    }
  }

  /// The file that holds the content, and which file in it where that is an archive.
  private static func place(_ check: ContentCheck) -> String {
    let file = check.path.split(separator: "/").last ?? ""
    return file.hasPrefix(check.name) ? check.path : "\(check.path): \(check.name)"
  }
}
