/// Suggestions for words that were mistyped.
public enum Spelling {
  /// `; did you mean 'x'?` for the nearest of `candidates`, or else `; there are: a, b, c` when the
  /// list is short, or nothing.
  public static func hint(for word: String, among candidates: [String]) -> String {
    if let nearest = nearest(to: word, among: candidates) { return "; did you mean '\(nearest)'?" }
    if candidates.isEmpty || candidates.count > mostListed { return "" }
    return "; there are: " + candidates.joined(separator: ", ")
  }

  /// The most words that a message lists.
  static let mostListed = 24

  /// The candidate with the fewest typing mistakes, when these are few for the word's length: at
  /// most one in three letters. The first of equals wins.
  static func nearest(to word: String, among candidates: [String]) -> String? {
    let limit = max(1, word.count / 3)
    var best: (word: String, distance: Int)?
    for candidate in candidates where abs(candidate.count - word.count) <= limit {
      let distance = distance(word.lowercased(), candidate.lowercased())
      if distance <= limit, distance < best?.distance ?? .max { best = (candidate, distance) }
    }
    return best?.word
  }

  /// The number of insertions, deletions, replacements and swaps of neighbours that turn one word
  /// into the other (optimal string alignment).
  static func distance(_ first: String, _ second: String) -> Int {
    let a = Array(first.unicodeScalars)
    let b = Array(second.unicodeScalars)
    var beforeLast = [Int](repeating: 0, count: b.count + 1)
    var last = Array(0...b.count)
    for i in a.indices {
      var row = [i + 1] + [Int](repeating: 0, count: b.count)
      for j in b.indices {
        let replaced = last[j] + (a[i] == b[j] ? 0 : 1)
        row[j + 1] = min(replaced, last[j + 1] + 1, row[j] + 1)
        if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] {
          row[j + 1] = min(row[j + 1], beforeLast[j - 1] + 1)
        }
      }
      (beforeLast, last) = (last, row)
    }
    return last[b.count]
  }
}
