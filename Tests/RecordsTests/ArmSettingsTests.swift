import Catalog
import Records
import Testing

/// How settings are laid over one another, and what arms without a name are called.
@Suite struct ArmSettingsTests {
  @Test func settingsMergeAsTheirTypesAsk() throws {
    let base = "data: {name: ring8, sigma: 0.5}, penalty: {preset: r1, weight: 3}"
    func built(_ arm: String) throws -> Value {
      try plan(experiment("axes: {a: {b: {\(arm)}}}", fixed: base)).arms[0].configuration
    }
    // A map without a name adds to the entry; another name replaces it; the same name adds.
    #expect(try built("data.modes: 2")["data"]?["sigma"] == .real(0.5))
    #expect(try built("data: {modes: 2}")["data"]?["modes"] == .integer(2))
    #expect(try built("data: {name: ring8, modes: 2}")["data"]?["sigma"] == .real(0.5))
    #expect(try built("penalty: {preset: wgan-gp}")["penalty"]?.asList?[0]["weight"] == .real(10))
    #expect(try built("penalty: {every: 4}")["penalty"]?.asList?[0]["weight"] == .real(3))
    #expect(try built("penalty: {every: 4}")["penalty"]?.asList?[0]["at"] == .text("real"))
    // A number is short for an entry by name, so that another entry takes nothing from it.
    let schedule = try plan(
      experiment(
        "axes: {a: {b: {train.rate: {name: cosine, start: 2}}, c: {train.rate.value: 3}}}",
        fixed: "data: ring8, train.rate: 0.5")
    ).arms.map { $0.configuration["train"]?["rate"] }
    #expect(
      schedule == [
        .map(["name": .text("cosine"), "start": .real(2), "end": .real(0)]),
        .map(["name": .text("constant"), "value": .real(3)]),
      ])
    // A scalar and a list replace.
    #expect(try built("data: ring8")["data"]?["sigma"] == .real(0.01))
    #expect(try built("penalty: none")["penalty"] == .list([]))
    #expect(try built("penalty: [drift, r1]")["penalty"]?.asList?.count == 2)
  }

  @Test func axesOfPartsOfAnEntryDoNotExcludeOneAnother() throws {
    for axes in ["data: [ring8], data.modes: [2, 4]", "data.modes: [2, 4], data: [ring8]"] {
      let arms = try plan(experiment("axes: {\(axes)}", fixed: "data.sigma: 0.5")).arms
      #expect(arms.map { $0.configuration["data"]?["modes"] } == [.integer(2), .integer(4)])
      #expect(arms.allSatisfy { $0.configuration["data"]?["sigma"] == .real(0.5) })
    }
  }

  @Test func unnamedArmsAreCalledByTheirDottedSettings() throws {
    let plan = try plan(
      experiment(
        """
        axes:
          a:
            - {penalty: {preset: r1, weight: {each: [1, 2]}}, critic: {bias: true, widths: [4, 2]}}
            - {critic.bias: true, generator.bias: false}
            - {data.modes: 4, train.rate: {name: cosine, start: 2}}
            - {}
        """))
    #expect(
      plan.axes[0].labels == [
        "penalty=r1 weight=1 bias=true widths=[4, 2]",
        "penalty=r1 weight=2 bias=true widths=[4, 2]",
        "critic.bias=true generator.bias=false", "modes=4 rate=cosine start=2", "{}",
      ])
  }

  @Test func settingsWithoutANameAreTheDefaultEntrys() throws {
    func arms(_ axes: String, _ fixed: String) throws -> [Arm] {
      let loss = Parameter("loss", .entry(SmallSchema.losses), default: .text("hinge"), "The game")
      let schema = ExperimentSchema(
        configuration: [loss], evaluationKeys: [], metrics: SmallSchema.metrics, check: { _ in [] })
      return try plan(experiment(axes, fixed: fixed), schema: schema).arms
    }
    let fixed = try arms("", "loss.margin: 2")
    #expect(fixed[0].configuration["loss"] == .map(["name": .text("hinge"), "margin": .real(2)]))
    #expect(fixed[0].mentions == [Mention(table: "loss", entry: "hinge")])
    let varied = try arms("axes: {loss.margin: [2, 1]}", "")
    #expect(varied.map { $0.configuration["loss"]?["margin"] } == [.real(2), .real(1)])
    #expect(varied[1].canonical == .map([:]))
    // Another entry can still be named on top of the settings.
    let other = try arms("axes: {a: {b: {}, c: {loss: nonsaturating}}}", "")
    #expect(other.map { $0.configuration["loss"]?["name"]?.asText } == ["hinge", "nonsaturating"])
  }

  @Test func labelsOfUnnamedArms() throws {
    let plan = try plan(
      experiment(
        """
        axes:
          loss: [wasserstein, {name: hinge, margin: 2}]
          critic.widths: [[64, 64], [128]]
          recipe: [{train.batch: 8, train.steps: 5}, {train.batch: 16}]
          penalty: {off: none, on: {preset: r1}, both: [r1, drift]}
        """))
    #expect(
      plan.axes.map(\.labels) == [
        ["wasserstein", "hinge margin=2"], ["[64, 64]", "[128]"],
        ["batch=8 steps=5", "batch=16"], ["off", "on", "both"],
      ])
    #expect(plan.arms.count == 24)
    #expect(plan.arms[2].configuration["penalty"]?.asList?.count == 2)
  }
}
