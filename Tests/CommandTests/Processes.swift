import Foundation

/// What `/proc` says of processes.
enum Processes {
  /// The processes whose parent is `parent`.
  static func children(of parent: pid_t) -> [pid_t] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
    return names.compactMap { pid_t($0) }.filter { process in
      // The name of the program, in brackets, may hold anything.
      guard let text = try? String(contentsOfFile: "/proc/\(process)/stat", encoding: .utf8),
        let bracket = text.lastIndex(of: ")")
      else { return false }
      let fields = text[bracket...].split(separator: " ")
      return fields.count > 2 && fields[1] != "Z" && fields[2] == "\(parent)"
    }
  }

  static func isAlive(_ process: pid_t) -> Bool {
    let text = (try? String(contentsOfFile: "/proc/\(process)/stat", encoding: .utf8)) ?? ""
    return !text.isEmpty && !text.contains(") Z ")
  }
}
