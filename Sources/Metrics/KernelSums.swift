import LinearAlgebra

/// Sums of a kernel over pairs of samples, in an order that depends on the numbers of samples
/// alone.
struct KernelSums {
  private let kernel: Kernel

  init(_ kernel: Kernel) { self.kernel = kernel }

  /// The sums within a set: over pairs i < j, and over the diagonal i = j.
  func within(_ set: Panels) -> (above: Double, diagonal: Double) {
    var (above, diagonal) = (0.0, 0.0)
    for panel in 0..<set.panelCount {
      withValues(of: panel, in: set, against: set, panel..<set.panelCount) { row, values in
        let first = row % 4
        diagonal += values[0][first]
        above += sum(values, lanes: first + 1..<set.count - 4 * panel)
      }
    }
    return (above, diagonal)
  }

  /// The sum over all pairs of one sample of each set.
  func between(_ a: Panels, _ b: Panels) -> Double {
    var total = 0.0
    for panel in 0..<a.panelCount {
      withValues(of: panel, in: a, against: b, 0..<b.panelCount) { _, values in
        total += sum(values, lanes: 0..<b.count)
      }
    }
    return total
  }

  /// Gives the kernel's values of each vector of one panel against some panels of another set.
  private func withValues(
    of panel: Int, in a: Panels, against b: Panels, _ others: Range<Int>,
    _ body: (_ row: Int, _ values: UnsafeMutableBufferPointer<SIMD4<Double>>) -> Void
  ) {
    withUnsafeTemporaryAllocation(of: SIMD4<Double>.self, capacity: 4 * others.count) { strip in
      a.fill(strip, panel: panel, against: b, others, kernel.quantity)
      kernel.apply(strip)
      for row in 4 * panel..<min(4 * panel + 4, a.count) {
        let start = row % 4 * others.count
        body(row, UnsafeMutableBufferPointer(rebasing: strip[start..<start + others.count]))
      }
    }
  }

  /// The sum of some of the numbers in a row of quadruples, of which the first and the last may be
  /// used in part.
  private func sum(
    _ values: UnsafeMutableBufferPointer<SIMD4<Double>>, lanes: Range<Int>
  ) -> Double {
    let body = (lanes.lowerBound + 3) / 4
    let tail = max(body, lanes.upperBound / 4)
    var partial = 0.0
    for lane in lanes where lane < 4 * body || lane >= 4 * tail {
      partial += values[lane / 4][lane % 4]
    }
    var sums = SIMD4<Double>.zero
    for index in body..<tail { sums += values[index] }
    return partial + ((sums[0] + sums[1]) + (sums[2] + sums[3]))
  }
}
