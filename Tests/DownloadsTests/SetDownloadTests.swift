import Foundation
import Testing

@testable import Datasets
@testable import Downloads

/// 300,000 bytes without a pattern.
private let large = (0..<300_000).map { UInt8(truncatingIfNeeded: ($0 &* 2_654_435_761) >> 11) }
private let small = Array("a small file\n".utf8)
private let largeSum = "96465255239ff3e5e06e039903c9f95cd3e024597e839f3d7ce7f81e880e9dfd"
private let smallSum = "283de18a92b91eca91b96146822214f63c5a6a08238ab8acf97896a6036b5ab5"

/// A set of two files that these addresses give.
private func twoFiles(_ folders: [String]) -> PublishedSet {
  PublishedSet(
    "pair",
    downloads: [
      PublishedFile(name: "large", byteCount: large.count, sha256: largeSum, folders: folders),
      PublishedFile(name: "small", byteCount: small.count, sha256: smallSum, folders: folders),
    ],
    contents: [
      PublishedContent(name: "large", sha256: largeSum),
      PublishedContent(name: "small", sha256: smallSum),
    ])
}

@Suite(.enabled(if: Server.isPossible, "python3 or curl is not in PATH"))
struct SetDownloadTests {
  private let folder = TemporaryFolder()

  private func serve(_ faults: String...) throws -> Server {
    let server = try Server(faults)
    try server.write(large, "large")
    try server.write(small, "small")
    return server
  }

  /// Downloads the set; what happened, and the error's text.
  private func download(
    _ folders: [String], mirror: String? = nil
  ) async -> (events: [DownloadEvent], failure: String?) {
    var events: [DownloadEvent] = []
    do {
      let download = SetDownload(twoFiles(folders), into: folder.path, mirror: mirror)
      try await download.run { event in
        if case .received = event { return }
        events.append(event)
      }
      return (events, nil)
    } catch {
      return (events, "\(error)")
    }
  }

  private func write(_ bytes: [UInt8], _ name: String) throws {
    let url = URL(fileURLWithPath: "\(folder.path)/pair/\(name)")
    try FileManager.default.createDirectory(
      at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(bytes).write(to: url)
  }

  private func expectBothInPlace() throws {
    #expect(try folder.contents == ["pair/large": large, "pair/small": small])
  }

  @Test func putsFilesInPlaceOnce() async throws {
    let server = try serve()
    let first = await download([server.address()])
    #expect(first.failure == nil)
    #expect(
      first.events == [
        .began(file: "large", address: server.address("large"), offset: 0),
        .placed(file: "large", byteCount: 300_000),
        .began(file: "small", address: server.address("small"), offset: 0),
        .placed(file: "small", byteCount: 13),
      ])
    try expectBothInPlace()
    let again = await download([server.address()])
    #expect(again.events == [.present(file: "large"), .present(file: "small")])
    #expect(server.requests == ["/large -", "/small -"])
  }

  @Test func goesOnWhereAnEarlierDownloadEnded() async throws {
    let server = try serve()
    try write(Array(large[..<100_000]), "large.partial")
    #expect(await download([server.address()]).failure == nil)
    #expect(server.requests == ["/large bytes=100000-", "/small -"])
    try expectBothInPlace()
  }

