import Catalog
import Records

/// The experiments that the tests report on.
enum Experiments {
  /// Eight modes on the unit circle; coordinates rounded, so that no library function is needed.
  static let ring: [SIMD2<Float>] = [
    SIMD2(1, 0), SIMD2(0.7071, 0.7071), SIMD2(0, 1), SIMD2(-0.7071, 0.7071), SIMD2(-1, 0),
    SIMD2(-0.7071, -0.7071), SIMD2(0, -1), SIMD2(0.7071, -0.7071),
  ]

  static let regularizers: [(name: String, level: Double)] = [
    ("none", 1), ("r1 weight=0.1", 0.62), ("r1 weight=1", 0.41), ("gp", 0.35), ("lp", 0.38),
    ("dragan", 0.7), ("sn", 0.55), ("clip", 1.6), ("dropout", 0.97), ("consistency", 0.9),
  ]

  /// Three losses × ten regularizers × two optimizers, ten seeds, five metrics.
  static func wide() -> (plan: Plan, records: CompactRecords) {
    var grid = GridPlan(
      axes: [
        Axis(name: "loss", labels: ["nonsaturating", "hinge", "wasserstein"]),
        Axis(name: "regularizer", labels: regularizers.map(\.name)),
        Axis(name: "optimizer", labels: ["adam", "sgd"]),
      ], baseline: ["regularizer": "none"],
      metrics: [
        GridPlan.metric("frechet", .min, primary: true), GridPlan.metric("modes", .max),
        GridPlan.metric("high-quality", .max), GridPlan.metric("reverse-kl", .min),
        GridPlan.metric("mmd2", .min),
      ])
    grid.claims = [
      Claim(
        id: "r1-helps", arms: [12, 14], metric: "frechet", statement: .improves(probability: 0.7)),
      Claim(id: "gp-halves", arms: [6], metric: "frechet", statement: .improvesBy(0.3)),
      Claim(id: "clip-good", arms: [14], metric: "frechet", statement: .reaches(0.1)),
    ]
    grid.exclusions = [
      Exclusion(
        when: [Coordinate(axis: "loss", label: "wasserstein")], why: "asked in another experiment",
        count: 2)
    ]
    grid.warnings = ["label smoothing has no meaning under a Wasserstein loss"]
    grid.mentions = [
      Mention(table: "loss", entry: "hinge"), Mention(table: "penalty", entry: "r1"),
      Mention(table: "penalty", entry: "absent"),
    ]
    grid.settings = [
      "data": .text("ring8"), "train": .map(["steps": .integer(4000), "batch": .integer(256)]),
    ]
    let plan = grid.plan
    var records = SyntheticRecords(
      plan: plan,
      level: { arm in
        let base = regularizers.first { $0.name == arm.labels[1] }?.level ?? 1
        let isSlow = arm.labels[2] == "sgd"
        let factor = arm.labels[0] == "wasserstein" ? 2.5 : arm.labels[0] == "hinge" ? 0.8 : 1
        return factor * (isSlow && base < 0.5 ? 1.1 : base) * (isSlow ? 1.8 : 0.6)
      })
    records.risk = { arm in
      arm.labels[0] == "wasserstein" && arm.labels[1] == "none"
        ? 1 : arm.labels[2] == "sgd" && arm.labels[0] == "wasserstein" ? 0.3 : 0.02
    }
    records.modes = ring
    return (plan, records.records)
  }

  /// Two losses × three regularizers, eight seeds: small enough to read whole.
  static func small(seeds: Int = 8) -> (plan: Plan, records: CompactRecords) {
    var grid = GridPlan(
      axes: [
        Axis(name: "loss", labels: ["hinge", "wasserstein"]),
        Axis(name: "regularizer", labels: ["none", "gp", "clip"]),
      ], baseline: ["regularizer": "none"], seeds: Array(0..<seeds),
      metrics: [GridPlan.metric("frechet", .min, primary: true), GridPlan.metric("modes", .max)])
    grid.name = "small"
    grid.claims = [
      Claim(id: "gp", arms: [1, 4], metric: "frechet", statement: .improves(probability: 0.6)),
      Claim(id: "reach", arms: [1], metric: "frechet", statement: .reaches(2)),
    ]
    grid.mentions = [
      Mention(table: "loss", entry: "hinge"), Mention(table: "penalty", entry: "r1"),
    ]
    grid.settings = ["data": .text("ring8")]
    let plan = grid.plan
    let levels = ["none": 1.0, "gp": 0.4, "clip": 1.5]
    var records = SyntheticRecords(plan: plan, level: { levels[$0.labels[1] ?? ""] ?? 1 })
    records.risk = { $0.labels == ["wasserstein", "clip"] ? 0.4 : 0 }
    records.modes = ring
    return (plan, records.records)
  }

  /// One axis of three normalizers on pictures, with a grid of samples for each and one of real
  /// ones.
  static func images() -> (plan: Plan, records: CompactRecords) {
    var grid = GridPlan(
      axes: [Axis(name: "normalizer", labels: ["batch", "spectral", "none"])],
      baseline: ["normalizer": "none"], seeds: Array(0..<6),
      metrics: [GridPlan.metric("frechet", .min, primary: true)])
    grid.name = "digits"
    grid.question = "Does the critic's normalizer matter on drawn digits?"
    let plan = grid.plan
    let levels = ["batch": 1.1, "spectral": 0.5, "none": 1.0]
    var records = SyntheticRecords(
      plan: plan, level: { levels[$0.labels[0] ?? ""] ?? 1 }
    ).records
    records.grids = [SampleGrid(arm: nil, seed: 0, png: PortablePicture.png(seed: 0, noise: 0))]
    for arm in plan.arms.indices {
      let notes: [PictureKind: String] = [.training: "0 50 100", .interpolations: "spherical"]
      for kind in PictureKind.allCases {
        records.grids.append(
          SampleGrid(
            arm: arm, seed: 0, kind: kind, note: notes[kind] ?? "",
            png: PortablePicture.png(seed: arm, noise: arm + 1)))
      }
      records.neighbours.append(
        NeighbourCheck(
          arm: arm, seed: 0, samples: 128, candidates: 10000, origin: .training,
          generated: 7.25 - Double(arm), heldOut: 6.1175, nearer: 0.4 + 0.2 * Double(arm)))
    }
    return (plan, records)
  }

  /// Entries of two small tables.
  static let tables: [EntryTable] = [
    Table<Int>(
      "loss",
      [
        Entry(
          EntryDescription(
            "hinge", "Margins on both sides",
            formula: "E[1−r]₊ + E[1+f]₊; −E f", source: "1705.02894"), 0)
      ]
    ).description,
    Table<Int>(
      "penalty", selector: "preset",
      [
        Entry(
          EntryDescription(
            "r1", "Squared gradient norm on real samples", formula: "(γ/2) E‖∇D(x)‖²",
            source: "Mescheder et al., 1801.04406",
            parameters: [.real("weight", .nonnegative, default: 1, "γ")]), 0)
      ]
    ).description,
  ]
}
