import Catalog
import OrderedCollections

/// An experiment file joined with all that it extends: one map of sections.
struct ExperimentFile {
  /// The keys at the top of an experiment file.
  static let sections = [
    "question", "extends", "fixed", "axes", "exclude", "include", "baseline", "seeds", "metrics",
    "claims", "report",
  ]

  /// Where the file starts, for what is missing.
  let place: Place
  private let document: LocatedNode

  /// The section called `name`, or nil when neither the file nor what it extends has it.
  func section(_ name: String) -> LocatedNode.Member? { document.member(name) }

  /// Reads a file and what it extends.
  ///
  /// - Throws: what is wrong with any of the files' syntax, paths, or `extends`, at once and alone.
  init(
    _ source: SourceFile, merge: SettingsMerge,
    load: (String) throws(RecordsError) -> SourceFile
  ) throws(RecordsError) {
    var reader = ExtensionReader(merge: merge)
    document = try reader.document(source, load: load)
    place = Place(file: source.name, line: 1, column: 1)
    for member in document.members ?? [] where !Self.sections.contains(member.key) {
      merge.log.error(
        member.place,
        "unknown key '\(member.key)'" + Spelling.hint(for: member.key, among: Self.sections))
    }
  }
}

/// Follows `extends` from file to file.
private struct ExtensionReader {
  let merge: SettingsMerge
  /// Documents that were read already, by path.
  private var documents: [String: LocatedNode] = [:]
  /// The files that extend the one being read.
  private var stack: OrderedSet<String> = []

  init(merge: SettingsMerge) { self.merge = merge }

  mutating func document(
    _ source: SourceFile, load: (String) throws(RecordsError) -> SourceFile
  ) throws(RecordsError) -> LocatedNode {
    let start = Place(file: source.name, line: 1, column: 1)
    guard let root = try source.parse() else {
      throw .invalid([Diagnostic(start, "the file is empty; it needs at least a 'question'")])
    }
    guard let members = root.members else {
      throw .invalid([Diagnostic(root.place, "the file must be a map, not \(root.shown)")])
    }
    stack.append(Self.normalized(source.name))
    var result = LocatedNode(root.place, .map([]))
    for base in try bases(root.member("extends")?.value, from: source.name) {
      let extended = try extended(base, from: source.name, load: load)
      result = joined(result, extended)
    }
    stack.removeLast()
    let own = members.filter { $0.key != "extends" }.map(nested)
    return joined(result, LocatedNode(root.place, .map(own)))
  }

  private func nested(_ member: LocatedNode.Member) -> LocatedNode.Member {
    guard member.key == "fixed" else { return member }
    return .init(member.key, member.place, merge.nested(member.value, merge.root))
  }

  private func joined(_ base: LocatedNode, _ over: LocatedNode) -> LocatedNode {
    let parameters = [Parameter("fixed", merge.root, "")]
    return merge.combine(base, over, .group(parameters), .replace)
  }

  private func bases(
    _ node: LocatedNode?, from file: String
  ) throws(RecordsError) -> [LocatedNode] {
    guard let node else { return [] }
    let items = node.items ?? [node]
    if let wrong = items.first(where: { $0.coreText?.isEmpty ?? true }) {
      throw .invalid([
        Diagnostic(wrong.place, "'extends' must be a path or a list of paths, not \(wrong.shown)")
      ])
    }
    return items
  }

  private mutating func extended(
    _ node: LocatedNode, from file: String, load: (String) throws(RecordsError) -> SourceFile
  ) throws(RecordsError) -> LocatedNode {
    let path = Self.resolve(node.coreText ?? "", from: file)
    if let known = documents[path] { return known }
    if stack.contains(path) {
      let circle = (stack.drop { $0 != path } + [path]).joined(separator: " → ")
      throw .invalid([Diagnostic(node.place, "'extends' goes in a circle: \(circle)")])
    }
    let source: SourceFile
    do throws(RecordsError) {
      source = try load(path)
    } catch {
      throw .invalid([Diagnostic(node.place, "cannot extend: \(error)")])
    }
    let document = try document(source, load: load)
    documents[path] = document
    return document
  }

  /// A path relative to the folder of `file`.
  private static func resolve(_ path: String, from file: String) -> String {
    guard !path.hasPrefix("/"), let slash = file.lastIndex(of: "/") else { return normalized(path) }
    return normalized(file[...slash] + path)
  }

  /// The path without `.` and, where it can be seen what they undo, without `..`.
  private static func normalized(_ path: String) -> String {
    var parts: [Substring] = []
    for part in path.split(separator: "/") where part != "." {
      if part == "..", let last = parts.last, last != ".." {
        parts.removeLast()
      } else {
        parts.append(part)
      }
    }
    return (path.hasPrefix("/") ? "/" : "") + parts.joined(separator: "/")
  }
}
