import Arrays
import Engine

extension StateTable {
  /// The states whose names `isWanted` accepts, as they are: channels last.
  func exported(_ prefix: String = "", where isWanted: (String) -> Bool) -> [Safetensors.Entry] {
    entries.filter { isWanted($0.name) }.map { entry in
      Safetensors.Entry(prefix + entry.name, array(entry, entry.shape, Array(0..<entry.count)))
    }
  }

  /// The states whose names `isWanted` accepts, in PyTorch's names and layouts: states of rank 3 and 4, whose last axis
  /// are channels, have them before rows and columns.
  func portable(where isWanted: (String) -> Bool) -> [Safetensors.Entry] {
    entries.filter { isWanted($0.name) }.map { entry in
      let outer = entry.shape.dropLast(3)
      guard entry.shape.count - outer.count == 3 else {
        return Safetensors.Entry(
          entry.name, array(entry, entry.shape, Array(0..<entry.count)))
      }
      let (rows, columns) = (entry.shape[outer.count], entry.shape[outer.count + 1])
      let channels = entry.shape[outer.count + 2]
      let order = (0..<entry.count).map { index in
        let (map, pixel) = index.quotientAndRemainder(dividingBy: rows * columns)
        let (sample, channel) = map.quotientAndRemainder(dividingBy: channels)
        return (sample * rows * columns + pixel) * channels + channel
      }
      return Safetensors.Entry(
        entry.name, array(entry, outer + [channels, rows, columns], order))
    }
  }

  /// The elements of a state in an order, under a shape.
  private func array(_ entry: Entry, _ shape: [Int], _ order: [Int]) -> TypedArray {
    switch precision {
    case .float32:
      let values = floats(entry.name)
      return .float32(HostArray(shape: shape, elements: order.map { values[$0] }))
    case .float64:
      let values = doubles(entry.name)
      return .float64(HostArray(shape: shape, elements: order.map { values[$0] }))
    }
  }
}
