/// What a picture of image samples shows.
public enum PictureKind: String, Sendable, CaseIterable {
  /// Samples at the end of training, or real ones.
  case samples
  /// The same latents from initialization to the end, a row per moment.
  case training
  /// Samples on lines between two latents at the end, a row per line.
  case interpolations
  /// Samples of the end beside the real images that are nearest to each, a row per sample.
  case neighbours

  /// What an experiment file calls the chart.
  var chart: String { self == .samples ? "grids" : rawValue }
}

/// A picture to show: generated samples of an arm's first seed, or real ones, tiled in one PNG.
public struct SampleGrid: Hashable, Sendable {
  /// The index of the arm in `Plan.arms`; nil for real samples.
  public let arm: Int?
  /// The seed; for real samples the number, from 0, of their reference.
  public let seed: Int
  /// What it shows; `samples` for real ones.
  public let kind: PictureKind
  /// What its rows are: the steps of `training` with a space between them, how the latents of `interpolations` lie
  /// (`spherical` or `linear`); else empty.
  public let note: String
  /// A PNG file's bytes.
  public let png: [UInt8]

  /// Collects a picture.
  public init(
    arm: Int?, seed: Int, kind: PictureKind = .samples, note: String = "", png: [UInt8]
  ) {
    self.arm = arm
    self.seed = seed
    self.kind = kind
    self.note = note
    self.png = png
  }

  /// The name of its file: the arm's number and what can stand in a file's name of its name, or `real`; then the seed, and
  /// what it shows where that is not `samples`.
  public func fileName(in plan: Plan) -> String {
    guard let arm else { return "real-\(seed).png" }
    let words = plan.arms[arm].name.unicodeScalars.split { !Self.isSafe($0) }
    let slug = words.map { String(String.UnicodeScalarView($0)) }.joined(separator: "-")
    let suffix = kind == .samples ? "" : "-\(kind.rawValue)"
    return "\(arm)-\(slug.prefix(60))-\(seed)\(suffix).png"
  }

  /// Whether a picture of some plan may have this file name.
  static func isFileName(_ name: String) -> Bool {
    guard name.hasSuffix(".png"),
      name.unicodeScalars.allSatisfy({ isSafe($0) || $0 == "-" })
    else { return false }
    var words = name.dropLast(4).split(separator: "-", omittingEmptySubsequences: false)
    if words.count == 2, words[0] == "real" { return Int(words[1]) != nil }
    if PictureKind.allCases.dropFirst().contains(where: { $0.rawValue == words[words.count - 1] }) {
      words.removeLast()
    }
    return words.count > 2 && Int(words[0]) != nil && Int(words[words.count - 1]) != nil
  }

  private static func isSafe(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar {
    case "a"..."z", "A"..."Z", "0"..."9", ".", "_", "=": true
    default: false
    }
  }
}

/// Whether samples of a run lie nearer to real images that training may have seen than unseen images do.
public struct NeighbourCheck: Hashable, Sendable {
  /// Where the candidates come from.
  public enum Origin: String, Codable, Sendable, CaseIterable {
    /// Stored images that training draws from.
    case training
    /// Images that were drawn to compare with: training draws its own.
    case drawn
  }

  /// The index of the arm in `Plan.arms`.
  public let arm: Int
  /// The seed.
  public let seed: Int
  /// How many generated, and as many held-out images were looked at.
  public let samples: Int
  /// Among how many real images the nearest was sought.
  public let candidates: Int
  /// Where these come from.
  public let origin: Origin
  /// The median Euclidean distance in the evaluation's feature space from a generated sample to its nearest candidate.
  public let generated: Double
  /// The same from a held-out image.
  public let heldOut: Double
  /// The share of generated samples that are nearer to a candidate than `heldOut`: about a half for samples from the data's
  /// distribution, 1 for a generator that repeats its training data.
  public let nearer: Double

  /// Collects a check.
  public init(
    arm: Int, seed: Int, samples: Int, candidates: Int, origin: Origin, generated: Double,
    heldOut: Double, nearer: Double
  ) {
    self.arm = arm
    self.seed = seed
    self.samples = samples
    self.candidates = candidates
    self.origin = origin
    self.generated = generated
    self.heldOut = heldOut
    self.nearer = nearer
  }
}
