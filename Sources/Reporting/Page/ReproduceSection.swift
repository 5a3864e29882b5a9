import Records

/// The commands that make the report again.
struct ReproduceSection {
  /// What was asked.
  let plan: Plan
  /// Whether there are figures to draw again.
  let hasFigures: Bool

  /// The section's text.
  var markdown: String {
    var lines = [
      "make sweep EXP=\(Self.word(plan.name))   # train what is missing, then write this report",
      "saddle report \(Self.word(plan.file)) --check   # make it again from the records, compare",
    ]
    if hasFigures {
      lines.append("cd figures && gnuplot -d NAME.gp   # draw NAME.svg again from NAME.dat")
    }
    let body = "## Reproduce\n\n```sh\n" + lines.joined(separator: "\n") + "\n```"
    let note = "One row per run is in `runs.csv`."
    guard plan.isAdHoc else { return body + "\n\n" + note }
    return body + "\n\n" + note
      + " This sweep was changed on the command line, so the commands need the same options."
  }

  /// The text as one word of a shell command.
  private static func word(_ text: String) -> String {
    let text = Markdown.oneLine(text)
    let isPlain = text.unicodeScalars.allSatisfy {
      $0.isASCII && ($0.properties.isAlphabetic || "0123456789._/-".unicodeScalars.contains($0))
    }
    return isPlain && !text.isEmpty ? text : "'" + text.replacing("'", with: "'\\''") + "'"
  }
}
