import Arrays
import Catalog

/// A public data set of small images in files, each image of one of ten classes, which experiment files number 0 to 9.
struct ImageSet: Sendable {
  /// Its files.
  let published: PublishedSet
  /// One sentence without a final full stop.
  let summary: String
  /// The paper or the citation.
  let source: String
  /// The name of the setting that selects classes.
  let classes: String
  /// What the ten classes are called.
  let classNames: [String]
  /// Height, width and channels.
  let shape: [Int]
  /// Half of the largest byte of a pixel: byte b becomes b / halfRange − 1.
  let halfRange: Float
  /// Reads one split, all its classes; every file's decompressed content goes through the digest.
  let read: @Sendable (Split, inout DataFolder) throws(DatasetError) -> ClassedImages

  /// The name of the table entry and of the folder in the folder of data.
  var name: String { published.name }

  /// The table entry.
  var entry: Entry<DatasetBuilder> {
    let description = EntryDescription(
      name, summary, formula: "x = byte / \(halfRange) − 1", source: source,
      parameters: parameters, check: check)
    return Entry(description) { arguments, dataFolder in
      try dataset(arguments, dataFolder)
    }
  }

  /// The settings of the entry.
  var parameters: [Parameter] {
    [
      Parameter(
        classes, .list(.integer(0...9), count: 1...10),
        default: .list((0...9).map(Value.integer)), "the classes to keep")
    ] + ImageOptions.parameters
  }

  /// What is wrong with settings, which the form of the images decides.
  @Sendable func check(_ arguments: Arguments) -> String? {
    let options = ImageOptions(arguments)
    return options.refusal(height: shape[0], width: shape[1]) ?? options.subsetRefusal
      ?? ClassChoice.refusal(classes, arguments)
  }

  /// Reads the files in the folder of data.
  func dataset(_ arguments: Arguments, _ dataFolder: String?) throws(DatasetError) -> Dataset {
    guard let dataFolder else { throw .noDataFolder(dataset: name) }
    var folder = DataFolder(of: published, in: dataFolder)
    let train: ClassedImages
    let heldOut: ClassedImages
    do {
      train = try read(.train, &folder)
      heldOut = try read(.heldOut, &folder)
    } catch {
      throw error.advising("'saddle data fetch \(name)' gets the published files")
    }
    let chosen = arguments.integers(classes)
    let kept = classNames.indices.filter(chosen.contains)
    let options = ImageOptions(arguments)
    return .stored(
      name, classes: kept.map { classNames[$0] }, digest: folder.digest,
      train: StoredSamples(try images(train, of: kept, options, isTraining: true)),
      heldOut: StoredSamples(try images(heldOut, of: kept, options, isTraining: false)))
  }

  /// The images of some classes, treated as the options say.
  private func images(
    _ all: ClassedImages, of kept: [Int], _ options: ImageOptions, isTraining: Bool
  ) throws(DatasetError) -> LabelledImages {
    let rows = all.classes.indices.filter { kept.contains(Int(all.classes[$0])) }
    guard !rows.isEmpty else {
      throw .empty(dataset: name, reason: "no image of \(all.path) is of the \(classes) \(kept)")
    }
    guard rows.count > 1 else {
      throw .unsuitable(
        dataset: name,
        reason: "1 image of \(all.path) is of the \(classes) \(kept), and at least 2 are needed")
    }
    let labels = all.classes.map { kept.firstIndex(of: Int($0)) ?? 0 }
    var images = LabelledImages(pixels: all.pixels, labels: labels, halfRange: halfRange)
      .keeping(rows)
    if isTraining {
      guard let positions = options.positions(of: rows.count) else {
        throw .unsuitable(
          dataset: name, reason: "a subset of \(options.subset) of \(rows.count) training images")
      }
      images = images.keeping(positions)
    }
    return options.applied(to: images)
  }
}

/// Images and their classes as files hold them.
struct ClassedImages {
  /// The file that holds the images, or the first of several.
  let path: String
  /// The bytes of the images, of shape `[n, height, width, channels]`.
  let pixels: HostArray<UInt8>
  /// The class of each image, 0 to 9.
  let classes: [UInt8]
}
