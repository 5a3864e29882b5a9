import Arrays
import Catalog

let modesEntry = Entry(
  EntryDescription(
    "modes", "Number of modes with at least one sample of high quality",
    formula: "|{k : some y is nearest to μ_k and ‖y−μ_k‖ ≤ rσ}|", source: "1712.04086",
    parameters: [radiusParameter]),
  modeMetric("modes", goal: .max) { assignment, _ in
    Double(assignment.highQuality.count { $0 > 0 })
  })

let highQualityEntry = Entry(
  EntryDescription(
    "high-quality",
    "Share of samples near a mode; samples of a perfect planar generator reach .9889 at r = 3",
    formula: "share of y with min_k ‖y−μ_k‖ ≤ rσ", source: "1712.04086",
    parameters: [radiusParameter]),
  modeMetric("high-quality", goal: .max) { assignment, _ in
    Double(assignment.highQuality.reduce(0, +)) / Double(assignment.count)
  })

let reverseDivergenceEntry = Entry(
  EntryDescription(
    "reverse-kl",
    "Divergence in nats of the histogram of nearest modes from equal shares; "
      + "N samples of a perfect generator of K modes have about (K−1)/2N",
    formula: "KL(p̂‖p) = Σ_k p̂_k ln(K p̂_k)", source: "1712.04086",
    parameters: [
      .choice(
        "over", ["all", "high-quality"], default: "all",
        "the samples that are counted: all of them, or only those of high quality"),
      radiusParameter,
    ]),
  modeMetric("reverse-kl", goal: .min) { assignment, arguments in
    let counts =
      arguments.text("over") == "all" ? assignment.nearest : assignment.highQuality
    return try divergenceFromUniform(counts)
  })

private let radiusParameter = Parameter.real(
  "radius", .positive, default: 3,
  "distance up to which a sample is of high quality, in standard deviations of a mode")

/// A metric that needs the modes and no real samples.
private func modeMetric(
  _ name: String, goal: Metric.Goal,
  value: @escaping @Sendable (ModeAssignment, Arguments) throws -> Double
) -> Metric {
  Metric(name, goal: goal, space: .modes) { reference, arguments in
    guard let mixture = reference.mixture else { throw MetricError.noMixture(metric: name) }
    let radius = arguments.real("radius")
    return { try value(ModeAssignment($0, mixture, radius: radius), arguments) }
  }
}

/// KL(p̂‖uniform) in nats, with 0 ln 0 = 0.
private func divergenceFromUniform(_ counts: [Int]) throws -> Double {
  let total = counts.reduce(0, +)
  guard total > 0 else {
    throw MetricError.undefined(
      metric: "reverse-kl", reason: "no sample is of high quality; use `over: all`")
  }
  var divergence = 0.0
  for count in counts where count > 0 {
    let share = Double(count) / Double(total)
    divergence += share * Elementary.log(share * Double(counts.count))
  }
  return max(0, divergence)
}
