import Arrays
import Engine

/// PyTorch's layout of an array of ours: of rank 3 and more, whose last axis are channels, it has them before rows and
/// columns; other arrays are the same in both.
struct PortableLayout {
  /// The shape in PyTorch.
  let shape: [Int]
  /// For each element in PyTorch's order, its position in ours.
  private let order: [Int]

  /// - Parameter shape: the shape of ours.
  init(of shape: [Int]) {
    let count = shape.reduce(1, *)
    let outer = shape.dropLast(3)
    guard shape.count - outer.count == 3 else {
      self.shape = shape
      order = Array(0..<count)
      return
    }
    let (rows, columns) = (shape[outer.count], shape[outer.count + 1])
    let channels = shape[outer.count + 2]
    self.shape = outer + [channels, rows, columns]
    order = (0..<count).map { index in
      let (map, pixel) = index.quotientAndRemainder(dividingBy: rows * columns)
      let (sample, channel) = map.quotientAndRemainder(dividingBy: channels)
      return (sample * rows * columns + pixel) * channels + channel
    }
  }

  /// Elements of ours in PyTorch's order.
  func exported<Element>(_ elements: [Element]) -> [Element] { order.map { elements[$0] } }

  /// Elements of PyTorch's in our order.
  func imported(_ elements: [Double]) -> [Double] {
    var result = [Double](repeating: 0, count: elements.count)
    for (index, position) in order.enumerated() { result[position] = elements[index] }
    return result
  }
}

extension Safetensors.Entry {
  /// An array of ours in PyTorch's layout and an executor's precision.
  ///
  /// What is not a number is the one NaN, whose bits do not depend on the machine.
  init(portable name: String, _ shape: [Int], _ elements: [Double], _ precision: Precision) {
    let layout = PortableLayout(of: shape)
    let values = layout.exported(elements).map { $0.isNaN ? .nan : $0 }
    switch precision {
    case .float32:
      self.init(name, .float32(HostArray(shape: layout.shape, elements: values.map(Float.init))))
    case .float64:
      self.init(name, .float64(HostArray(shape: layout.shape, elements: values)))
    }
  }
}
