import Foundation

/// Sizes of files for people.
enum ByteText {
  /// `512 B`, `1.2 MB`: powers of 1000.
  static func text(_ bytes: Double) -> String {
    var (value, prefix) = (bytes, 0)
    let prefixes = ["", "k", "M", "G", "T", "P"]
    while value >= 999.5, prefix < prefixes.count - 1 {
      value /= 1000
      prefix += 1
    }
    let number =
      value < 9.95 && prefix > 0 ? String(format: "%.1f", value) : String(format: "%.0f", value)
    return "\(number) \(prefixes[prefix])B"
  }
}
