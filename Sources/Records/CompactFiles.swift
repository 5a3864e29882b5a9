/// The names of the files of compact records, and what stands in the first line of each.
enum CompactFiles {
  static let runs = "runs.csv"
  static let training = "training.csv"
  static let evaluation = "evaluation.csv"
  static let clouds = "clouds.csv"
  static let grids = "grids.csv"
  static let references = "references.csv"
  static let referencePoints = "reference_points.csv"
  static let gridFolder = "grids"

  static let runColumns = ["arm", "seed", "id", "state", "steps", "dead", "operations", "digest"]
  static let momentColumns = ["arm", "seed", "step"]
  static let cloudColumns = ["arm", "seed", "x", "y"]
  static let gridColumns = ["arm", "seed", "file"]
  static let referenceColumns = ["data", "evaluation", "protocol"]
  static let pointColumns = ["reference", "kind", "x", "y"]

  /// The name of a picture: the arm's number and what can stand in a file's name of its name, or
  /// `real`.
  static func gridName(_ grid: SampleGrid, _ plan: Plan) -> String {
    guard let arm = grid.arm else { return "real-\(grid.seed).png" }
    let words = plan.arms[arm].name.unicodeScalars.split { !Self.isSafe($0) }
    let slug = words.map { String(String.UnicodeScalarView($0)) }.joined(separator: "-")
    return "\(arm)-\(slug.prefix(60))-\(grid.seed).png"
  }

  private static func isSafe(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar {
    case "a"..."z", "A"..."Z", "0"..."9", ".", "_", "=": true
    default: false
    }
  }
}
