import Arrays

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
    let width = others.count
    elements.withUnsafeBufferPointer { left in
      other.elements.withUnsafeBufferPointer { right in
        let rows = UnsafeBufferPointer(rebasing: left[panel * depth..<(panel + 1) * depth])
        for (index, q) in others.enumerated() {
          let columns = UnsafeBufferPointer(rebasing: right[q * depth..<(q + 1) * depth])
          let tile =
            switch quantity {
            case .innerProduct: Tile(innerProductsOf: rows, columns)
            case .squaredDistance: Tile(squaredDistancesOf: rows, columns)
            }
          strip[index] = tile.row0
          strip[width + index] = tile.row1
          strip[2 * width + index] = tile.row2
          strip[3 * width + index] = tile.row3
        }
      }
    }
  }
}

/// Sixteen sums: four vectors against four, each summed over the coordinates in ascending order.
struct Tile {
  var row0 = SIMD4<Double>.zero
  var row1 = SIMD4<Double>.zero
  var row2 = SIMD4<Double>.zero
  var row3 = SIMD4<Double>.zero

  @inline(__always)
  init(
    innerProductsOf rows: UnsafeBufferPointer<SIMD4<Double>>,
    _ columns: UnsafeBufferPointer<SIMD4<Double>>
  ) {
    for k in 0..<rows.count {
      let x = rows[k]
      let y = columns[k]
      row0 += x[0] * y
      row1 += x[1] * y
      row2 += x[2] * y
      row3 += x[3] * y
    }
  }

  @inline(__always)
  init(
    squaredDistancesOf rows: UnsafeBufferPointer<SIMD4<Double>>,
    _ columns: UnsafeBufferPointer<SIMD4<Double>>
  ) {
    for k in 0..<rows.count {
      let x = rows[k]
      let y = columns[k]
      let (d0, d1, d2, d3) = (x[0] - y, x[1] - y, x[2] - y, x[3] - y)
      row0 += d0 * d0
      row1 += d1 * d1
      row2 += d2 * d2
      row3 += d3 * d3
    }
  }
}
