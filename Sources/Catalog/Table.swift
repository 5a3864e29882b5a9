import OrderedCollections

/// What a table entry says of itself: the text that lists, files' validation and reports share.
public struct EntryDescription: Sendable {
  /// The word that selects the entry in an experiment file.
  public let name: String
  /// One sentence without a final full stop.
  public let summary: String
  /// The mathematics in plain Unicode, both sides of a game separated by `; `, a sentence about them by `. `. Empty when
  /// there is none.
  public let formula: String
  /// Where it comes from: an arXiv id such as `1704.00028`, or a citation. Empty when there is none.
  public let source: String
  /// The settings that an experiment file may give.
  public let parameters: [Parameter]
  /// The entry of the same table of which this one only changes defaults; nil for an entry of its own.
  public let presetOf: String?
  /// The parameter that a bare value stands for: `rate: 0.001` means `rate: {name: constant, value: 0.001}`, and in a keyed
  /// table `{linear: 128}` means `{name: linear, outputs: 128}`.
  public let shorthand: String?
  /// What is wrong with settings that are each valid, without a final full stop; nil when nothing is.
  public let check: @Sendable (Arguments) -> String?

  /// Describes an entry.
  public init(
    _ name: String, _ summary: String, formula: String = "", source: String = "",
    parameters: [Parameter] = [], presetOf: String? = nil, shorthand: String? = nil,
    check: @escaping @Sendable (Arguments) -> String? = { _ in nil }
  ) {
    self.name = name
    self.summary = summary
    self.formula = formula
    self.source = source
    self.parameters = parameters
    self.presetOf = presetOf
    self.shorthand = shorthand
    self.check = check
  }

  /// The declared parameter called `name`.
  public func parameter(_ name: String) -> Parameter? {
    parameters.first { $0.name == name }
  }
}

/// An open set without its code: what validation and reports need to know of a table.
public struct EntryTable: Sendable {
  /// What one entry is called, for messages: `loss`, `penalty`, `data set`.
  public let title: String
  /// The key that names the entry inside a map: usually `name`; `preset` for penalties.
  public let selector: String
  /// The entry that a map without `selector`, or a bare scalar with a shorthand, means; nil when it must be named.
  public let fallback: String?
  /// Whether an entry may be written as a map of its name alone, to its settings or to the value of its shorthand:
  /// `{conv: {channels: 64}}`, `{linear: 128}`.
  public let isKeyed: Bool
  /// What the signs in the entries' formulas mean.
  public let notation: Notation
  /// The entries in the order in which lists show them.
  public let entries: [EntryDescription]

  /// The entry called `name`.
  public subscript(name: String) -> EntryDescription? { entries.first { $0.name == name } }

  /// The setting that a bare value stands for: the shorthand of the entry that needs no name; nil without one.
  public var bareParameter: Parameter? {
    let entry = fallback.flatMap { self[$0] }
    return entry?.shorthand.flatMap { entry?.parameter($0) }
  }

  /// The bare value that a map is short for: the entry that needs no name with its shorthand alone; nil for any other.
  public func bare(_ value: Value) -> Value? {
    guard let members = value.asMap, members.count == 2, let fallback, let bareParameter,
      members[selector] == .text(fallback)
    else { return nil }
    return members[bareParameter.name]
  }
}

/// One member of an open set: its description and its code.
public struct Entry<Body: Sendable>: Sendable {
  /// What the entry says of itself.
  public let description: EntryDescription
  /// What the entry does.
  public let body: Body

  /// Joins a description and its code.
  public init(_ description: EntryDescription, _ body: Body) {
    self.description = description
    self.body = body
  }
}

/// An open set: to add a loss, a penalty, a metric or a data set is to add one entry to its table.
public struct Table<Body: Sendable>: Sendable {
  /// The table without its code.
  public let description: EntryTable
  /// The entries in the order in which lists show them.
  public let entries: [Entry<Body>]

  /// Makes a table; names must differ, and presets must name an entry of their own table.
  public init(
    _ title: String, selector: String = "name", fallback: String? = nil, isKeyed: Bool = false,
    notation: Notation = Notation(), _ entries: [Entry<Body>]
  ) {
    let names = OrderedSet(entries.map(\.description.name))
    precondition(names.count == entries.count, "two entries of table '\(title)' share a name")
    for entry in entries {
      if let base = entry.description.presetOf {
        precondition(names.contains(base), "preset of unknown entry '\(base)' in table '\(title)'")
      }
    }
    self.entries = entries
    self.description = EntryTable(
      title: title, selector: selector, fallback: fallback, isKeyed: isKeyed,
      notation: notation, entries: entries.map(\.description))
  }

  /// The entry called `name`.
  public subscript(name: String) -> Entry<Body>? { entries.first { $0.description.name == name } }

  /// The entry and the arguments that a complete value names.
  ///
  /// - Parameter value: a map with the table's selector and every parameter of the entry, as validation makes it.
  public func selection(_ value: Value) -> (entry: Entry<Body>, arguments: Arguments) {
    guard let members = value.asMap, let name = members[description.selector]?.asText,
      let entry = self[name]
    else { preconditionFailure("not a complete \(description.title): \(value.canonicalJSON)") }
    return (entry, Arguments(members))
  }
}

/// The validated settings of an entry, with every default filled in.
public struct Arguments: Sendable {
  /// The settings by name.
  public let values: ValueMap

  /// Wraps complete settings.
  public init(_ values: ValueMap) { self.values = values }

  /// The real setting called `name`, which the entry must declare.
  public func real(_ name: String) -> Double { required(name, values[name]?.asReal) }
  /// The whole-number setting called `name`, which the entry must declare.
  public func integer(_ name: String) -> Int { required(name, values[name]?.asInteger) }
  /// The truth value called `name`, which the entry must declare.
  public func boolean(_ name: String) -> Bool { required(name, values[name]?.asBoolean) }
  /// The word called `name`, which the entry must declare.
  public func text(_ name: String) -> String { required(name, values[name]?.asText) }
  /// The list called `name`, which the entry must declare.
  public func list(_ name: String) -> [Value] { required(name, values[name]?.asList) }
  /// The list of reals called `name`, which the entry must declare.
  public func reals(_ name: String) -> [Double] { list(name).compactMap(\.asReal) }
  /// The list of whole numbers called `name`, which the entry must declare.
  public func integers(_ name: String) -> [Int] { list(name).compactMap(\.asInteger) }
  /// The setting called `name` as it stands, which the entry must declare.
  public func value(_ name: String) -> Value { required(name, values[name]) }

  private func required<T>(_ name: String, _ value: T?) -> T {
    guard let value else { preconditionFailure("no argument '\(name)' of that type in \(values)") }
    return value
  }
}
