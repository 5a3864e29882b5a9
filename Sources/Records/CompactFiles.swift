/// The names of the files of compact records, and what stands in the first line of each.
enum CompactFiles {
  static let runs = "runs.csv"
  static let training = "training.csv"
  static let evaluation = "evaluation.csv"
  static let clouds = "clouds.csv"
  static let grids = "grids.csv"
  static let neighbours = "neighbours.csv"
  static let references = "references.csv"
  static let referencePoints = "reference_points.csv"
  static let gridFolder = "grids"

  static let runColumns = ["arm", "seed", "id", "state", "steps", "dead", "operations", "digest"]
  static let momentColumns = ["arm", "seed", "step"]
  static let cloudColumns = ["arm", "seed", "x", "y"]
  static let gridColumns = ["arm", "seed", "file"]
  /// The last column of pictures, which tables of earlier versions lack.
  static let gridNote = "note"
  static let neighbourColumns = [
    "arm", "seed", "samples", "candidates", "origin", "generated", "held_out", "nearer",
  ]
  static let referenceColumns = ["data", "evaluation", "protocol"]
  static let pointColumns = ["reference", "kind", "x", "y"]
}
