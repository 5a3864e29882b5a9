import Records

/// How much the answer hangs on an axis that the baseline does not name: the same question asked
/// under each label.
struct AxisDependence: Sendable {
  /// The name of the axis.
  let axis: String
  /// Its labels with the best arm's name under each, by the primary metric's mean; nil without any
  /// finished run.
  let best: [(label: String, arm: String?)]
  /// Arms that were compared under at least two labels, all else being equal.
  let compared: Int
  /// How many of them have another verdict under another label.
  let changed: Int
  /// Those that are better under one label and worse under another, by name.
  let reversed: [String]
  /// Of all pairs of such arms and pairs of labels, the share that is ordered alike; nil without
  /// pairs. Chance is ½.
  let agreement: Double?

  /// One per axis on which strata differ.
  static func all(_ analysis: Analysis) -> [AxisDependence] {
    analysis.outerAxes.map { AxisDependence($0, analysis) }
  }

  private init(_ axis: Int, _ analysis: Analysis) {
    let labels = analysis.plan.axes[axis].labels
    self.axis = analysis.plan.axes[axis].name
    best = labels.map { ($0, Self.best(axis, label: $0, analysis)) }
    let contrasts = Self.contrasts(axis, analysis)
    let words = contrasts.map { contrast in
      contrast.arms.compactMap {
        $0.flatMap { analysis.comparison($0, metric: analysis.plan.primaryMetric)?.outcome }
      }.filter { $0 != .noPairs }.map(\.word)
    }
    compared = words.count { $0.count > 1 }
    changed = words.count { list in list.contains { $0 != list.first } }
    reversed = zip(contrasts, words)
      .filter { $0.1.contains("better") && $0.1.contains("worse") }.map(\.0.name)
    agreement = Self.agreement(contrasts, analysis)
  }

  /// Arms that differ on the axis alone: one per label, nil where the grid has none.
  private struct Contrast {
    let others: [String?]
    let stratumLabels: [String?]
    let name: String
    var arms: [Int?]
  }

  private static func contrasts(_ axis: Int, _ analysis: Analysis) -> [Contrast] {
    let labels = analysis.plan.axes[axis].labels
    var result: [Contrast] = []
    for arm in analysis.plan.arms where arm.includedName == nil {
      guard let place = arm.labels[axis].flatMap({ labels.firstIndex(of: $0) }) else { continue }
      var others = arm.labels
      others[axis] = nil
      if let index = result.firstIndex(where: { $0.others == others }) {
        result[index].arms[place] = arm.index
      } else {
        var arms = [Int?](repeating: nil, count: labels.count)
        arms[place] = arm.index
        var shared = analysis.strata[analysis.stratumOfArm[arm.index]].sharedLabels
        shared[axis] = nil
        let name = analysis.plan.axes.indices
          .filter { $0 != axis && analysis.plan.axes[$0].labels.count > 1 }
          .compactMap { arm.labels[$0] }.joined(separator: " · ")
        result.append(
          Contrast(others: others, stratumLabels: shared, name: name, arms: arms))
      }
    }
    return result
  }

  /// The best arm under a label; of several problems, each one's. Nil where arms differ on nothing else, so that none is
  /// the best of several.
  private static func best(_ axis: Int, label: String, _ analysis: Analysis) -> String? {
    let problems = analysis.problems.compactMap { problem -> String? in
      let arms = problem.arms.map { analysis.plan.arms[$0] }.filter { $0.labels[axis] == label }
      return best(of: arms, axis, analysis)
    }
    return problems.isEmpty ? nil : problems.joined(separator: ", ")
  }

  private static func best(of arms: [Arm], _ axis: Int, _ analysis: Analysis) -> String? {
    let metric = analysis.plan.primaryMetric
    var best: (arm: Int, mean: Double)?
    for arm in arms {
      guard let mean = analysis.summaries[arm.index].estimates[metric]?.mean else { continue }
      if best.map({ analysis.isBetter(mean, than: $0.mean, metric: metric) }) ?? true {
        best = (arm.index, mean)
      }
    }
    return best.flatMap { best in
      if let name = analysis.plan.arms[best.arm].includedName { return name }
      let labels = analysis.plan.axes.indices
        .filter { $0 != axis && analysis.plan.axes[$0].labels.count > 1 }
        .compactMap { analysis.plan.arms[best.arm].labels[$0] }
      return labels.isEmpty ? nil : labels.joined(separator: " · ")
    }
  }

  /// The share of concordant pairs over all pairs of labels, within what else tells strata apart.
  private static func agreement(_ contrasts: [Contrast], _ analysis: Analysis) -> Double? {
    let metric = analysis.plan.primaryMetric
    let means = contrasts.map { contrast in
      contrast.arms.map { $0.flatMap { analysis.summaries[$0].estimates[metric]?.mean } }
    }
    var (alike, pairs) = (0.0, 0.0)
    for first in contrasts.indices {
      for second in contrasts.indices.dropFirst(first + 1)
      where contrasts[first].stratumLabels == contrasts[second].stratumLabels {
        let signs = zip(means[first], means[second]).compactMap { left, right in
          left.flatMap { left in right.map { (left - $0).direction } }
        }
        for i in signs.indices {
          for j in signs.indices.dropFirst(i + 1) {
            pairs += 1
            alike += signs[i] == signs[j] ? 1 : signs[i] * signs[j] == 0 ? 0.5 : 0
          }
        }
      }
    }
    return pairs > 0 ? alike / pairs : nil
  }
}

extension Double {
  /// −1, 0 or 1.
  fileprivate var direction: Double { self > 0 ? 1 : self < 0 ? -1 : 0 }
}
