import Arrays
import CPairs

/// The number of coordinates that are summed before a partial sum is added to the result: two
/// panels' worth stays in the first cache, and shorter chains round less.
private let blockDepth = 256

/// All inner products between two sets of vectors: `result[i, j] = ⟨aᵢ, bⱼ⟩`, of shape
/// `[a.count, b.count]`.
///
/// Packed rows of A and B give ABᵀ; packed columns give AᵀB. The order of every sum depends on
/// shapes alone: chains over 256 coordinates in ascending order, their sums added in ascending
/// order.
public func innerProducts(_ a: Panels, _ b: Panels) -> HostArray<Double> {
  precondition(a.depth == b.depth, "vectors of length \(a.depth) against \(b.depth)")
  let tiles = accumulatedTiles(a, b, firstColumn: { _ in 0 })
  return HostArray(shape: [a.count, b.count], elements: unpacked(tiles, a, b) { _, _ in false })
}

/// All inner products within one set of vectors: symmetric, at half the cost of
/// `innerProducts(a, a)`.
public func gramMatrix(_ a: Panels) -> HostArray<Double> {
  let tiles = accumulatedTiles(a, a, firstColumn: { $0 })
  let elements = unpacked(tiles, a, a) { row, column in column < row }
  return HostArray(shape: [a.count, a.count], elements: elements)
}

/// Tiles of inner products: quadruple `i · b.panelCount + q` holds vector i of a against panel q of
/// b.
private func accumulatedTiles(
  _ a: Panels, _ b: Panels, firstColumn: (_ panel: Int) -> Int
) -> [SIMD4<Double>] {
  let width = b.panelCount
  var result = [SIMD4<Double>](repeating: .zero, count: 4 * a.panelCount * width)
  a.elements.withUnsafeBufferPointer { left in
    b.elements.withUnsafeBufferPointer { right in
      result.withUnsafeMutableBufferPointer { sums in
        for start in stride(from: 0, to: a.depth, by: blockDepth) {
          let block = start..<min(start + blockDepth, a.depth)
          for p in 0..<a.panelCount {
            let first = firstColumn(p)
            let columns = saddle_panels(
              elements: right.baseAddress.map { $0 + first * b.depth + start },
              stride: 4 * b.depth, count: width - first)
            saddle_pair_tiles(
              left.baseAddress.map { $0 + p * a.depth + start }, columns, block.count,
              saddle_inner_product, sums.baseAddress.map { $0 + 4 * p * width + first },
              4 * width, 1)
          }
        }
      }
    }
  }
  return result
}

/// The row-major matrix that tiles hold; where `isMirrored`, the element across the diagonal.
private func unpacked(
  _ tiles: [SIMD4<Double>], _ a: Panels, _ b: Panels, isMirrored: (Int, Int) -> Bool
) -> [Double] {
  let width = b.panelCount
  return [Double](unsafeUninitializedCapacity: a.count * b.count) { buffer, initialized in
    for row in 0..<a.count {
      for column in 0..<b.count {
        let (i, j) = isMirrored(row, column) ? (column, row) : (row, column)
        buffer[row * b.count + column] = tiles[i * width + j / 4][j % 4]
      }
    }
    initialized = a.count * b.count
  }
}
