/// Words about tables and their entries, some of which stand for more than themselves: a terminal shows them plain,
/// a page with links.
public struct Phrase: Hashable, Sendable {
  /// A part of a phrase.
  public enum Piece: Hashable, Sendable {
    /// Running text.
    case text(String)
    /// What stands in an experiment file as it is.
    case code(String)
    /// One entry of a table, named by the table's title: `schedule`.
    case table(String)
    /// A paper by its arXiv id.
    case paper(String)
  }

  /// The parts in order.
  public let pieces: [Piece]

  /// Collects parts.
  public init(_ pieces: [Piece]) { self.pieces = pieces }

  /// Running text.
  public init(_ text: String) { pieces = [.text(text)] }

  /// What stands in an experiment file as it is.
  public static func code(_ text: String) -> Phrase { Phrase([.code(text)]) }

  /// The phrase without links and marks.
  public var plain: String {
    pieces.map { piece in
      switch piece {
      case .text(let text), .code(let text), .table(let text): text
      case .paper(let id): "arXiv:\(id)"
      }
    }.joined()
  }

  /// The titles of the tables that it points to.
  public var tables: [String] {
    pieces.compactMap { if case .table(let title) = $0 { title } else { nil } }
  }

  /// One phrase after another.
  public static func + (first: Phrase, second: Phrase) -> Phrase {
    Phrase(first.pieces + second.pieces)
  }

  /// A list in running text: `a, b or c`.
  ///
  /// - Parameter word: what stands before the last, with its spaces.
  public static func list(_ phrases: [Phrase], last word: String) -> Phrase {
    guard let last = phrases.last, phrases.count > 1 else { return phrases.first ?? Phrase([]) }
    return joined(Array(phrases.dropLast()), separator: ", ") + Phrase(word) + last
  }

  /// Phrases with the same text between any two.
  public static func joined(_ phrases: [Phrase], separator: String) -> Phrase {
    Phrase(
      phrases.enumerated().flatMap { index, phrase in
        index == 0 ? phrase.pieces : [.text(separator)] + phrase.pieces
      })
  }
}
