import Datasets
import Foundation

/// What happens while a set is downloaded.
public enum DownloadEvent: Sendable, Equatable {
  /// A file is there already, and is the published one.
  case present(file: String)
  /// A transfer begins, after the bytes that an earlier one left.
  case began(file: String, address: String, offset: Int)
  /// So many bytes of a file are there.
  case received(file: String, count: Int)
  /// An address gave nothing usable; the next one is tried.
  case passedOver(DownloadError)
  /// A file is in its place.
  case placed(file: String, byteCount: Int)
}

/// The download of a public data set into a folder of data.
///
/// Each file grows under the name `….partial`, which a later download goes on with, and comes to its place in one step
/// when its SHA-256 is right.
public struct SetDownload: Sendable {
  private let set: PublishedSet
  private let dataFolder: String
  private let mirror: String?

  /// How often a transfer that breaks off, but not at once, is taken up again.
  private static let attempts = 10

  /// - Parameters:
  ///   - dataFolder: the folder in which the set's folder is, or is made.
  ///   - mirror: the address of a folder like `dataFolder`, instead of the published addresses.
  public init(_ set: PublishedSet, into dataFolder: String, mirror: String?) {
    self.set = set
    self.dataFolder = dataFolder
    self.mirror = mirror.map { $0.hasSuffix("/") ? $0 : $0 + "/" }
  }

  /// Downloads what is not there, and checks all contents.
  ///
  /// - Parameter observe: is told what happens.
  /// - Throws: `DownloadError`.
  public func run(_ observe: (DownloadEvent) -> Void) async throws {
    let folder = "\(dataFolder)/\(set.name)"
    do {
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    } catch {
      throw DownloadError.fileSystem(
        path: folder, reason: "cannot make the folder: \(error.localizedDescription)")
    }
    for file in set.downloads {
      let target = "\(folder)/\(file.name)"
      if file.isIntact(at: target) {
        observe(.present(file: file.name))
      } else {
        try await get(file, target, observe)
      }
    }
    for check in set.verified(in: dataFolder) {
      guard case .damaged(let reason) = check.state else { continue }
      throw DownloadError.hidden(path: check.path, reason: reason)
    }
  }

  /// Tries one address after another.
  private func get(
    _ file: PublishedFile, _ target: String, _ observe: (DownloadEvent) -> Void
  ) async throws {
    let folders = mirror.map { ["\($0)\(set.name)/"] } ?? file.folders
    let partial = try PartialFile(for: target)
    defer { if partial.count == 0 { partial.remove() } }
    // Another process may have finished the file before this one could open what there was of it.
    if file.isIntact(at: target) { return observe(.present(file: file.name)) }
    for (index, folder) in folders.enumerated() {
      do {
        try await get(file, folder + file.name, partial, observe)
        try partial.place()
        return observe(.placed(file: file.name, byteCount: file.byteCount))
      } catch let error as DownloadError where error.isOfAddress && index + 1 < folders.count {
        observe(.passedOver(error))
      }
    }
  }

  /// Completes a file from one address; if what was there before does not fit, from its beginning.
  private func get(
    _ file: PublishedFile, _ address: String, _ partial: PartialFile,
    _ observe: (DownloadEvent) -> Void
  ) async throws {
    let isResumed = partial.count > 0
    if partial.count > file.byteCount { try partial.clear() }
    if partial.count < file.byteCount {
      try await transfer(file, address, partial, observe)
    }
    if file.isIntact(at: partial.path) { return }
    try partial.clear()
    if isResumed { return try await get(file, address, partial, observe) }
    throw DownloadError.wrongContent(address: address, file: file.name)
  }

  /// Adds to a file what it lacks, in as many transfers as it takes while each brings something.
  private func transfer(
    _ file: PublishedFile, _ address: String, _ partial: PartialFile,
    _ observe: (DownloadEvent) -> Void
  ) async throws {
    for attempt in 1...Self.attempts {
      let offset = partial.count
      observe(.began(file: file.name, address: address, offset: offset))
      let outcome = try await Curl.transfer(address, from: offset) { bytes in
        try partial.append(bytes)
        observe(.received(file: file.name, count: partial.count))
        return partial.count <= file.byteCount
      }
      switch outcome {
      case .complete, .refused: return
      case .cannotResume: try partial.clear()
      case .unavailable(let reason):
        throw DownloadError.unavailable(address: address, reason: reason)
      case .failed(let reason):
        guard partial.count > offset, attempt < Self.attempts else {
          throw DownloadError.failed(address: address, reason: reason)
        }
      }
    }
  }
}

extension DownloadError {
  /// Whether another address may do better.
  fileprivate var isOfAddress: Bool {
    switch self {
    case .failed, .unavailable, .wrongContent: true
    case .curlMissing, .fileSystem, .busy, .hidden: false
    }
  }
}
