import Foundation

/// The most memory that this process has held.
enum PeakMemory {
  /// MiB in memory at once, program and libraries included; nil where the system does not say.
  ///
  /// Linux counts the memory of the process that started this one into `getrusage`, but not into `/proc`.
  static var mebibytes: Double? {
    #if os(Linux)
      guard let status = try? String(contentsOfFile: "/proc/self/status", encoding: .utf8),
        let line = status.split(separator: "\n").first(where: { $0.hasPrefix("VmHWM:") }),
        let kibibytes = line.split(whereSeparator: \.isWhitespace).dropFirst().first
      else { return nil }
      return Double(kibibytes).map { $0 / 1024 }
    #else
      var usage = rusage()
      guard getrusage(RUSAGE_SELF, &usage) == 0 else { return nil }
      return Double(usage.ru_maxrss) / (1024 * 1024)
    #endif
  }
}
