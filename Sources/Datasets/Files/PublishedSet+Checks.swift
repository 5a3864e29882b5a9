import Crypto
import Foundation

extension PublishedFile {
  /// Whether a file is this one, byte for byte; false when it cannot be read.
  public func isIntact(at path: String) -> Bool {
    guard DataFile.isRegular(path), let file = FileHandle(forReadingAtPath: path) else {
      return false
    }
    defer { try? file.close() }
    guard (try? file.seekToEnd()) == UInt64(byteCount), (try? file.seek(toOffset: 0)) != nil else {
      return false
    }
    var hash = SHA256()
    while let chunk = try? file.read(upToCount: 1 << 20), !chunk.isEmpty {
      hash.update(data: chunk)
    }
    return hash.finalize().hexadecimal == sha256
  }
}

/// What was found of one of a set's files.
public struct ContentCheck: Sendable, Equatable {
  /// What became of it.
  public enum State: Sendable, Equatable {
    /// It is there, and not of another size than the download; its content has not been looked at.
    case present
    /// Its content is the published one.
    case intact
    /// It is in none of the places where it is looked for.
    case missing
    /// It cannot be read, or has another content, for this reason.
    case damaged(String)
  }

  /// The file's name without an ending for compression.
  public let name: String
  /// The file that holds it: itself, compressed, or an archive; where it should be when it is missing.
  public let path: String
  /// What became of it.
  public let state: State
}

extension PublishedSet {
  /// Looks for the set's files. Only those that are called as a download but of another size are read, since they may be
  /// compressed otherwise.
  public func located(in dataFolder: String) -> [ContentCheck] {
    var folder = DataFolder(of: self, in: dataFolder)
    return contents.map { content in
      guard let place = folder.place(of: content.name) else {
        return ContentCheck(
          name: content.name, path: folder.expectedPlace(of: content.name), state: .missing)
      }
      var state = ContentCheck.State.present
      if let fault = sizeFault(place), Self.state(content, &folder) != .intact {
        state = .damaged(fault)
      }
      return ContentCheck(name: content.name, path: place, state: state)
    }
  }

  /// How a file's size differs from that of the download of its name; nil when it does not, or there is none.
  private func sizeFault(_ path: String) -> String? {
    let name = path.split(separator: "/").last.map(String.init)
    guard let file = downloads.first(where: { $0.name == name }) else { return nil }
    var status = stat()
    guard stat(path, &status) == 0 else { return nil }
    let count = Int(status.st_size)
    return count == file.byteCount ? nil : "\(count) bytes, not \(file.byteCount)"
  }

  /// Reads the set's files as training does, and compares their contents with the published ones.
  public func verified(in dataFolder: String) -> [ContentCheck] {
    var folder = DataFolder(of: self, in: dataFolder)
    return contents.map { content in
      let place = folder.place(of: content.name) ?? folder.expectedPlace(of: content.name)
      return ContentCheck(name: content.name, path: place, state: Self.state(content, &folder))
    }
  }

  private static func state(
    _ content: PublishedContent, _ folder: inout DataFolder
  ) -> ContentCheck.State {
    do {
      let bytes = try folder.content(of: content.name).bytes
      return SHA256.hash(data: bytes).hexadecimal == content.sha256
        ? .intact : .damaged("its content is not the published one")
    } catch .missing {
      return .missing
    } catch .malformed(_, let reason) {
      return .damaged(reason)
    } catch {
      return .damaged("\(error)")
    }
  }
}
