/// Names of files and anchors made from free text.
enum FileName {
  /// The text's ASCII letters, digits and single hyphens in lower case, at most 48 of them; `x`
  /// when none is left.
  static func slug(_ text: String) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      if scalar.isASCII, scalar.properties.isAlphabetic || ("0"..."9").contains(scalar) {
        result += String(scalar).lowercased()
      } else if !result.isEmpty, !result.hasSuffix("-") {
        result += "-"
      }
    }
    result = String(result.prefix(48))
    while result.hasSuffix("-") { result.removeLast() }
    return result.isEmpty ? "x" : result
  }

  /// The slug of `text` that is not in `taken` yet, with a number where needed; it is taken
  /// afterwards.
  static func unique(_ text: String, taken: inout [String]) -> String {
    let base = slug(text)
    var name = base
    var number = 2
    while taken.contains(name) {
      name = "\(base)-\(number)"
      number += 1
    }
    taken.append(name)
    return name
  }
}
