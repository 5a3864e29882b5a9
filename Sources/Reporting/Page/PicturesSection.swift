import Records

/// Pictures of image samples: real ones beside those of the arms, problem by problem.
struct PicturesSection {
  /// All that is known.
  let analysis: Analysis
  /// What is shown, in the order of the page.
  let kinds: [PictureKind]

  /// The most pictures of a kind that are open; the others are folded.
  private static let mostOpen = 18
  /// Where there are no more of a kind, none is folded.
  private static let few = 6

  /// The pictures that are shown.
  var pictures: [SampleGrid] {
    analysis.records.grids.filter { kinds.contains($0.kind) }
  }

  /// The section's text; nil where there is no picture.
  var markdown: String? {
    let parts = analysis.problems.indices.flatMap { markdown(of: $0) }
    return parts.isEmpty ? nil : parts.joined(separator: "\n\n")
  }

  private func markdown(of problem: Int) -> [String] {
    let arms = analysis.problems[problem].arms
    let parts = PictureKind.allCases.filter(kinds.contains).flatMap { markdown($0, problem, arms) }
    guard !parts.isEmpty, analysis.problems.count > 1 else { return parts }
    let title = analysis.problems[problem].title(in: analysis.plan)
    return ["### \(Markdown.escape(title))"] + parts
  }

  /// The pictures of one kind: exemplars open, the others folded.
  private func markdown(_ kind: PictureKind, _ problem: Int, _ arms: [Int]) -> [String] {
    let grids = analysis.records.grids.filter { grid in
      grid.kind == kind && grid.arm.map(arms.contains) == true
    }
    let exemplars = analysis.plan.exemplars(analysis.records.runs).flatMap { $0 }
      .filter { arms.contains($0.arm) }
    let roles = Dictionary(exemplars.map { ($0.arm, Self.told($0.roles)) }) { first, _ in first }
    let first = exemplars.compactMap { exemplar in grids.first { $0.arm == exemplar.arm } }
    let rest = grids.filter { grid in grid.arm.map { roles[$0] == nil } ?? false }
    guard !grids.isEmpty else { return [] }
    let cells = (first + rest).map { cell($0, roles) }
    let openCount = cells.count <= Self.few ? cells.count : min(first.count, Self.mostOpen)
    let folded = Array(cells.dropFirst(openCount))
    let real = kind == .samples ? [real(problem)].compactMap { $0 } : []
    var parts = [Self.caption(kind, grids)] + tables(real + cells.prefix(openCount))
    if kind == .neighbours, let table = checks(arms, roles) { parts.insert(table, at: 1) }
    if !folded.isEmpty {
      parts.append(
        Markdown.details(
          "\(folded.count) more arm\(folded.count == 1 ? "" : "s")",
          tables(folded).joined(separator: "\n\n")))
    }
    if let note = leftOut(kind, grids, arms) { parts.append(note) }
    return parts
  }

  /// The roles that are worth telling: where the best arm is the worst as well, all means are equal.
  private static func told(_ roles: [Exemplar.Role]) -> [Exemplar.Role] {
    let isTie = roles.contains(.best) && roles.contains(.worst)
    return isTie ? roles.filter { $0 == .baseline } : roles
  }

  // MARK: Cells

  /// A picture with what stands above it.
  private struct Cell {
    let title: String
    let alternative: String
    let path: String
    let width: Int
  }

  /// Real samples of a problem.
  private func real(_ problem: Int) -> Cell? {
    let references = analysis.records.references
    let reference = analysis.reference(analysis.problems[problem].arms[0])
    guard let number = references.firstIndex(where: { $0 == reference }),
      let grid = analysis.records.grids.first(where: { $0.arm == nil && $0.seed == number })
    else { return nil }
    return cell(grid, title: "*real samples*", alternative: "real samples")
  }

  private func cell(_ grid: SampleGrid, _ roles: [Int: [Exemplar.Role]]) -> Cell {
    let arm = grid.arm ?? 0
    let name = analysis.fullName(arm)
    let words = (roles[arm] ?? []).map(\.rawValue).joined(separator: ", ")
    let value = analysis.summaries[arm].estimates[analysis.plan.primaryMetric]?.mean
    let facts = [words, "mean \(analysis.primary.name) \(NumberText.significant(value))"]
      .filter { !$0.isEmpty }.map(Markdown.escape)
    return cell(
      grid, title: "\(Markdown.escape(name))<br>\(facts.joined(separator: "; "))",
      alternative: "\(Self.words(grid.kind)) of \(name)")
  }

  private func cell(_ grid: SampleGrid, title: String, alternative: String) -> Cell {
    Cell(
      title: title, alternative: alternative, path: grid.path(in: analysis.plan),
      width: grid.width ?? 0)
  }

