import Catalog

extension Notation {
  /// The note, and the signs in a table; nil where there is nothing to explain.
  var table: String? {
    guard !symbols.isEmpty else { return nil }
    var table = MarkdownTable([("Sign", .left), ("Meaning", .left)])
    for symbol in symbols {
      table.append([Markdown.code(symbol.text), Markdown.escape(symbol.meaning)])
    }
    return (note.isEmpty ? "" : Markdown.escape(note) + ".\n\n") + table.text
  }
}
