import Arrays
import Catalog
import Datasets
import Records

/// The images of one run that a report may show.
struct RunImages {
  let arm: Int
  let seed: Int
  /// Samples of the end, `[n, height, width, channels]`; nil where the run has diverged.
  var samples: HostArray<UInt8>?
  /// The same latents over training, `[moments, n, height, width, channels]`; nil where the record has none.
  var progress: HostArray<UInt8>?
  /// The generator steps of these moments.
  var moments: [Int] = []
  /// Nil where the run has diverged or its gallery is missing.
  var gallery: Gallery?

  /// The bytes of one image.
  var imageSize: Int { (samples ?? progress).map { $0.shape.suffix(3).reduce(1, *) } ?? 0 }
}

extension Gathering {
  /// The images in the records of a run; nil where the data are not images.
  func images(
    _ arm: Arm, seed: Int, run: StoredFolder, samples: HostArray<Float>?
  ) throws -> RunImages? {
    let sampleShape = try identities.dataset(arm).sampleShape
    guard ImageShape.isShown(sampleShape) else { return nil }
    var images = RunImages(arm: arm.index, seed: seed, samples: samples.map(imageBytes))
    if run[RunFiles.progress] != nil {
      let moments = Snapshots.moments(of: RunConfiguration(arm.configuration).steps)
      guard let progress = run.images(RunFiles.progress, of: sampleShape),
        progress.rows <= moments.count
      else { throw RunnerError.damagedRecord(path: run.path) }
      images.progress = progress
      images.moments = Array(moments.prefix(progress.rows))
    }
    images.gallery = try identities.gallery(arm, seed: seed)
      .flatMap { try store.gallery($0.id, of: sampleShape).gallery }
    return images
  }

  /// How near the samples of a run are to real images.
  func neighbourCheck(_ images: RunImages) -> NeighbourCheck? {
    images.gallery?.neighbours.map { findings in
      let summary = findings.summary
      return NeighbourCheck(
        arm: images.arm, seed: images.seed, samples: summary.samples,
        candidates: summary.candidates, origin: summary.origin, generated: summary.generated,
        heldOut: summary.heldOut, nearer: summary.nearer)
    }
  }
}

/// Draws the pictures of a report, those that matter most first, as far as they are not too large together.
struct PictureAlbum {
  /// The most bytes that the pictures of a report may have.
  static let largestSize = 4 << 20
  /// Samples in a row of a picture.
  private static let columns = 8
  /// The width or height of an image on a page, whichever is larger, in pixels, that its enlargement comes nearest to.
  private static let imageSide = 48
  /// Room, in bytes, that is too small to look for pictures that fit into it.
  private static let smallestRoom = largestSize / 32

  /// The pictures, ordered by arm and kind, real ones last.
  var grids: [SampleGrid] {
    collected.sorted { left, right in
      (left.arm ?? .max, left.seed, order(left)) < (right.arm ?? .max, right.seed, order(right))
    }
  }

  private var collected: [SampleGrid] = []
  private var size = 0

  /// Draws pictures of real images, then of the exemplars, then of all other runs.
  ///
  /// - Parameters:
  ///   - real: samples of real images with the numbers of their references.
  ///   - runs: in the order of the plan.
  ///   - exemplars: the arms that stand for others.
  init(
    real: [(number: Int, images: HostArray<UInt8>)], runs: [RunImages], exemplars: [Int]
  ) throws {
    let rows = Self.rows(runs)
    for (number, images) in real {
      try add(images, arm: nil, seed: number, grid: Self.grid(images), count: rows * Self.columns)
    }
    for isExemplar in [true, false] {
      let runs = runs.filter { exemplars.contains($0.arm) == isExemplar }
      for run in runs {
        guard let images = run.samples else { continue }
        try add(
          images, arm: run.arm, seed: run.seed, grid: Self.grid(images),
          count: rows * Self.columns)
      }
      for kind in PictureKind.allCases.dropFirst() {
        for run in runs { try add(kind, run) }
      }
    }
  }