  /// The width of a page and what a table's cell needs beside its picture, in pixels.
  private static let (pageWidth, cellPadding) = (1100, 28)
  /// The most pictures in a row: a stratum's exemplars.
  private static let mostColumns = 3

  /// Tables of as many columns as pictures have room beside each other at their own size, so that no pixel is resampled.
  private func tables(_ cells: [Cell]) -> [String] {
    let widest = cells.map(\.width).max() ?? 0
    let columns = min(max(Self.pageWidth / (widest + Self.cellPadding), 1), Self.mostColumns)
    return stride(from: 0, to: cells.count, by: columns).map { start in
      let row = cells[start..<min(start + columns, cells.count)]
      var table = MarkdownTable(row.map { ($0.title, .left) })
      table.append(
        row.map { Markdown.image($0.path, alternative: $0.alternative, width: $0.width) })
      return table.text
    }
  }

  // MARK: Words

  private static func words(_ kind: PictureKind) -> String {
    switch kind {
    case .samples: "samples"
    case .training: "samples over training"
    case .interpolations: "interpolations"
    case .neighbours: "samples and their nearest real images"
    }
  }

  private static func caption(_ kind: PictureKind, _ grids: [SampleGrid]) -> String {
    let notes = grids.reduce(into: [String]()) { notes, grid in
      if !grid.note.isEmpty, !notes.contains(grid.note) { notes.append(grid.note) }
    }
    switch kind {
    case .samples:
      return "**At the end of training.** Samples of each arm's first seed: nothing was chosen, "
        + "and pixels are shown as they are, enlarged by a whole number."
    case .training:
      return "**Over training.** Each column is one latent, each row a moment, with the number of "
        + "generator steps on the left; the last row is the first of the samples at the end."
    case .interpolations:
      let paths = notes.map(Markdown.escape).joined(separator: " or ")
      return "**Between two latents.** Each row goes in equal steps from the sample of one latent "
        + "on the left to that of another on the right, by \(paths) interpolation."
    case .neighbours:
      return "**Nearest real images.** On the left of each row a sample, then the real images that "
        + "are nearest to it in the evaluation's feature space, by Euclidean distance."
    }
  }

  /// A row per arm: how near samples are to real images, compared with images that training never saw.
  private func checks(_ arms: [Int], _ roles: [Int: [Exemplar.Role]]) -> String? {
    let checks = analysis.records.neighbours.filter { arms.contains($0.arm) }
    guard let first = checks.first else { return nil }
    let source = first.origin == .training ? "training images" : "images drawn for comparison"
    var table = MarkdownTable([
      ("Arm", .left), ("Median distance of samples", .right),
      ("of held-out images", .right), ("Samples nearer than that", .right),
    ])
    for check in checks {
      table.append([
        Markdown.escape(analysis.fullName(check.arm)), NumberText.significant(check.generated),
        NumberText.significant(check.heldOut), NumberText.percent(check.nearer),
      ])
    }
    let text =
      "Distances to the nearest of \(first.candidates) \(source), for \(first.samples) samples and "
      + "as many held-out images, or all of them where there are fewer. About half of the samples "
      + "are nearer than the median held-out image where the generator has learned the "
      + "distribution; clearly more where it repeats what it has seen, or shows the commonest "
      + "images alone. Samples far from the data, such as noise, can be nearer in this space too, "
      + "so the share speaks of memorization only where samples look like data."
    let isLong = checks.count > 12
    let body = isLong ? Markdown.details("\(checks.count) arms", table.text) : table.text
    return text + "\n\n" + body
  }

  /// How many arms have samples but no picture of this kind, which would have made the report too large.
  private func leftOut(_ kind: PictureKind, _ grids: [SampleGrid], _ arms: [Int]) -> String? {
    let shown = arms.filter { arm in analysis.records.grids.contains { $0.arm == arm } }
    let finished = arms.filter { arm in
      analysis.summaries[arm].runs.first.flatMap { $0 }?.state == .done
    }
    let missing = finished.count - shown.count
    guard kind == .samples, missing > 0 else { return nil }
    return "\(missing) arm\(missing == 1 ? " has" : "s have") no picture here: a report's pictures "
      + "have 4 MB at most, and the baseline, the best and the worst of each stratum come first."
  }
}

extension SampleGrid {
  /// Where the picture lies in the report's folder: where compact records keep it, so that it is there once.
  func path(in plan: Plan) -> String { "grids/" + fileName(in: plan) }

  /// The width in pixels that the PNG file's header says; nil where there is no header.
  var width: Int? {
    guard png.count >= 24 else { return nil }
    return png[16..<20].reduce(0) { $0 << 8 | Int($1) }
  }
}
