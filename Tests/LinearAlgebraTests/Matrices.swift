import Arrays
import Foundation

/// A matrix without structure that other languages can make too: sin(phase + 0.37 i² + 1.3 i j +
/// j²).
func wave(_ rows: Int, _ columns: Int, phase: Double) -> HostArray<Double> {
  var elements: [Double] = []
  for i in 0..<rows {
    for j in 0..<columns {
      elements.append(sin(phase + 0.37 * Double(i * i) + 1.3 * Double(i * j) + Double(j * j)))
    }
  }
  return HostArray(shape: [rows, columns], elements: elements)
}

/// A matrix from its rows.
func matrix(_ rows: [[Double]]) -> HostArray<Double> {
  HostArray(shape: [rows.count, rows.first?.count ?? 0], elements: rows.flatMap { $0 })
}

/// AᵀB by the definition.
func transposedProduct(_ a: HostArray<Double>, _ b: HostArray<Double>) -> HostArray<Double> {
  var result: [Double] = []
  for i in 0..<a.rowCount {
    for j in 0..<b.rowCount {
      var sum = 0.0
      for k in 0..<a.rows { sum += a.elements[k * a.rowCount + i] * b.elements[k * b.rowCount + j] }
      result.append(sum)
    }
  }
  return HostArray(shape: [a.rowCount, b.rowCount], elements: result)
}

/// Whether shapes agree and every element does within `tolerance`.
func agree(_ a: HostArray<Double>, _ b: HostArray<Double>, within tolerance: Double) -> Bool {
  a.shape == b.shape && zip(a.elements, b.elements).allSatisfy { abs($0 - $1) <= tolerance }
}
