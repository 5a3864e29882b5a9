import Arrays
import Datasets
import Foundation
import Records

/// What a person looks at besides samples once a run of images is over: a record of its own beside the run's evaluation, so
/// that neither changes.
struct Gallery {
  /// Rises when equal runs would give other pictures or numbers.
  static let version = 1
  /// Lines between two latents.
  private static let lines = 4
  /// Points of a line, both ends included.
  private static let points = 8

  /// Samples on lines between latents, `[lines, points, height, width, channels]`.
  let interpolations: HostArray<UInt8>
  /// How the latents lie on these lines.
  let path: LatentPath
  /// The nearest real images; nil where samples have no finite features.
  let neighbours: NeighbourFindings?

  /// Draws the pictures of a generator as it stands.
  ///
  /// - Parameter path: how latents are interpolated.
  init(_ sampler: Sampler, path: LatentPath, neighbourhood: Neighbourhood) throws {
    self.path = path
    let images = imageBytes(sampler.samples(of: Self.latents(sampler, path)))
    interpolations = HostArray(
      shape: [Self.lines, Self.points] + images.shape.dropFirst(), elements: images.elements)
    neighbours = try neighbourhood.findings(sampler(Neighbourhood.samples))
  }

  /// The latents of all lines, line after line; their ends are drawn from the stream `evaluate/interpolation`.
  static func latents(_ sampler: Sampler, _ path: LatentPath) -> HostArray<Double> {
    let ends = sampler.latents("evaluate/interpolation", count: 2 * lines)
    let rows = (0..<lines).flatMap { line in
      path.points(
        from: Array(ends.row(2 * line)), to: Array(ends.row(2 * line + 1)), count: points)
    }
    return HostArray(shape: [rows.count, ends.rowCount], elements: rows.flatMap { $0 })
  }
}

// MARK: Files

extension Gallery {
  /// The names of a record's files. `neighbours` and the summary depend on the machine as metrics do.
  enum Files {
    static let summary = "gallery.json"
    static let interpolations = "interpolations.npy"
    static let neighbours = "neighbours.npy"
  }

  private struct Summary: Codable {
    var interpolation: LatentPath?
    var neighbours: NeighbourFindings.Summary?
  }

  /// The files of the record of a run that has diverged: there is nothing to show.
  static func emptyFiles() throws -> [Store.File] { [try file(Summary())] }

  private static func file(_ summary: Summary) throws -> Store.File {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .prettyPrinted]
    return (Files.summary, Array(try encoder.encode(summary)) + [10])
  }

  /// The files of the record.
  func files() throws -> [Store.File] {
    let pictures =
      [(Files.interpolations, interpolations)]
      + (neighbours.map { [(Files.neighbours, $0.images)] } ?? [])
    return [try Self.file(Summary(interpolation: path, neighbours: neighbours?.summary))]
      + pictures.map { ($0, NumPyArray.encode(.uint8($1))) }
  }

  /// Reads a record; nil where the run has diverged.
  ///
  /// - Parameter sampleShape: the shape of an image.
  /// - Throws: `RunnerError.damagedRecord` where the files are not what `files` gives.
  init?(_ folder: StoredFolder, of sampleShape: [Int]) throws {
    guard
      let summary = folder[Files.summary].flatMap({
        try? JSONDecoder().decode(Summary.self, from: Data($0))
      })
    else { throw RunnerError.damagedRecord(path: folder.path) }
    guard let path = summary.interpolation else { return nil }
    guard let interpolations = folder.images(Files.interpolations, of: sampleShape) else {
      throw RunnerError.damagedRecord(path: folder.path)
    }
    self.path = path
    self.interpolations = interpolations
    neighbours = try summary.neighbours.map { summary in
      guard let images = folder.images(Files.neighbours, of: sampleShape),
        summary.samples >= 0, summary.candidates >= 0,
        [summary.generated, summary.heldOut, summary.nearer].allSatisfy({ $0 >= 0 })
      else {
        throw RunnerError.damagedRecord(path: folder.path)
      }
      return NeighbourFindings(images: images, summary: summary)
    }
  }
}

extension StoredFolder {
  /// An array of image bytes, `[rows, columns] + sampleShape`, none of its axes empty; nil where there is none.
  func images(_ name: String, of sampleShape: [Int]) -> HostArray<UInt8>? {
    guard let bytes = self[name],
      case .uint8(let array) = try? NumPyArray.decode(bytes, file: "\(path)/\(name)"),
      array.shape.count == sampleShape.count + 2, !array.shape.contains(0),
      Array(array.shape.dropFirst(2)) == sampleShape, ImageShape.isShown(sampleShape)
    else { return nil }
    return array
  }
}

extension Store {
  /// Reads the gallery of a run; one that is damaged or cannot be read is put in quarantine and counts as missing.
  ///
  /// - Parameter sampleShape: the shape of an image.
  /// - Returns: whether it is there, and what it holds; nil where the run has diverged.
  func gallery(
    _ id: String, of sampleShape: [Int]
  ) throws -> (isStored: Bool, gallery: Gallery?) {
    guard let folder = try read(.evaluation, id) else { return (false, nil) }
    do {
      return (true, try Gallery(folder, of: sampleShape))
    } catch RunnerError.damagedRecord {
      // A report can be made from a store that cannot be written to.
      try? quarantine(.evaluation, id)
      return (false, nil)
    }
  }
}
