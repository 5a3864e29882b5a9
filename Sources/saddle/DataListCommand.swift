import ArgumentParser
import Catalog
import Datasets
import Foundation

struct DataListCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list",
    abstract: "Shows which public data sets are there, and where they are looked for.",
    discussion: "Files of the published size are not read; 'saddle data verify' does that.")

  @OptionGroup var folder: DataFolderOption

  @Flag(help: "Writes one JSON document.")
  var json = false

  func run() {
    let sets = PublishedSet.all.map { SetPresence($0, in: folder.path) }
    if json {
      StandardOutput.print(
        .map([
          "folder": folder.path.map(Value.text) ?? .null, "sets": .list(sets.map(\.json)),
        ]))
    } else {
      StandardOutput.print(text(sets))
    }
  }

  private func text(_ sets: [SetPresence]) -> String {
    let place = folder.path.map { "data in \($0)" } ?? "no folder of data: set SADDLE_DATA to one"
    let width = sets.map { $0.published.name.count }.max() ?? 0
    let lines = sets.map { presence in
      presence.published.name.padding(toLength: width, withPad: " ", startingAt: 0) + "  "
        + presence.text
    }
    return ([place, ""] + lines).joined(separator: "\n")
  }
}

/// What is there of a public data set.
private struct SetPresence {
  let published: PublishedSet
  /// What was found; nil without a folder of data.
  private let checks: [ContentCheck]?

  init(_ published: PublishedSet, in folder: String?) {
    self.published = published
    checks = folder.map { published.located(in: $0) }
  }

  private var missing: [ContentCheck] { (checks ?? []).filter { $0.state == .missing } }

  /// What is wrong with files that are there, each named once.
  private var faults: [String] {
    (checks ?? []).reduce(into: []) { faults, check in
      guard case .damaged(let reason) = check.state else { return }
      let fault = "\(check.path): \(reason)"
      if !faults.contains(fault) { faults.append(fault) }
    }
  }

  private var state: String {
    guard let checks, missing.count < checks.count else { return "missing" }
    if !faults.isEmpty { return "damaged" }
    return missing.isEmpty ? "present" : "incomplete"
  }

  /// Bytes on the disk, each file counted once.
  private var size: Int {
    let paths = (checks ?? []).filter { $0.state != .missing }.map(\.path)
    return Set(paths).reduce(0) { sum, path in
      let attributes = try? FileManager.default.attributesOfItem(
        atPath: URL(fileURLWithPath: path).resolvingSymlinksInPath().path)
      return sum + (attributes?[.size] as? Int ?? 0)
    }
  }

  /// Which files are not there, at most one clause.
  private var absences: [String] {
    missing.isEmpty ? [] : ["no \(missing.map(\.path).joined(separator: ", "))"]
  }

  private var downloadSize: Int { published.downloads.reduce(0) { $0 + $1.byteCount } }

  var text: String {
    switch state {
    case "present": "present, \(ByteText.text(Double(size)))"
    case "damaged":
      "damaged: \((faults + absences).joined(separator: "; ")); "
        + "'saddle data fetch \(published.name)' gets the published files"
    case "incomplete":
      "incomplete: \(absences.joined()); 'saddle data fetch \(published.name)' completes it"
    default:
      "missing; 'saddle data fetch \(published.name)' gets \(ByteText.text(Double(downloadSize)))"
    }
  }

  var json: Value {
    .map([
      "name": .text(published.name), "state": .text(state), "bytes": .integer(size),
      "downloadBytes": .integer(downloadSize), "missing": .list(missing.map { .text($0.path) }),
      "damaged": .list(faults.map(Value.text)),
    ])
  }
}
