import Records

/// Pictures of generated samples beside real ones, with the files that hold them.
struct GridImages {
  /// The pictures with their names and paths inside the report's folder, real ones first.
  let pictures: [(name: String, path: String, png: [UInt8])]

  private static let perRow = 3

  /// Names the pictures of the records: real ones first, then arm by arm.
  init(_ analysis: Analysis) {
    let ordered = analysis.records.grids.sorted {
      ($0.arm ?? -1, $0.seed) < ($1.arm ?? -1, $1.seed)
    }
    pictures = ordered.map { grid in
      (
        grid.arm.map(analysis.fullName) ?? Self.realName(grid.seed, analysis),
        "grids/" + Self.fileName(grid, analysis.plan), grid.png
      )
    }
  }

  /// What real samples are called: with their problem where there are several.
  private static func realName(_ number: Int, _ analysis: Analysis) -> String {
    let references = analysis.records.references
    guard references.count > 1, references.indices.contains(number) else { return "real samples" }
    let problem = analysis.problems.first {
      analysis.reference($0.arms[0]) == references[number]
    }
    return "real samples" + (problem.map { " (\($0.title(in: analysis.plan)))" } ?? "")
  }

  /// The name under which compact records keep the picture, so that the report's folder holds it
  /// once.
  private static func fileName(_ grid: SampleGrid, _ plan: Plan) -> String {
    guard let arm = grid.arm else { return "real-\(grid.seed).png" }
    let words = plan.arms[arm].name.unicodeScalars.split { scalar in
      switch scalar {
      case "a"..."z", "A"..."Z", "0"..."9", ".", "_", "=": false
      default: true
      }
    }
    let slug = words.map { String(String.UnicodeScalarView($0)) }.joined(separator: "-")
    return "\(arm)-\(slug.prefix(60))-\(grid.seed).png"
  }

  /// The pictures in tables of three columns; nil when there is none.
  var markdown: String? {
    guard !pictures.isEmpty else { return nil }
    var rows: [String] = []
    for start in stride(from: 0, to: pictures.count, by: Self.perRow) {
      let row = pictures[start..<min(start + Self.perRow, pictures.count)]
      var table = MarkdownTable(row.map { (Markdown.escape($0.name), .left) })
      table.append(row.map { Markdown.image($0.path, alternative: $0.name, width: 285) })
      rows.append(table.text)
    }
    let note = "Samples of each arm's first seed at the end of training."
    guard rows.count > 2 else { return ([note] + rows).joined(separator: "\n\n") }
    let rest = Markdown.details(
      "\(pictures.count - 2 * Self.perRow) more",
      rows.dropFirst(2).joined(separator: "\n\n"))
    return ([note] + rows.prefix(2) + [rest]).joined(separator: "\n\n")
  }
}
