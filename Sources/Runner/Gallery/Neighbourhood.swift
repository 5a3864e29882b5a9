import Arrays
import Datasets
import Features
import LinearAlgebra
import Records

/// The real images that samples are compared with, in the evaluation's feature space, to find the nearest of them.
struct Neighbourhood {
  /// How many generated, and as many held-out images are looked at; all held-out ones where there are fewer.
  static let samples = 128
  /// How many of them are shown with their nearest images.
  static let shown = 8
  /// How many of these are shown for each.
  static let nearest = 3
  /// Panels of candidates that are worked on at a time.
  private static let block = 256

  /// A candidate and its Euclidean distance.
  struct Neighbour: Equatable {
    let index: Int
    let distance: Double
  }

  private let extractor: FittedExtractor
  private let images: HostArray<UInt8>
  private let candidates: Panels
  private let origin: NeighbourCheck.Origin
  private let heldOut: Double

  /// - Parameter real: the real samples that metrics compare with, which are images: the candidates are these.
  init(_ real: RealSide) throws {
    let dataset = real.dataset
    extractor = real.features
    images = imageBytes(RealSide.samples(dataset, real.settings))
    candidates = Panels(rowsOf: real.realFeatures)
    origin = dataset.trainingCount == nil ? .drawn : .training
    let unseen = try extractor(
      dataset.evaluationSamples(
        count: Self.samples, split: .heldOut, seed: EvaluationSettings.dataSeed))
    heldOut = median(Self.nearest(unseen, among: candidates, count: 1).map { $0[0].distance })
  }

  /// The candidates nearest to each row of `features`, `[n, d]`, nearest first; equally near ones in their order.
  ///
  /// - Parameter count: at least 1; all candidates where there are fewer.
  static func nearest(
    _ features: HostArray<Double>, among candidates: Panels, count: Int
  ) -> [[Neighbour]] {
    let queries = Panels(rowsOf: features)
    var result = [[Neighbour]](repeating: [], count: features.rows)
    var strip = [SIMD4<Double>](repeating: .zero, count: 4 * block)
    for panel in 0..<queries.panelCount {
      for start in stride(from: 0, to: candidates.panelCount, by: block) {
        let range = start..<min(start + block, candidates.panelCount)
        strip.withUnsafeMutableBufferPointer { buffer in
          queries.fill(
            UnsafeMutableBufferPointer(rebasing: buffer[..<(4 * range.count)]), panel: panel,
            against: candidates, range, .squaredDistance)
        }
        for row in 0..<min(4, features.rows - 4 * panel) {
          for index in (4 * start)..<min(4 * range.upperBound, candidates.count) {
            let square = strip[row * range.count + index / 4 - start][index % 4]
            insert(square, index, &result[4 * panel + row], count)
          }
        }
      }
    }
    return result.map { list in
      list.map { Neighbour(index: $0.index, distance: $0.distance.squareRoot()) }
    }
  }

  /// Keeps the `count` smallest distances in ascending order.
  private static func insert(
    _ distance: Double, _ index: Int, _ list: inout [Neighbour], _ count: Int
  ) {
    if list.count == count, let last = list.last, distance >= last.distance { return }
    let place = list.firstIndex { distance < $0.distance } ?? list.count
    list.insert(Neighbour(index: index, distance: distance), at: place)
    if list.count > count { list.removeLast() }
  }

  /// What the neighbours of samples look like, and how near they are; nil where features are not finite.
  ///
  /// - Parameter samples: generated samples, `[n, height, width, channels]` with n at least 1.
  func findings(_ samples: HostArray<Float>) throws -> NeighbourFindings? {
    let features = try extractor(samples)
    guard features.elements.allSatisfy(\.isFinite) else { return nil }
    let found = Self.nearest(features, among: candidates, count: Self.nearest)
    let distances = found.map { $0[0].distance }
    let shown = min(samples.rows, Self.shown)
    let generated = imageBytes(samples)
    let pictures = (0..<shown).flatMap { row in
      [Array(generated.row(row))] + found[row].map { Array(images.row($0.index)) }
    }
    return NeighbourFindings(
      images: HostArray(
        shape: [shown, pictures.count / shown] + images.shape.dropFirst(),
        elements: pictures.flatMap { $0 }),
      summary: NeighbourFindings.Summary(
        samples: samples.rows, candidates: candidates.count, origin: origin,
        generated: median(distances), heldOut: heldOut,
        nearer: Double(distances.count { $0 < heldOut }) / Double(distances.count)))
  }
}

/// What the nearest real images of a run's samples tell.
struct NeighbourFindings {
  /// The numbers.
  struct Summary: Codable, Equatable {
    let samples: Int
    let candidates: Int
    let origin: NeighbourCheck.Origin
    let generated: Double
    let heldOut: Double
    let nearer: Double
  }

  /// Samples with the nearest images after each, `[samples, 1 + nearest, height, width, channels]`.
  let images: HostArray<UInt8>
  let summary: Summary
}

/// The middle value, or the mean of the two in the middle; there must be one.
private func median(_ values: [Double]) -> Double {
  let sorted = values.sorted()
  return (sorted[(sorted.count - 1) / 2] + sorted[sorted.count / 2]) / 2
}
