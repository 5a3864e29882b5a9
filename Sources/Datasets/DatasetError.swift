/// Why a data set or an image could not be read.
public enum DatasetError: Error, Hashable, Sendable, CustomStringConvertible {
  /// A data set of files was asked for, but no folder of data is known.
  case noDataFolder(dataset: String)
  /// A path that is relative to the folder of data was given, but no such folder is known.
  case relativePath(String)
  /// A file of a data set does not exist.
  case missing(dataset: String, path: String)
  /// A file or folder that an experiment file names does not exist.
  case absent(path: String, reason: String)
  /// A file exists but cannot be read, or its content is not what it should be.
  case malformed(path: String, reason: String)
  /// A selection left a data set without samples.
  case empty(dataset: String, reason: String)
  /// The samples do not allow what the settings ask for.
  case unsuitable(dataset: String, reason: String)
  /// An image cannot be written as, or read from, a PNG file.
  case png(reason: String)

  /// One sentence that says where and what to do.
  public var description: String {
    switch self {
    case .noDataFolder(let dataset):
      "the data set '\(dataset)' is read from files: "
        + "set SADDLE_DATA to the folder that holds the folder '\(dataset)'"
    case .relativePath(let path):
      "the path '\(path)' is relative to the folder that SADDLE_DATA names: set SADDLE_DATA, or "
        + "write the whole path"
    case .missing(let dataset, let path):
      "\(path): no such file of the data set '\(dataset)'; "
        + "SADDLE_DATA must name the folder that holds the folder '\(dataset)', which "
        + "'saddle data fetch \(dataset)' fills"
    case .absent(let path, let reason), .malformed(let path, let reason): "\(path): \(reason)"
    case .empty(let dataset, let reason): "the data set '\(dataset)' has no samples: \(reason)"
    case .unsuitable(let dataset, let reason):
      "the data set '\(dataset)' does not allow this: \(reason)"
    case .png(let reason): "PNG image: \(reason)"
    }
  }

  /// Whether the data are not there, rather than other than they should be.
  public var isAbsence: Bool {
    switch self {
    case .noDataFolder, .relativePath, .missing, .absent: true
    case .malformed, .empty, .unsuitable, .png: false
    }
  }

  /// The same with what to do about a file that is not what it should be.
  func advising(_ advice: String) -> DatasetError {
    guard case .malformed(let path, let reason) = self else { return self }
    return .malformed(path: path, reason: "\(reason); \(advice)")
  }
}
