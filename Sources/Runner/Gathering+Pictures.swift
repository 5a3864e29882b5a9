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
    guard ImageShape.isShown(try identities.dataset(arm).sampleShape) else { return nil }
    var images = RunImages(arm: arm.index, seed: seed, samples: samples.map(imageBytes))
    if let progress = run.images(RunFiles.progress, axes: 5) {
      images.progress = progress
      let moments = Snapshots.moments(of: RunConfiguration(arm.configuration).steps)
      images.moments = Array(moments.prefix(progress.rows))
    }
    images.gallery = try identities.gallery(arm, seed: seed)
      .flatMap { try store.read(.evaluation, $0.id) }.flatMap(Gallery.init)
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

/// Draws the pictures of a report, those that matter most first, until they would be too large together.
struct PictureAlbum {
  /// The most bytes that the pictures of a report may have.
  static let largestSize = 4 << 20
  /// Samples in a row of a picture.
  private static let columns = 8
  /// The width of an image on a page, in pixels, that its enlargement comes nearest to.
  private static let imageWidth = 48

  /// The pictures, ordered by arm and kind, real ones last.
  var grids: [SampleGrid] {
    collected.sorted { left, right in
      (left.arm ?? .max, left.seed, order(left)) < (right.arm ?? .max, right.seed, order(right))
    }
  }

  private var collected: [SampleGrid] = []
  private var size = 0
  private var isFull = false

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
    let width = images.shape[images.shape.count - 2]
    return ImageGrid(
      columns: columns, scale: max(1, (imageWidth + width / 2) / width), padding: 1)
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
    guard !isFull else { return }
    let shape = images.shape.suffix(3)
    let shown = min(images.elements.count / shape.reduce(1, *), count)
    let flat = HostArray(
      shape: [shown] + shape, elements: Array(images.elements.prefix(shown * shape.reduce(1, *))))
    let picture = SampleGrid(
      arm: arm, seed: seed, kind: kind, note: note, png: try grid.picture(of: flat).encoded())
    size += picture.png.count
    isFull = size > Self.largestSize
    if !isFull { collected.append(picture) }
  }
}
