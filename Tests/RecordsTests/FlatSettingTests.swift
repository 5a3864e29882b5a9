import Catalog
import Testing

/// Settings as lists show them: with dotted keys, and bare where a bare value says the same.
@Suite struct FlatSettingTests {
  private func flat(_ fixed: String) throws -> [String] {
    let arm = try plan(experiment(fixed: "data: ring8, \(fixed)")).arms[0]
    return FlatSetting.all(arm.configuration, SmallSchema.configuration)
      .map { "\($0.key): \($0.value.canonicalJSON)" }
  }

  @Test func mapsAreOpenedAndListsAreNot() throws {
    let settings = try flat("train.rate: 0.5, critic.widths: [8, 4], penalty: [r1]")
    #expect(
      Array(settings.prefix(3)) == ["data.name: \"ring8\"", "data.sigma: 0.01", "data.modes: 8"])
    #expect(settings.contains("critic.widths: [8,4]"))
    #expect(settings.contains("train.rate: 0.5"))
    #expect(
      settings.contains(
        #"penalty: [{"at":"real","every":1,"preset":"gradient","weight":1.0}]"#))
    #expect(settings.last == "evaluate.every: 100")
  }

  /// What a bare value would not say is written out.
  @Test func otherEntriesKeepTheirSettings() throws {
    let settings = try flat("train.rate: {name: cosine, start: 1}")
    #expect(settings.contains("train.rate.name: \"cosine\""))
    #expect(settings.contains("train.rate.start: 1.0"))
    #expect(settings.contains("train.rate.end: 0.0"))
  }

  /// A map is short for a bare value where its key takes entries of that table, and nowhere else.
  @Test func theTypeSaysWhatAMapIsShortFor() {
    let map: Value = .map(["name": .text("constant"), "value": .real(2)])
    let parameters = [
      Parameter("rate", .entry(SmallSchema.schedules), ""),
      Parameter(
        "noise", .entry(SmallSchema.table("noise", [EntryDescription("constant", "")])), ""),
    ]
    let settings = FlatSetting.all(.map(["rate": map, "noise": map]), parameters)
    #expect(settings.map(\.key) == ["rate", "noise.name", "noise.value"])
    #expect(settings[0].value == .real(2))
  }

  @Test func commonSettingsAreThoseOfAll() throws {
    let lists = try ["{steps: 5}", "{steps: 5, batch: 7}"].map { train in
      let arm = try plan(experiment(fixed: "data: ring8, train: \(train)")).arms[0]
      return FlatSetting.all(arm.canonical, SmallSchema.configuration)
    }
    #expect(FlatSetting.common(lists).map(\.key) == ["data.name", "train.steps"])
    #expect(FlatSetting.common([]).isEmpty)
  }
}
