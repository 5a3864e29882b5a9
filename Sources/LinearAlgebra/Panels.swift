import Arrays
import CPairs

/// Vectors of one length, packed four to a panel so that four of them are worked on at a time.
///
/// Panel p holds vectors 4p…4p+3 with their coordinates interleaved: element k of the panel is
/// coordinate k of all four. Missing vectors of the last panel are zero.
public struct Panels: Sendable {
  /// How many vectors there are.
  public let count: Int
  /// How many coordinates each vector has.
  public let depth: Int
  /// `panelCount · depth` quadruples.
  let elements: [SIMD4<Double>]

  /// How many panels there are: `count / 4`, rounded up.
  public var panelCount: Int { (count + 3) / 4 }

  /// Packs the rows of a matrix; axes after the first are flattened.
  public init(rowsOf matrix: HostArray<Double>) {
    self.init(
      matrix.elements, count: matrix.rows, stride: matrix.rowCount, depth: matrix.rowCount,
      step: 1)
  }

  /// Packs the columns of a matrix; axes after the first are flattened.
  public init(columnsOf matrix: HostArray<Double>) {
    self.init(
      matrix.elements, count: matrix.rowCount, stride: 1, depth: matrix.rows,
      step: matrix.rowCount)
  }

  /// Packs vectors that begin `stride` elements apart and whose coordinates are `step` elements
  /// apart.
  private init(_ source: [Double], count: Int, stride: Int, depth: Int, step: Int) {
    self.count = count
    self.depth = depth
    var packed = [SIMD4<Double>](repeating: .zero, count: (count + 3) / 4 * depth)
    packed.withUnsafeMutableBufferPointer { packed in
      source.withUnsafeBufferPointer { source in
        for vector in 0..<count {
          let start = vector / 4 * depth
          for coordinate in 0..<depth {
            packed[start + coordinate][vector % 4] = source[vector * stride + coordinate * step]
          }
        }
      }
    }
    elements = packed
  }
}

/// A number that two vectors of one length determine.
public enum PairQuantity: Sendable {
  /// ⟨x, y⟩.
  case innerProduct
  /// ‖x − y‖², from differences, so that equal vectors give exactly 0.
  case squaredDistance
}

extension Panels {
  /// Computes a quantity between the four vectors of one panel and all vectors of `others`, some
  /// panels of `other`.
  ///
  /// - Parameters:
  ///   - strip: `4 · others.count` quadruples; vector 4·panel + i against vector 4q + l goes to
  ///     quadruple `i · others.count + (q − others.lowerBound)`, lane l. Lanes past the last vector
  ///     belong to zero vectors.
  public func fill(
    _ strip: UnsafeMutableBufferPointer<SIMD4<Double>>, panel: Int, against other: Panels,
    _ others: Range<Int>, _ quantity: PairQuantity
  ) {
    precondition(depth == other.depth, "vectors of length \(depth) against \(other.depth)")
    precondition(strip.count == 4 * others.count, "\(strip.count) quadruples for \(others)")
    elements.withUnsafeBufferPointer { left in
      other.elements.withUnsafeBufferPointer { right in
        let columns = saddle_panels(
          elements: right.baseAddress.map { $0 + others.lowerBound * depth }, stride: 4 * depth,
          count: others.count)
        saddle_pair_tiles(
          left.baseAddress.map { $0 + panel * depth }, columns, depth, quantity.kernel,
          strip.baseAddress, 4 * others.count, 0)
      }
    }
  }
}

extension PairQuantity {
  fileprivate var kernel: saddle_pair_quantity {
    switch self {
    case .innerProduct: saddle_inner_product
    case .squaredDistance: saddle_squared_distance
    }
  }
}
