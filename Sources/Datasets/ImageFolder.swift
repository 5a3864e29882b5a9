import Arrays
import Catalog
import Crypto
import Foundation

extension Datasets {
  /// A folder of PNG files.
  static let images = Entry<DatasetBuilder>(
    EntryDescription(
      "images",
      "PNG files of a folder, or of its subfolders, whose names are then the classes",
      formula: "x = byte / 127.5 − 1",
      parameters: [
        DataPath.parameter("folder"),
        Parameter(
          "classes", .list(.text, count: 0...1000), default: .list([]),
          "the subfolders to keep; none for all"),
        HeldOutShare.parameter,
      ] + ImageOptions.parameters,
      check: { ImageOptions($0).subsetRefusal ?? ClassChoice.refusal("classes", $0) })
  ) { arguments, dataFolder in
    let path = try DataPath.resolve(arguments.text("folder"), dataFolder)
    return try ImageFolder(path, keeping: arguments.list("classes").compactMap(\.asText))
      .dataset(ImageOptions(arguments), HeldOutShare(arguments))
  }
}

/// The PNG files below a folder, in ascending order of the bytes of their paths in it. Hidden files are passed over; any
/// other file is refused, so that none is left out unnoticed.
struct ImageFolder {
  private let path: String
  private let files: [String]
  private let classes: [String]?

  /// More pixels than are held in memory, in bytes.
  private static let largestContent = 1 << 32

  /// Lists a folder.
  ///
  /// - Parameter kept: the subfolders to keep; all when it is empty.
  init(_ path: String, keeping kept: [String]) throws(DatasetError) {
    self.path = path
    let all = try Self.files(in: path)
    let names = try Self.classes(of: all, in: path)
    if let unknown = kept.first(where: { names?.contains($0) != true }) {
      throw .malformed(path: path, reason: "no images in a subfolder '\(unknown)'")
    }
    files = kept.isEmpty ? all : all.filter { kept.contains(Self.firstComponent($0)) }
    classes = kept.isEmpty ? names : names?.filter(kept.contains)
  }

  /// Reads the files.
  func dataset(
    _ options: ImageOptions, _ heldOut: HeldOutShare
  ) throws(DatasetError) -> Dataset {
    if let reason = heldOut.refusal(of: files.count, "PNG file") {
      throw .malformed(path: path, reason: reason)
    }
    var hash = SHA256()
    var shape: [Int]?
    var pixels: [UInt8] = []
    for file in files {
      let bytes = try DataFile.bytes(of: "\(path)/\(file)")
      hash.update(data: Array("\(file)\n\(bytes.count)\n".utf8))
      hash.update(data: bytes)
      let picture = try picture(file, bytes, options)
      guard picture.shape == shape ?? picture.shape else {
        throw mismatch(file, picture.shape, shape ?? [])
      }
      shape = picture.shape
      pixels += picture.pixels
      guard pixels.count <= Self.largestContent else {
        throw .malformed(
          path: path, reason: "more than 4 GiB of pixels; take fewer files or a smaller 'size'")
      }
    }
    let images = LabelledImages(
      pixels: HostArray(shape: [files.count] + (shape ?? []), elements: pixels),
      labels: labels, halfRange: 127.5)
    let parts = heldOut.parts(of: files.count)
    guard let subset = options.positions(of: parts.train.count) else {
      throw .unsuitable(
        dataset: "images",
        reason: "a subset of \(options.subset) of \(parts.train.count) training images")
    }
    return .stored(
      "images", classes: classes, digest: hash.finalize().hexadecimal,
      train: StoredSamples(images.keeping(subset.map { parts.train[$0] })),
      heldOut: StoredSamples(images.keeping(parts.heldOut)))
  }

  private func picture(
    _ file: String, _ bytes: [UInt8], _ options: ImageOptions
  ) throws(DatasetError) -> Picture {
    let image: PNGImage
    do {
      image = try PNGImage(decoding: bytes)
    } catch {
      guard case .png(let reason) = error else { throw error }
      throw .malformed(path: "\(path)/\(file)", reason: "not a sound PNG file: \(reason)")
    }
    if let reason = options.refusal(height: image.height, width: image.width) {
      throw .malformed(path: "\(path)/\(file)", reason: reason)
    }
    let picture = Picture(
      height: image.height, width: image.width, channels: image.channels, pixels: image.pixels)
    return options.applied(to: picture, largest: 255)
  }

  private func mismatch(_ file: String, _ found: [Int], _ expected: [Int]) -> DatasetError {
    let remedy = found[2] == expected[2] ? "'size' makes them equal" : "set 'colour' to grey or rgb"
    return .malformed(
      path: "\(path)/\(file)",
      reason: "\(Self.text(found)), but \(files[0]) is \(Self.text(expected)); \(remedy)")
  }

  private static func text(_ shape: [Int]) -> String {
    "\(shape[0]) × \(shape[1]) \(shape[2] == 1 ? "grey" : "colour")"
  }

  /// The class of each file; empty without classes.
  private var labels: [Int] {
    classes.map { names in
      files.map { names.firstIndex(of: Self.firstComponent($0)) ?? 0 }
    } ?? []
  }

  private static func firstComponent(_ file: String) -> String {
    String(file.prefix { $0 != "/" })
  }

  /// The names of the subfolders, in order; nil when all files lie in none.
  private static func classes(
    of files: [String], in folder: String
  ) throws(DatasetError) -> [String]? {
    guard let inside = files.first(where: { $0.contains("/") }) else { return nil }
    if let stray = files.first(where: { !$0.contains("/") }) {
      throw .malformed(
        path: "\(folder)/\(stray)",
        reason: "lies beside the subfolder '\(firstComponent(inside))', which holds images too; "
          + "put all images into subfolders, whose names are the classes, or none")
    }
    return files.reduce(into: []) { names, file in
      let name = firstComponent(file)
      if names.last != name { names.append(name) }
    }
  }

  /// The PNG files below a folder, in order.
  private static func files(in folder: String) throws(DatasetError) -> [String] {
    guard FileManager.default.fileExists(atPath: folder) else {
      throw .absent(path: folder, reason: "no such folder")
    }
    let names: [String]
    do {
      names = try FileManager.default.subpathsOfDirectory(atPath: folder)
    } catch {
      throw .malformed(path: folder, reason: "no folder that can be read")
    }
    var files: [String] = []
    for name in names {
      let isHidden = name.split(separator: "/").contains { $0.hasPrefix(".") }
      guard !isHidden, DataFile.isRegular("\(folder)/\(name)") else { continue }
      guard name.lowercased().hasSuffix(".png") else {
        throw .malformed(
          path: "\(folder)/\(name)",
          reason: "not a PNG file; the folder of 'images' may hold PNG and hidden files alone")
      }
      files.append(name)
    }
    return files.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }
}
