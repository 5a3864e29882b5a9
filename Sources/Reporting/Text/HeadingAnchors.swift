/// The addresses of a page's headings, as GitHub makes them.
struct HeadingAnchors {
  private var used: Set<String> = []

  /// The address of the page's next heading: `#data-sets`, or `#none-1` where `#none` is taken.
  mutating func add(_ heading: String) -> String {
    let kept = heading.lowercased().unicodeScalars.filter { scalar in
      scalar.properties.isAlphabetic || scalar.properties.numericType != nil || scalar == "-"
        || scalar == "_" || scalar == " "
    }
    let word = String(String.UnicodeScalarView(kept)).replacing(" ", with: "-")
    var anchor = word
    var count = 0
    while !used.insert(anchor).inserted {
      count += 1
      anchor = "\(word)-\(count)"
    }
    return "#" + anchor
  }
}
