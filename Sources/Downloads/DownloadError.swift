/// Why a data set could not be downloaded.
public enum DownloadError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The program curl is not there.
  case curlMissing
  /// No address gave the file; the reason of the last one.
  case failed(address: String, reason: String)
  /// An address does not give the file, and would not when asked again.
  case unavailable(address: String, reason: String)
  /// What an address gave is not the published file; nothing of it is kept.
  case wrongContent(address: String, file: String)
  /// A folder or file cannot be made or written.
  case fileSystem(path: String, reason: String)
  /// Another process is downloading the same file.
  case busy(path: String)
  /// A file that is read before the downloaded one has another content.
  case hidden(path: String, reason: String)

  /// One sentence that says where and what to do.
  public var description: String {
    switch self {
    case .curlMissing: "files are downloaded by the program curl, which is not in PATH: install it"
    case .failed(let address, let reason):
      "\(address): \(reason); the same command tries again and goes on, --mirror takes another address"
    case .unavailable(let address, let reason):
      "\(address): \(reason); asking again does not help, --mirror takes another address"
    case .wrongContent(let address, let file):
      "\(address): not the published \(file), by its SHA-256; nothing of it is kept, --mirror takes "
        + "another address"
    case .fileSystem(let path, let reason): "\(path): \(reason)"
    case .busy(let path): "\(path): another process is writing this file; wait for it"
    case .hidden(let path, let reason):
      "\(path): \(reason); remove it, since it is read instead of what was downloaded"
    }
  }
}
