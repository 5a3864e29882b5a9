import Yams

/// The text of a YAML file and the name that messages call it by.
public struct SourceFile: Sendable {
  /// The largest experiment file that is read, in bytes.
  public static let sizeLimit = 1 << 20

  /// The file as it was named on the command line or by `extends`.
  public let name: String
  /// The text.
  public let text: String
  /// The most text that is parsed, in bytes.
  private let limit: Int

  /// Takes text that is not in a file, for example an option's value.
  ///
  /// - Parameter limit: the most text that is parsed, in bytes.
  public init(name: String, text: String, limit: Int = sizeLimit) {
    self.name = name
    self.text = text
    self.limit = limit
  }

  /// Reads a file of UTF-8.
  ///
  /// - Parameter limit: the largest file that is read, in bytes.
  /// - Throws: `RecordsError.invalid` when the file cannot be read, is too large, or is not UTF-8.
  public init(reading path: String, limit: Int = sizeLimit) throws(RecordsError) {
    let bytes: [UInt8]
    do throws(RecordsError) {
      guard let read = try FileSystem.read(path, limit: limit + 1) else {
        throw .invalid([Diagnostic(Place(file: path), "no such file")])
      }
      bytes = read
    } catch .inputOutput(_, _, let reason) {
      throw .invalid([Diagnostic(Place(file: path), "cannot be read: \(reason)")])
    }
    if bytes.count > limit {
      throw .invalid([Diagnostic(Place(file: path), "larger than \(limit) bytes")])
    }
    let text = String(decoding: bytes, as: UTF8.self)
    guard text.utf8.elementsEqual(bytes) else {
      throw .invalid([Diagnostic(Place(file: path), "not UTF-8 text")])
    }
    self.init(name: path, text: text, limit: limit)
  }

  /// The document as a tree with places; nil for a file without any content.
  ///
  /// - Throws: `RecordsError.invalid` with the first syntax error, duplicate key, anchor, alias or
  ///   tag, alone.
  public func parse() throws(RecordsError) -> LocatedNode? {
    if text.utf8.count > limit {
      throw .invalid([Diagnostic(Place(file: name), "larger than \(limit) bytes")])
    }
    if let problem = MarkupScan.firstProblem(in: text, file: name) { throw .invalid([problem]) }
    do {
      let parser = try Parser(yaml: text, resolver: .basic, encoding: .utf8)
      // Anchors are weak references into the parser, which must outlive the conversion.
      return try withExtendedLifetime(parser) { try $0.singleRoot().map(locate) }
    } catch let error as Diagnostic.Thrown {
      throw .invalid([error.diagnostic])
    } catch {
      throw .invalid([diagnostic(error)])
    }
  }

  private func place(_ mark: Mark?) -> Place {
    mark.map { Place(file: name, line: $0.line, column: $0.column) } ?? Place(file: name)
  }

  private func locate(_ node: Node) throws(Diagnostic.Thrown) -> LocatedNode {
    let place = place(node.mark)
    if node.anchor != nil {
      throw Diagnostic.Thrown(
        Diagnostic(place, "anchors are not allowed here; write the value out"))
    }
    switch node {
    case .scalar(let scalar):
      return LocatedNode(place, .scalar(scalar.string, isPlain: scalar.style == .plain))
    case .sequence(let sequence):
      var items: [LocatedNode] = []
      for item in sequence { items.append(try locate(item)) }
      return LocatedNode(place, .list(items))
    case .mapping(let mapping):
      var members: [LocatedNode.Member] = []
      for (key, value) in mapping {
        guard let word = key.scalar?.string, !word.isEmpty else {
          throw Diagnostic.Thrown(Diagnostic(self.place(key.mark), "a key must be a word"))
        }
        members.append(.init(word, self.place(key.mark), try locate(value)))
      }
      return LocatedNode(place, .map(members))
    case .alias:
      throw Diagnostic.Thrown(Diagnostic(place, "aliases are not allowed here"))
    }
  }
}

extension Diagnostic {
  /// A diagnostic on its way out of a conversion.
  fileprivate struct Thrown: Error {
    let diagnostic: Diagnostic
    init(_ diagnostic: Diagnostic) { self.diagnostic = diagnostic }
  }
}

// MARK: Syntax errors

extension SourceFile {
  private func diagnostic(_ error: any Error) -> Diagnostic {
    guard let error = error as? YamlError else { return Diagnostic(Place(file: name), "\(error)") }
    switch error {
    case .scanner(let context, let problem, let mark, _),
      .parser(let context, let problem, let mark, _),
      .composer(let context, let problem, let mark, _):
      let during = context.map { " (\($0.text) that starts in line \($0.mark.line))" } ?? ""
      return Diagnostic(place(mark), "syntax error: \(problem)\(during)" + hint(problem, mark))
    case .duplicatedKeysInMapping(let duplicates, let context):
      let keys = duplicates.sorted().map { "'\($0)'" }.joined(separator: ", ")
      return Diagnostic(place(context.mark), "given more than once in one map: \(keys)")
    case .reader(let problem, let offset, _, _):
      return Diagnostic(
        offset.map(place(atCharacter:)) ?? Place(file: name), "syntax error: \(problem)")
    default:
      return Diagnostic(Place(file: name), "cannot be parsed as YAML")
    }
  }

  /// What to do about the two mistakes that YAML's own words leave in the dark.
  private func hint(_ problem: String, _ mark: Mark) -> String {
    if problem.hasPrefix("mapping values are not allowed") {
      return "; text with ': ' in it needs quotes"
    }
    let lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
    let isTab =
      lines.indices.contains(mark.line - 1)
      && lines[mark.line - 1].unicodeScalars.dropFirst(mark.column - 1).first == "\t"
    return isTab ? "; indent with spaces, not tabs" : ""
  }

  private func place(atCharacter offset: Int) -> Place {
    let before = text.prefix(offset)
    let lines = before.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
    let column = (lines.last?.unicodeScalars.count ?? 0) + 1
    return Place(file: name, line: max(1, lines.count), column: column)
  }
}
