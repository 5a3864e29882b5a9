import Records

extension RegressionCheck {
  /// The result for people: arms that changed with their numbers, what is behind it, and a line that says what it came
  /// to.
  ///
  /// No label or name can pass for a command to GitHub Actions, which reads the log: `::` is one only at the start of a
  /// line, where no name ever stands, and `##[`, which is one anywhere, gets a space.
  ///
  /// - Parameter path: the baseline's file, as it is to be called.
  public func text(path: String) -> String {
    var lines: [String] = []
    for arm in arms where !arm.isEqual && !arm.pairs.isEmpty { lines += text(arm) }
    let equal = arms.filter { $0.isEqual && !$0.pairs.isEmpty }
    if !lines.isEmpty {
      if !equal.isEmpty { lines.append("equal: \(Count.text(equal.count, "arm")) more") }
      lines.append("")
    }
    for finding in findings {
      lines.append((finding.isFailure ? "" : "note: ") + finding.title)
      lines += finding.details.map { "  · \($0)" }
    }
    let failures = findings.filter(\.isFailure)
    for (index, finding) in failures.enumerated() {
      guard let advice = finding.advice else { continue }
      if !failures[..<index].contains(where: { $0.advice == advice }) { lines.append(advice) }
    }
    lines += fresh.claims.map { "claim \($0.id): \($0.verdict)" }
    if lines.last?.isEmpty == false { lines.append("") }
    lines.append(verdict(path))
    return lines.map { Markdown.oneLine($0).replacing("##[", with: "## [") }.joined(separator: "\n")
  }

  /// What it came to, in one line.
  func verdict(_ path: String) -> String {
    switch outcome {
    case .nothingCompared:
      return "check of \(plan.name): nothing was compared with \(path)"
    case .passed:
      return "check of \(plan.name): passed: \(Count.text(comparedRuns, "run")) in "
        + "\(Count.text(arms.count, "arm")) equal to \(path)"
        + (unaskedRuns > 0 ? " (\(unaskedRuns) more not asked for)" : "")
    case .failed:
      return "check of \(plan.name): failed against \(path): \(failures)"
    }
  }

  /// What failed, counted: `2 findings (1 worse, 7 moved), 1 claim false`.
  private var failures: String {
    let marks = MetricComparison.Mark.allCases.filter { $0 != .equal }.compactMap { mark in
      let count = arms.filter { !$0.pairs.isEmpty }.flatMap(\.metrics).count { $0.mark == mark }
      return count > 0 ? "\(count) \(mark.rawValue)" : nil
    }
    var parts: [String] = []
    let number = findings.count(where: \.isFailure)
    if number > 0 {
      let list = marks.isEmpty ? "" : " (\(marks.joined(separator: ", ")))"
      parts.append(Count.text(number, "finding") + list)
    }
    if !falseClaims.isEmpty { parts.append("\(Count.text(falseClaims.count, "claim")) false") }
    return parts.joined(separator: ", ")
  }

  private func text(_ arm: ArmComparison) -> [String] {
    let news = arm.metrics.filter { $0.mark != .equal }
    let equal = arm.metrics.count - news.count
    var remarks: [String] = []
    if !arm.retrained.isEmpty {
      remarks.append("other weights in \(arm.retrained.count) of \(arm.pairs.count) runs")
    }
    if let obstacle = arm.obstacle { remarks.append(obstacle) }
    if !arm.absent.isEmpty {
      remarks.append("\(Count.text(arm.absent.count, "run")) without result")
    }
    if equal > 0 { remarks.append("\(Count.text(equal, "metric")) equal") }
    let width = arm.metrics.map(\.metric.count).max() ?? 0
    let lines = news.map { comparison in
      let mark = Self.padded(comparison.mark.rawValue, MetricComparison.Mark.longest)
      return "  \(mark)  \(Self.padded(comparison.metric, width))  \(comparison.numbers)"
    }
    return ["arm \(arm.old.name): \(remarks.joined(separator: ", "))"] + lines
  }

  private static func padded(_ text: String, _ width: Int) -> String {
    text + String(repeating: " ", count: max(0, width - text.count))
  }
}

extension MetricComparison.Mark {
  fileprivate static var longest: Int { allCases.map(\.rawValue.count).max() ?? 0 }
}

extension MetricComparison {
  /// `0.881 → 0.912, +0.031 [0.012, 0.05], p 0.016`, and the seeds on which it has a value on one side alone.
  var numbers: String {
    var parts: [String] = []
    if let means, let difference {
      let (old, new) = (
        NumberText.significant(means.old, digits: 5), NumberText.significant(means.new, digits: 5)
      )
      let sign = difference.mean > 0 ? "+" : ""
      parts.append("\(old) → \(new)")
      if difference.mean != 0 || difference.deviation != 0 {
        parts.append(
          "\(sign)\(NumberText.significant(difference.mean)) "
            + NumberText.interval(difference.interval?.lower, difference.interval?.upper))
        parts.append("p \(NumberText.probability(difference.p))")
      } else {
        parts = ["\(new) as before"]
      }
    }
    if !flipped.isEmpty {
      let seeds = flipped.map(String.init).joined(separator: ", ")
      parts.append("a value on one side alone for seed\(flipped.count == 1 ? "" : "s") \(seeds)")
    }
    return parts.isEmpty ? "no values" : parts.joined(separator: ", ")
  }
}