  @Test func takesUpATransferThatBreaksOff() async throws {
    let server = try serve("--cut", "120000")
    #expect(await download([server.address()]).failure == nil)
    #expect(
      server.requests == ["/large -", "/large bytes=120000-", "/large bytes=240000-", "/small -"])
    try expectBothInPlace()
  }

  @Test func keepsWhatItHasWhenNothingMoreComes() async throws {
    try write(Array(large[..<100_000]), "large.partial")
    let server = try serve("--cut", "0")
    let result = await download([server.address()])
    #expect(result.failure?.hasPrefix("\(server.address("large")): ") == true)
    #expect(result.failure?.contains("the same command tries again and goes on") == true)
    #expect(try folder.contents == ["pair/large.partial": Array(large[..<100_000])])
  }

  @Test func beginsAgainWhereAServerGivesNoParts() async throws {
    let server = try serve("--no-range")
    try write(Array(large[..<100_000]), "large.partial")
    #expect(await download([server.address()]).failure == nil)
    #expect(server.requests == ["/large bytes=100000-", "/large -", "/small -"])
    try expectBothInPlace()
  }

  @Test func beginsAgainWhereWhatWasThereIsWrong() async throws {
    let server = try serve()
    try write([UInt8](repeating: 1, count: 100_000), "large.partial")
    #expect(await download([server.address()]).failure == nil)
    #expect(server.requests == ["/large bytes=100000-", "/large -", "/small -"])
    try expectBothInPlace()
    // One that is as long as the file, or longer, is not asked for a rest.
    for count in [300_000, 300_001] {
      try FileManager.default.removeItem(atPath: folder.path + "/pair/large")
      try write([UInt8](repeating: 1, count: count), "large.partial")
      #expect(await download([server.address()]).failure == nil)
      #expect(server.requests.last == "/large -")
      try expectBothInPlace()
    }
    // One that is whole needs no server.
    try FileManager.default.removeItem(atPath: folder.path + "/pair/large")
    try write(large, "large.partial")
    let requests = server.requests
    #expect(await download([server.address()]).failure == nil)
    #expect(server.requests == requests)
    try expectBothInPlace()
  }

  @Test func keepsNothingOfAnotherContent() async throws {
    let server = try serve("--lie")
    let result = await download([server.address()])
    #expect(
      result.failure
        == "\(server.address("large")): not the published large, by its SHA-256; nothing of it is "
        + "kept, --mirror takes another address")
    #expect(try folder.contents.isEmpty)
    // A file that is in place but damaged stays until there is a better one.
    try write(small, "large")
    _ = await download([server.address()])
    #expect(try folder.contents == ["pair/large": small])
    let honest = try serve()
    #expect(await download([honest.address()]).failure == nil)
    try expectBothInPlace()
  }

  @Test func takesNoMoreThanTheFile() async throws {
    let server = try serve()
    try server.write(large + large, "large")
    let result = await download([server.address()])
    #expect(result.failure?.contains("not the published large") == true)
    #expect(try folder.contents.isEmpty)
  }

  @Test func triesOneAddressAfterAnother() async throws {
    let server = try serve()
    let liar = try serve("--lie")
    let folders = [server.address("nowhere/"), liar.address(), server.address()]
    let result = await download(folders)
    #expect(result.failure == nil)
    let missing = DownloadError.unavailable(
      address: server.address("nowhere/large"), reason: "The requested URL returned error: 404")
    let wrong = DownloadError.wrongContent(address: liar.address("large"), file: "large")
    #expect(result.events.contains(.passedOver(missing)))
    #expect(result.events.contains(.passedOver(wrong)))
    try expectBothInPlace()
  }

  @Test func saysWhichAddressHasNoSuchFile() async throws {
    let server = try serve()
    let result = await download([server.address("nowhere/")])
    #expect(
      result.failure
        == "\(server.address("nowhere/large")): The requested URL returned error: 404; asking "
        + "again does not help, --mirror takes another address")
    #expect(try folder.contents.isEmpty)
  }

  @Test(arguments: ["", "/"]) func aMirrorIsAFolderOfData(_ end: String) async throws {
    let server = try serve()
    try server.write(large, "our/data/pair/large")
    try server.write(small, "our/data/pair/small")
    let result = await download(
      ["http://127.0.0.1:1/"], mirror: server.address("our/data") + end)
    #expect(result.failure == nil)
    #expect(server.requests == ["/our/data/pair/large -", "/our/data/pair/small -"])
    try expectBothInPlace()
  }

  @Test func saysWhichFileHidesADownload() async throws {
    let server = try serve()
    // Under its bare name the file is read before the compressed one of the set.
    let set = PublishedSet(
      "pair",
      downloads: [
        PublishedFile(
          name: "small.gz", byteCount: small.count, sha256: smallSum, folders: [server.address()])
      ],
      contents: [PublishedContent(name: "small", sha256: smallSum)])
    try server.write(small, "small.gz")
    try write(large, "small")
    let error = await #expect(throws: DownloadError.self) {
      try await SetDownload(set, into: folder.path, mirror: nil).run { _ in }
    }
    #expect(
      error?.description
        == "\(folder.path)/pair/small: its content is not the published one; remove it, since it is "
        + "read instead of what was downloaded")
  }

  @Test func oneProcessAtATimeWritesAFile() async throws {
    let server = try serve()
    try write([], "large.partial")
    let first = try PartialFile(for: "\(folder.path)/pair/large")
    let result = await download([server.address()])
    #expect(
      result.failure
        == "\(folder.path)/pair/large.partial: another process is writing this file; wait for it")
    #expect(first.count == 0)
  }

  /// A file elsewhere, to which the name of a partial file leads, keeps its bytes.
  @Test(arguments: [true, false]) func linksMakeWay(_ isSymbolic: Bool) async throws {
    let server = try serve()
    let other = [UInt8](repeating: 1, count: 400_000)
    try write(other, "other")
    let (link, target) = ("\(folder.path)/pair/large.partial", "\(folder.path)/pair/other")
    if isSymbolic {
      try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: target)
    } else {
      try FileManager.default.linkItem(atPath: target, toPath: link)
    }
    #expect(await download([server.address()]).failure == nil)
    #expect(server.requests == ["/large -", "/small -"])
    #expect(
      try folder.contents == ["pair/large": large, "pair/small": small, "pair/other": other])
  }

  @Test func aLinkToNowhereMakesNothingThere() async throws {
    let server = try serve()
    try FileManager.default.createDirectory(
      atPath: "\(folder.path)/pair", withIntermediateDirectories: true)
    try FileManager.default.createSymbolicLink(
      atPath: "\(folder.path)/pair/large.partial",
      withDestinationPath: "\(folder.path)/pair/other")
    #expect(await download([server.address()]).failure == nil)
    try expectBothInPlace()
  }

  @Test func aPipeMakesWay() async throws {
    let server = try serve()
    try FileManager.default.createDirectory(
      atPath: "\(folder.path)/pair", withIntermediateDirectories: true)
    #expect(mkfifo("\(folder.path)/pair/large.partial", 0o600) == 0)
    #expect(await download([server.address()]).failure == nil)
    try expectBothInPlace()
  }

  /// What has taken the place of the file that is open is not emptied, moved or removed.
  @Test func onlyTheFileOfThatNameIsTouched() throws {
    try write(small, "large.partial")
    let partial = try PartialFile(for: "\(folder.path)/pair/large")
    try FileManager.default.moveItem(
      atPath: partial.path, toPath: "\(folder.path)/pair/moved")
    try write(large, "large.partial")
    #expect(throws: DownloadError.self) { try partial.clear() }
    #expect(throws: DownloadError.self) { try partial.place() }
    partial.remove()
    #expect(try folder.contents == ["pair/large.partial": large, "pair/moved": small])
  }

  @Test func aFolderThatCannotBeMadeIsNamed() async throws {
    try FileManager.default.createDirectory(
      atPath: folder.path, withIntermediateDirectories: true)
    try Data(small).write(to: URL(fileURLWithPath: folder.path + "/pair"))
    let result = await download(["http://127.0.0.1:1/"])
    #expect(result.failure?.hasPrefix("\(folder.path)/pair: cannot make the folder: ") == true)
  }
}

/// A folder that is removed with the value.
private final class TemporaryFolder: Sendable {
  let path = NSTemporaryDirectory() + "saddle-download-\(UUID().uuidString)"

  deinit { try? FileManager.default.removeItem(atPath: path) }

  /// The files below the folder.
  var contents: [String: [UInt8]] {
    get throws {
      var result: [String: [UInt8]] = [:]
      for name in try FileManager.default.subpathsOfDirectory(atPath: path) {
        let file = "\(path)/\(name)"
        var isFolder: ObjCBool = false
        _ = FileManager.default.fileExists(atPath: file, isDirectory: &isFolder)
        if isFolder.boolValue { continue }
        result[name] = Array(try Data(contentsOf: URL(fileURLWithPath: file)))
      }
      return result
    }
  }
}
