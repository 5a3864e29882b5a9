import Catalog
import Runner
import Testing

/// What every entry of every table says of itself.
@Suite struct DescriptionTests {
  private static let entries = RunSchema.tables.all.flatMap { table in
    table.entries.map { (table.title, $0) }
  }

  /// Tables whose entries are mathematics that somebody published.
  private static let objectives = ["loss", "penalty", "constraint", "auxiliary term", "optimizer"]

  /// Entries of these that are no mathematics.
  private static let idle = ["none", "frozen"]

  /// Entries of these that are common practice, with no paper of their own.
  private static let unpublished = ["absolute-deviation", "l2"]

  @Test func tablesAreThere() {
    let titles = RunSchema.tables.all.map(\.title)
    #expect(Set(titles).count == titles.count)
    #expect(titles.contains("metric kernel"), "tables within entries of tables")
    for title in Self.objectives { #expect(titles.contains(title), "\(title)") }
    for table in RunSchema.tables.all {
      #expect(RunSchema.tables.settingsWords(of: table) != nil, "no setting takes a \(table.title)")
    }
  }

  /// Titles are told apart by their titles alone, so two tables of one title would hide one another.
  @Test func tablesOfOneTitleAreOne() {
    for parameter in Self.entries.flatMap(\.1.parameters) {
      let inner: EntryTable
      switch parameter.type {
      case .entry(let table), .entries(let table): inner = table
      default: continue
      }
      let known = RunSchema.tables[inner.title]
      #expect(known?.entries.map(\.summary) == inner.entries.map(\.summary), "\(inner.title)")
    }
  }

  @Test func entriesSaySomething() {
    for (table, entry) in Self.entries {
      #expect(!entry.summary.isEmpty && !entry.summary.hasSuffix("."), "\(table) \(entry.name)")
      #expect(entry.name.wholeMatch(of: /[a-z][a-z0-9-]*/) != nil, "\(table) \(entry.name)")
      let isCited = entry.source.contains(/\b[0-9]{4}\.[0-9]{4,5}\b|\b(19|20)[0-9]{2}\b|doi:/)
      #expect(entry.source.isEmpty || isCited, "\(table) \(entry.name): \(entry.source)")
      guard Self.objectives.contains(table), !Self.idle.contains(entry.name) else { continue }
      #expect(!entry.formula.isEmpty, "\(table) \(entry.name) has no formula")
      let isPublished = !Self.unpublished.contains(entry.name)
      #expect(!isPublished || !entry.source.isEmpty, "\(table) \(entry.name) has no source")
    }
  }

  @Test func settingsSaySomething() {
    for (table, entry) in Self.entries {
      let names = entry.parameters.map(\.name)
      #expect(Set(names).count == names.count, "\(table) \(entry.name): \(names)")
      for parameter in entry.parameters {
        let place = "\(table) \(entry.name).\(parameter.name)"
        #expect(!parameter.summary.isEmpty && !parameter.summary.hasSuffix("."), "\(place)")
        #expect(!parameter.type.words.plain.isEmpty, "\(place)")
      }
      if let shorthand = entry.shorthand {
        #expect(names.contains(shorthand), "\(table) \(entry.name): \(shorthand)")
      }
    }
  }

  /// A preset's canonical form is its base's, so it can have no setting that the base has not.
  @Test func presetsChangeDefaultsAlone() {
    for table in RunSchema.tables.all {
      for entry in table.entries {
        guard let base = entry.presetOf.flatMap({ table[$0] }) else { continue }
        #expect(base.presetOf == nil)
        #expect(entry.parameters.map(\.name) == base.parameters.map(\.name), "\(entry.name)")
        #expect(table.words(of: entry).parameters.isEmpty, "\(entry.name)")
        #expect(table.words(of: entry, isAlone: true).parameters.count == base.parameters.count)
      }
    }
  }

  /// Semicolons outside of brackets end lines, so a bracket that is left open would keep a formula on one.
  @Test func bracketsAreClosed() {
    for (table, entry) in Self.entries {
      let opened = entry.formula.count { "([{⟨".contains($0) }
      let closed = entry.formula.count { ")]}⟩".contains($0) }
      #expect(opened == closed, "\(table) \(entry.name): \(entry.formula)")
    }
  }

  /// A loss says whose side each line is, so that both are shown side by side.
  @Test func lossesNameThePlayers() throws {
    let losses = try #require(RunSchema.tables["loss"])
    for loss in losses.entries {
      let players = loss.formulaLines.map(\.player)
      #expect(players.contains("generator"), "\(loss.name): \(players)")
    }
  }
}
