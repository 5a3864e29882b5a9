import Foundation
import Runner

/// Where this program lies, for those verbs that start it again.
enum ProgramPath {
  /// The path of the program's file.
  static var current: String {
    get throws {
      guard let path = Bundle.main.executablePath else {
        throw RunnerError.environment(
          variable: "argv[0]", message: "cannot find this program's path")
      }
      return path
    }
  }
}
