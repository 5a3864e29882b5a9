import Catalog
import Records
import Testing

@Suite struct PlanTests {
  @Test func readsTheWholeGrammar() throws {
    let plan = try plan(
      """
      question: Which critic regularizer helps,
        and does it depend on the loss?
      fixed: {data: ring8, train.steps: 40, train: {batch: 32}}
      axes:
        loss: [nonsaturating, hinge, wasserstein]
        regularizer:
          none: {}
          r1: {penalty: {preset: r1, weight: {each: [0.1, 1]}}}
          gp: {penalty: {preset: wgan-gp, weight: 5}}
          wide: {critic.widths: [128]}
      exclude:
        - {when: {loss: wasserstein, regularizer: r1}, why: asked elsewhere}
      include:
        - {name: recipe, set: {loss: wasserstein, regularizer: gp, train.steps: 7}}
      baseline: {regularizer: none}
      seeds: [3, 1]
      metrics: {frechet: {goal: min}, near: {metric: modes, radius: 2, goal: max, primary: true}}
      claims:
        - {id: r1-helps, arm: {regularizer: r1}, metric: frechet, improves: {probability: 0.7}}
        - {id: recipe-works, arm: recipe, metric: near, reaches: 7}
        - {id: by, arm: {regularizer: gp, loss: hinge}, metric: near, improves: {by: 1e-1}}
      report: {charts: [{curve: frechet, facet: loss}, {losses: all}, scatter, {heatmap: near, rows: loss}]}
      """, file: "Experiments/regularizers.yaml")
    #expect(plan.name == "regularizers")
    #expect(plan.question == "Which critic regularizer helps, and does it depend on the loss?")
    #expect(
      plan.axes == [
        Axis(name: "loss", labels: ["nonsaturating", "hinge", "wasserstein"]),
        Axis(name: "regularizer", labels: ["none", "r1 weight=0.1", "r1 weight=1", "gp", "wide"]),
      ])
    // 3 · 5 cells, less two, and the included one.
    #expect(plan.arms.count == 14)
    #expect(plan.arms.map(\.index) == Array(0..<14))
    #expect(plan.arms[6].name == "hinge · r1 weight=0.1")
    #expect(plan.arms[13].name == "recipe")
    #expect(plan.arms[13].labels == ["wasserstein", "gp"])
    #expect(plan.arms.map(\.stratum) == [0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 2, 2, 2, 2])
    #expect(plan.arms.map(\.baseline) == [0, 0, 0, 0, 0, 5, 5, 5, 5, 5, 10, 10, 10, 10])
    #expect(plan.seeds == [3, 1])
    #expect(plan.metrics.map(\.isPrimary) == [false, true])
    #expect(plan.metrics[1].metric == .map(["name": .text("modes"), "radius": .real(2)]))
    #expect(plan.metrics[1].goal == .max)
    #expect(plan.primaryMetric == 1)
    #expect(plan.claims.map(\.arms) == [[1, 2, 6, 7], [13], [8]])
    #expect(plan.claims[0].statement == .improves(probability: 0.7))
    #expect(plan.claims[1].statement == .reaches(7))
    #expect(plan.claims[2].statement == .improvesBy(0.1))
    #expect(
      plan.charts == [
        .curve(metric: "frechet", facet: "loss"), .losses(facet: nil), .scatter,
        .heatmap(metric: "near", rows: "loss", columns: nil),
      ])
    #expect(
      plan.exclusions == [
        Exclusion(
          when: [
            Coordinate(axis: "loss", label: "wasserstein"),
            Coordinate(axis: "regularizer", label: "r1"),
          ], why: "asked elsewhere", count: 2)
      ])
    #expect(!plan.isAdHoc)
    #expect(
      plan.warnings == [
        "a Wasserstein critic without a constraint (in arms 'wasserstein · none', "
          + "'wasserstein · wide')"
      ])
  }

  @Test func configuresEachArm() throws {
    let arms = try plan(
      experiment(
        """
        axes:
          regularizer:
            none: {}
            r1: {penalty: {preset: r1, weight: {each: [0.1, 1]}}, train.rate: 0.5}
        """, fixed: "data: {name: ring8, modes: 4}, train.batch: 32")
    ).arms
    #expect(arms[0].configuration["penalty"] == .list([]))
    let penalty: ValueMap = [
      "preset": .text("gradient"), "weight": .real(0.1), "at": .text("real"), "every": .integer(1),
    ]
    #expect(arms[1].configuration["penalty"] == .list([.map(penalty)]))
    #expect(arms[2].configuration["penalty"]?.asList?[0]["weight"] == .real(1))
    #expect(arms[1].configuration["train"]?["rate"]?["value"] == .real(0.5))
    #expect(arms[0].configuration["train"]?["rate"]?["value"] == .real(0.001))
    #expect(arms[1].configuration["train"]?["batch"] == .integer(32))
    #expect(
      arms[1].canonical.canonicalJSON
        == #"{"data":{"modes":4,"name":"ring8"},"penalty":[{"at":"real","preset":"gradient","#
        + #""weight":0.1}],"train":{"batch":32,"rate":0.5}}"#)
    #expect(
      arms[1].mentions == [
        Mention(table: "data set", entry: "ring8"), Mention(table: "loss", entry: "nonsaturating"),
        Mention(table: "penalty", entry: "r1"), Mention(table: "schedule", entry: "constant"),
      ])
  }

  @Test func eachMakesEveryCombination() throws {
    let plan = try plan(
      experiment(
        """
        axes:
          a:
            one:
              penalty: {each: [r1, {preset: drift, weight: 2}]}
              generator.widths: {each: [[8], [16, 16]]}
            two: {generator.bias: {each: [true, false]}, critic.bias: {each: [true, false]}}
        """))
    #expect(
      plan.axes[0].labels == [
        "one penalty=r1 widths=[8]", "one penalty=r1 widths=[16, 16]",
        "one penalty=drift weight=2 widths=[8]", "one penalty=drift weight=2 widths=[16, 16]",
        "two generator.bias=true critic.bias=true", "two generator.bias=true critic.bias=false",
        "two generator.bias=false critic.bias=true", "two generator.bias=false critic.bias=false",
      ])
    #expect(plan.arms[5].configuration["critic"]?["bias"] == .boolean(false))
    #expect(plan.arms[5].configuration["generator"]?["bias"] == .boolean(true))
  }

  @Test func zipAdvancesListsTogether() throws {
    let plan = try plan(
      experiment(
        "axes: {size: {zip: {train.batch: [8, 16], train.steps: [200, 100]}}, loss: [hinge]}"))
    #expect(plan.axes[0].labels == ["batch=8 steps=200", "batch=16 steps=100"])
    #expect(plan.arms[1].configuration["train"]?["steps"] == .integer(100))
  }

  @Test func samplesAreTheSameEachTimeAndInRange() throws {
    let text = experiment(
      "axes: {train.rate: {sample: {logUniform: [1e-5, 1e-2]}, count: 200}}")
    let plan = try plan(text)
    let rates = plan.arms.compactMap { $0.configuration["train"]?["rate"]?["value"]?.asReal }
    #expect(rates.count == 200)
    #expect(rates.allSatisfy { (1e-5...1e-2).contains($0) })
    // A third of a log-uniform sample lies in each decade: 200/3 ± 4 standard deviations.
    for decade in [1e-5...1e-4, 1e-4...1e-3, 1e-3...1e-2] {
      #expect((40...94).contains(rates.count { decade.contains($0) }))
    }
    #expect(plan.axes[0].labels.allSatisfy { $0.count <= 10 })
    #expect(
      try Records.Plan(SourceFile(name: "y", text: text), schema: SmallSchema.schema).axes
        == plan.axes)
  }

  @Test func baselineFallbacksAndStrata() throws {
    let plan = try plan(
      experiment(
        """
        axes: {loss: [nonsaturating, hinge], critic.bias: [true, false], penalty: [none, r1]}
        exclude: [{when: {loss: hinge, penalty: none}}]
        baseline: [{penalty: none}, {penalty: r1}]
        """))
    #expect(
      plan.arms.map(\.name) == [
        "nonsaturating · true · none", "nonsaturating · true · r1", "nonsaturating · false · none",
        "nonsaturating · false · r1", "hinge · true · r1", "hinge · false · r1",
      ])
    #expect(plan.arms.map(\.stratum) == [0, 0, 1, 1, 2, 3])
    #expect(plan.arms.map(\.baseline) == [0, 0, 2, 2, 4, 5])
  }

  @Test func anExperimentWithoutAxesHasOneArm() throws {
    let plan = try plan(experiment())
    #expect(plan.arms.count == 1)
    #expect(plan.arms[0].name == "fixed")
    #expect(plan.arms[0].baseline == nil)
    #expect(plan.seeds == [0, 1])
  }

  @Test func includedArmWithoutAPlaceIsNotCompared() throws {
    let plan = try plan(
      experiment(
        """
        axes: {loss: [nonsaturating, hinge], penalty: [none, r1]}
        include: [{name: alone, set: {train.steps: 3}}]
        baseline: {penalty: none}
        """))
    #expect(plan.arms[4].labels == [nil, nil])
    #expect(plan.arms[4].baseline == nil)
    #expect(
      plan.warnings == [
        "included arm 'alone' is compared with no baseline: it has no label on 'loss'"
      ])
  }

  /// A claim is cited where it stands, be it in a file that the experiment extends.
  @Test func placesOfClaims() throws {
    let claims = "claims:\n  - {id: a, arm: {reg: r1}, metric: frechet, reaches: 1}\n"
    let axes = "axes: {reg: {none: {}, r1: {penalty: r1}}}\n"
    let base = "question: Why?\nfixed: {data: ring8}\nmetrics: {frechet: {goal: min}}\n" + axes
    let plan = try plan(
      "extends: base.yaml\nseeds: 2", files: ["base.yaml": base + claims],
      overrides: Overrides(only: ["reg=r1"]))
    #expect(plan.claims.map(\.place) == [Place(file: "base.yaml", line: 6, column: 5)])
  }

  @Test func extendsMergesMapsAndReplacesListsAndScalars() throws {
    let files = [
      "E/presets/mlp.yaml":
        "extends: base.yaml\nfixed: {critic: {widths: [8]}, train.batch: 4}\nseeds: 3",
      "E/presets/base.yaml":
        "fixed: {critic: {widths: [1, 2], bias: false}, train: {steps: 9, batch: 2}}\n"
        + "metrics: {frechet: {goal: max}, modes: {goal: max}}\nseeds: [5, 6]",
    ]
    let plan = try plan(
      """
      question: Why?
      extends: [presets/../presets/mlp.yaml]
      fixed: {data: ring8, train: {batch: 3}}
      metrics: {frechet: {goal: min}}
      """, files: files, file: "E/x.yaml")
    let configuration = plan.arms[0].configuration
    #expect(configuration["critic"]?["widths"] == .list([.integer(8)]))
    #expect(configuration["critic"]?["bias"] == .boolean(false))
    #expect(configuration["train"]?["steps"] == .integer(9))
    #expect(configuration["train"]?["batch"] == .integer(3))
    #expect(plan.seeds == [0, 1, 2])
    #expect(plan.metrics.map(\.name) == ["frechet", "modes"])
    #expect(plan.metrics[0].goal == .min)
  }

  @Test func warnsOfArmsWithOneConfiguration() throws {
    let plan = try plan(experiment("axes: {a: {x: {}, y: {train.steps: 1000}}}"))
    #expect(plan.warnings == ["arms 'x' and 'y' have the same configuration"])
    #expect(plan.arms[0].canonical == plan.arms[1].canonical)
  }

  @Test(.timeLimit(.minutes(1))) func tenThousandArmsArePlannedQuickly() throws {
    let values = (1...100).map(String.init).joined(separator: ", ")
    let text = experiment(
      """
      axes: {train.batch: [\(values)], train.steps: [\(values)]}
      baseline: {train.batch: 1}
      """)
    var count = 0
    let time = try ContinuousClock().measure { count = try plan(text).arms.count }
    #expect(count == 10_000)
    // Many times what it takes, because other tests run at the same time.
    #if !DEBUG
      #expect(time < .seconds(10))
    #else
      #expect(time < .seconds(30))
    #endif
  }
}
