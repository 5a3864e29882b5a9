import Arrays
import Catalog
import Crypto

/// A data set of small images in files, each image of one of ten classes, which experiment files number 0 to 9.
struct ImageSet: Sendable {
  /// The name of the table entry and of the folder in the folder that SADDLE_DATA names.
  let name: String
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
  let read: @Sendable (Split, inout DataFolder) throws(DatasetError) -> LabelledImages

  /// The table entry.
  var entry: Entry<DatasetBuilder> {
    let description = EntryDescription(
      name, summary, formula: "x = byte / \(halfRange) − 1", source: source,
      parameters: [
        Parameter(
          classes, .list(.integer(0...9), count: 1...10),
          default: .list((0...9).map(Value.integer)), "the classes to keep")
      ])
    return Entry(description) { arguments, dataFolder in
      guard let dataFolder else { throw DatasetError.noDataFolder(dataset: name) }
      return try load(from: dataFolder, keeping: arguments.integers(classes))
    }
  }

  private func load(from dataFolder: String, keeping kept: [Int]) throws(DatasetError) -> Dataset {
    var folder = DataFolder(path: dataFolder + "/" + name, dataset: name)
    let kept = classNames.indices.filter(kept.contains)
    let train = try stored(try read(.train, &folder), keeping: kept)
    let heldOut = try stored(try read(.heldOut, &folder), keeping: kept)
    return .storedImages(
      name, shape: shape, classes: kept.map { classNames[$0] }, digest: folder.digest,
      train: train, heldOut: heldOut)
  }

  private func stored(
    _ all: LabelledImages, keeping kept: [Int]
  ) throws(DatasetError) -> StoredImages {
    let rows = all.labels.indices.filter { kept.contains(Int(all.labels[$0])) }
    guard !rows.isEmpty else {
      throw .empty(dataset: name, reason: "no image of \(all.path) is of the \(classes) \(kept)")
    }
    let labels = all.labels.map { kept.firstIndex(of: Int($0)) ?? 0 }
    return StoredImages(all.images, labels: labels, keeping: rows, halfRange: halfRange)
  }
}

/// Images and their classes as files hold them.
struct LabelledImages {
  /// The file that holds the images, or the first of several.
  let path: String
  /// One image per row.
  let images: HostArray<UInt8>
  /// The class of each image, 0 to 9.
  let labels: [UInt8]
}

/// The folder of one data set; it remembers what was read for the digest.
struct DataFolder {
  /// The folder.
  let path: String
  /// The name of the data set, for errors.
  let dataset: String
  private var hash = SHA256()

  /// Nothing is read yet.
  init(path: String, dataset: String) {
    self.path = path
    self.dataset = dataset
  }

  /// Reads a file, plain or compressed, and adds its decompressed content to the digest.
  mutating func read(_ name: String) throws(DatasetError) -> (path: String, bytes: [UInt8]) {
    let file = try DataFile.content(name, in: path, dataset: dataset)
    hash.update(data: file.bytes)
    return file
  }

  /// Adds to the digest how the content is understood.
  mutating func note(_ text: String) { hash.update(data: Array(text.utf8)) }

  /// SHA-256 of all that was read, in the order of reading.
  var digest: String {
    hash.finalize().map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
  }
}