  private func order(_ grid: SampleGrid) -> Int {
    PictureKind.allCases.firstIndex(of: grid.kind) ?? 0
  }

  /// Rows of samples at the end: eight, or fewer, but at least two, where all runs' would be too large. Of noise, which no
  /// PNG file makes smaller, an image enlarged has half as many bytes again.
  private static func rows(_ runs: [RunImages]) -> Int {
    let row = runs.reduce(0) { $0 + columns * $1.imageSize * 3 / 2 }
    return min(max(largestSize / max(row, 1), 2), 8)
  }

  private static func grid(_ images: HostArray<UInt8>, columns: Int = columns) -> ImageGrid {
    let side = max(images.shape.suffix(3).prefix(2).max() ?? 1, 1)
    return ImageGrid(
      columns: columns, scale: max(1, (imageSide + side / 2) / side), padding: 1)
  }

  /// The layout and the number of images with which a picture can be written: with smaller or fewer images than asked
  /// for where it would be too large; nil where the fewest are still too large.
  ///
  /// - Parameter image: the shape of an image.
  private static func fitting(
    _ grid: ImageGrid, _ image: [Int], count: Int, kind: PictureKind
  ) -> (grid: ImageGrid, count: Int)? {
    var (grid, count) = (grid, count)
    func isPossible() -> Bool {
      let size = grid.size(of: [count] + image)
      return PNGImage.isPossible(width: size.width, height: size.height)
    }
    while !isPossible() {
      if grid.scale > 1 {
        grid.scale -= 1
      } else if kind != .training, count > grid.columns {
        count = (count - 1) / grid.columns * grid.columns
      } else if kind == .samples, count > 1 {
        count -= 1
      } else {
        // The rows of training are moments that are named beside the picture.
        return nil
      }
    }
    return (grid, count)
  }

  private mutating func add(_ kind: PictureKind, _ run: RunImages) throws {
    switch kind {
    case .samples: return
    case .training:
      guard let progress = run.progress else { return }
      var grid = Self.grid(progress, columns: progress.shape[1])
      grid.rowLabels = run.moments.map(String.init)
      try add(
        progress, arm: run.arm, seed: run.seed, kind: kind,
        note: run.moments.map(String.init).joined(separator: " "), grid: grid)
    case .interpolations:
      guard let gallery = run.gallery else { return }
      let images = gallery.interpolations
      try add(
        images, arm: run.arm, seed: run.seed, kind: kind, note: gallery.path.rawValue,
        grid: Self.grid(images, columns: images.shape[1]))
    case .neighbours:
      guard let images = run.gallery?.neighbours?.images else { return }
      var grid = Self.grid(images, columns: images.shape[1])
      grid.columnsApart = 1
      try add(images, arm: run.arm, seed: run.seed, kind: kind, grid: grid)
    }
  }

  /// - Parameters:
  ///   - images: with any number of axes before those of an image.
  ///   - count: how many images are shown at most.
  private mutating func add(
    _ images: HostArray<UInt8>, arm: Int?, seed: Int, kind: PictureKind = .samples,
    note: String = "", grid: ImageGrid, count: Int = .max
  ) throws {
    guard Self.largestSize - size > Self.smallestRoom else { return }
    let image = Array(images.shape.suffix(3))
    let imageSize = image.reduce(1, *)
    guard imageSize > 0, !images.elements.isEmpty,
      let (grid, shown) = Self.fitting(
        grid, image, count: min(images.elements.count / imageSize, count), kind: kind)
    else { return }
    let flat = HostArray(
      shape: [shown] + image, elements: Array(images.elements.prefix(shown * imageSize)))
    let picture = SampleGrid(
      arm: arm, seed: seed, kind: kind, note: note, png: try grid.picture(of: flat).encoded())
    // Later ones may be smaller.
    guard size + picture.png.count <= Self.largestSize else { return }
    size += picture.png.count
    collected.append(picture)
  }
}
