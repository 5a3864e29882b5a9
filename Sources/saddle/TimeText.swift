import Foundation

/// Lengths of time for people.
enum TimeText {
  static func text(_ seconds: Double) -> String {
    if seconds < 90 { return "\(Int(max(seconds, 1).rounded())) s" }
    if seconds < 5400 { return "\(Int((seconds / 60).rounded())) min" }
    if seconds < 48 * 3600 { return String(format: "%.1f h", seconds / 3600) }
    return String(format: "%.0f days", seconds / 86400)
  }
}
