import Catalog

/// A path that an experiment file gives: a whole one, or one below the folder of data.
enum DataPath {
  /// The setting.
  static func parameter(_ name: String) -> Parameter {
    Parameter(name, .text, "a whole path, or one below the folder that SADDLE_DATA names")
  }

  /// The path to open.
  static func resolve(_ path: String, _ dataFolder: String?) throws(DatasetError) -> String {
    if path.hasPrefix("/") { return path }
    guard let dataFolder else { throw .relativePath(path) }
    return "\(dataFolder)/\(path)"
  }
}
