import Catalog

extension Markdown {
  /// A phrase with papers as links, and tables where they have an address.
  ///
  /// - Parameter address: where a table of this title is described; nil where that is nowhere.
  static func phrase(_ phrase: Phrase, address: (String) -> String? = { _ in nil }) -> String {
    phrase.pieces.map { piece in
      switch piece {
      case .text(let text): escape(text)
      case .code(let text): code(text)
      case .table(let title): link(escape(title), to: address(title))
      case .paper(let id): link("arXiv:\(id)", to: "https://arxiv.org/abs/\(id)")
      }
    }.joined()
  }

  /// The text with a capital first letter.
  static func capitalized(_ text: String) -> String {
    text.prefix(1).uppercased() + text.dropFirst()
  }

  /// A link; the text alone where there is no address.
  static func link(_ text: String, to address: String?) -> String {
    address.map { "[\(text)](\($0))" } ?? text
  }
}
