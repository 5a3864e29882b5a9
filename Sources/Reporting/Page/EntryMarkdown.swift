import Catalog

/// What is said of a table's entry, in Markdown.
struct EntryMarkdown {
  /// What is said.
  let words: EntryWords
  /// Where a table of a title is described.
  var address: (String) -> String? = { _ in nil }

  /// Summary, source and remarks, in sentences.
  var sentences: String {
    let remarks = words.remarks.map { Markdown.capitalized(Markdown.phrase($0, address: address)) }
    let source = words.citation.map { "Source: " + Markdown.phrase($0) }
    return ([Markdown.escape(words.summary)] + remarks + [source].compactMap { $0 })
      .map { $0 + "." }.joined(separator: " ")
  }

  /// Formula and settings, each nil where there is none.
  var details: [String] { [formula, parameters].compactMap { $0 } }

  private var formula: String? {
    guard !words.formula.isEmpty else { return nil }
    return words.formula.map { line in
      (line.player.isEmpty ? "" : line.player + ": ") + Markdown.code(line.text, isCell: false)
    }.joined(separator: "<br>\n")
  }

  private var parameters: String? {
    guard !words.parameters.isEmpty else { return nil }
    var table = MarkdownTable([
      ("Setting", .left), ("Takes", .left), ("Default", .left), ("Meaning", .left),
    ])
    for parameter in words.parameters {
      table.append([
        Markdown.code(parameter.name), Markdown.phrase(parameter.type.words, address: address),
        Markdown.phrase(parameter.defaultWords), Markdown.escape(parameter.summary),
      ])
    }
    return table.text
  }
}
