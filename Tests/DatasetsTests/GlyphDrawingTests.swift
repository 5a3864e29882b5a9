import Catalog
import Foundation
import Testing

@testable import Datasets

@Suite struct GlyphDrawingTests {
  @Test(arguments: GlyphShape.all) func shapesFillTheUnitCircle(_ shape: GlyphShape) {
    let ends = shape.segments.flatMap { [$0.start, $0.end] }
    let radii = ends.map { ($0 * $0).sum().squareRoot() }
    #expect(radii.allSatisfy { $0 <= 1 + 1e-12 })
    #expect(radii.contains { $0 > 0.85 })
    #expect(shape.segments.allSatisfy { $0.start != $0.end })
  }

  /// Each quantity of a pose stays in its range and comes near to both of its ends.
  @Test func posesFillTheirRanges() {
    let set = glyphSet(farthest)
    let draws = GlyphDraws(set, StreamFamily(seed: 1, prefix: "data"), count: 4000)
    draws.prepare(step: 0)
    let poses = (0..<4000).map(draws.pose)
    func expect(_ range: ClosedRange<Double>, _ what: String, _ part: (GlyphPose) -> Double) {
      let values = poses.map(part)
      let slack = (range.upperBound - range.lowerBound) / 100
      let least = values.min() ?? .nan
      let most = values.max() ?? .nan
      #expect(least >= range.lowerBound && least < range.lowerBound + slack, "\(what)")
      #expect(most <= range.upperBound && most > range.upperBound - slack, "\(what)")
    }
    expect(-1...1, "rotation") { $0.halfTurns }
    expect(-0.5...0.5, "shear") { $0.shear }
    expect(-0.4...0.4, "shift x") { $0.shift.x }
    expect(-0.4...0.4, "shift y") { $0.shift.y }
    expect(0.225...0.45, "size") { $0.size }
    expect(0.05...0.15, "width") { $0.width }
    expect(0.1...1, "foreground") { $0.foreground }
    expect(-1 ... -0.1, "background") { $0.background }
  }

  /// The strokes of every pose, with their width, stay inside of the image.
  @Test func noStrokeIsCutOffAtTheBorder() {
    for settings in [farthest, [:], still] {
      let set = glyphSet(settings)
      let draws = GlyphDraws(set, StreamFamily(seed: 2, prefix: "data"), count: 2000)
      draws.prepare(step: 0)
      for index in 0..<2000 {
        let pose = draws.pose(index)
        let map = pose.map
        for segment in set.shapes[draws.label(index)].segments {
          for end in [map(segment.start), map(segment.end)] {
            #expect(max(abs(end.x), abs(end.y)) + pose.width <= 1 + 1e-12)
          }
        }
      }
    }
  }

  /// The map is the product of its factors, and the shear shrinks a symbol rather than enlarging it.
  @Test func mapIsShearThenRotationThenScale() {
    let pose = GlyphPose(
      halfTurns: 0.5, size: 0.5, shear: 1.5, shift: [0.1, -0.2], width: 0.1, foreground: 1,
      background: -1)
    // ‖(1 1.5; 0 1)‖ = 2, and a quarter turn takes (x, y) to (−y, x).
    let point = pose.map([1, 2])
    #expect(abs(point.x - (0.1 - 0.25 * 2)) < 1e-15)
    #expect(abs(point.y - (-0.2 + 0.25 * 4)) < 1e-15)
    for angle in 0..<360 {
      let point = SIMD2(cos(Double(angle)), sin(Double(angle)))
      let moved = pose.map(point) - pose.shift
      #expect((moved * moved).sum() <= 0.25 + 1e-12)
    }
  }

  /// Against distances to all segments in Float64 at every pixel.
  @Test(arguments: [8, 13, 32], [farthest, [:]])
  func imagesAreExactDistances(_ size: Int, _ settings: ValueMap) throws {
    let all = settings.merging(["size": .integer(size), "noise": .real(0)]) { $1 }
    let set = glyphSet(all)
    let images = try glyphs(all).minibatch(seed: 5, batch: 40, step: 2)
    let draws = GlyphDraws(set, StreamFamily(seed: 5, prefix: "data"), count: 40)
    draws.prepare(step: 2)
    var largest = 0.0
    for index in 0..<40 {
      let pose = draws.pose(index)
      let segments = set.shapes[draws.label(index)].segments.map { segment in
        (start: pose.map(segment.start), end: pose.map(segment.end))
      }
      for pixel in 0..<(size * size) {
        let centre =
          (SIMD2(Double(pixel % size), Double(pixel / size)) + 0.5) * 2 / Double(size) - 1
        let distance = segments.map { Self.distance(centre, $0.start, $0.end) }.min() ?? .nan
        let level = Self.level(distance * Double(size) / 2, pose, size)
        largest = max(largest, abs(Double(images[index * size * size + pixel]) - level))
      }
    }
    #expect(largest < 1e-5)
  }

  /// The distance from a point to a segment.
  private static func distance(
    _ point: SIMD2<Double>, _ start: SIMD2<Double>, _ end: SIMD2<Double>
  ) -> Double {
    let (along, offset) = (end - start, point - start)
    let part = min(max((offset * along).sum() / (along * along).sum(), 0), 1)
    let difference = offset - part * along
    return (difference * difference).sum().squareRoot()
  }

  /// The level at a distance in pixels from the middle of the stroke: the overlap of two intervals.
  private static func level(_ distance: Double, _ pose: GlyphPose, _ size: Int) -> Double {
    let half = pose.width * Double(size) / 2
    let covered = max(0, min(distance + 0.5, half) - max(distance - 0.5, -half))
    return pose.background + (pose.foreground - pose.background) * covered
  }

  /// A classifier as plain as can be finds the class of nearly every image.
  @Test(arguments: [(8, 20.0), (16, 20), (16, 180)])
  func nearestNeighboursTellClassesApart(_ size: Int, _ rotation: Double) throws {
    let data = try glyphs(["size": .integer(size), "rotation": .real(rotation)])
    let known = data.evaluationSamples(count: 3000, split: .train, seed: 1)
    let labels = try #require(data.evaluationLabels(count: 3000, split: .train, seed: 1))
    let asked = data.evaluationSamples(count: 300, split: .heldOut, seed: 1)
    let answers = try #require(data.evaluationLabels(count: 300, split: .heldOut, seed: 1))
    let correct = (0..<300).count { row in
      let image = asked.row(row)
      let squares = (0..<3000).map { other in
        zip(image, known.row(other)).reduce(Float(0)) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
      }
      let nearest = squares.indices.min { squares[$0] < squares[$1] } ?? 0
      return labels[nearest] == answers[row]
    }
    #expect(correct >= 285)
  }
}
