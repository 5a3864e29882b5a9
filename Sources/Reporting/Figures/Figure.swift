/// A figure before it is drawn: gnuplot's script and the data that it reads, with the words around
/// it.
struct Figure: Sendable {
  /// The name of its files without extension, unique in a report.
  let name: String
  /// What it shows, for the text that stands in for the picture.
  let alternative: String
  /// What a reader needs to know to read it, in Markdown.
  let caption: String
  /// The width in pixels at which it is meant to be seen.
  let width: Int
  /// The commands.
  let script: String
  /// The blocks of numbers that the script reads by index.
  let data: String

  /// The path of the script inside the report's folder.
  var scriptPath: String { "figures/\(name).gp" }
  /// The path of the data inside the report's folder.
  var dataPath: String { "figures/\(name).dat" }
  /// The path of the drawing inside the report's folder.
  var drawingPath: String { "figures/\(name).svg" }

  /// The picture with its caption, in Markdown.
  var markdown: String {
    Markdown.image(drawingPath, alternative: alternative, width: width) + "\n\n" + caption
  }
}
