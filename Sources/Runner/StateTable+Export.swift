import Arrays
import Engine

extension StateTable {
  /// The states whose names `isWanted` accepts, as they are: channels last.
  func exported(_ prefix: String = "", where isWanted: (String) -> Bool) -> [Safetensors.Entry] {
    entries.filter { isWanted($0.name) }.map { entry in
      Safetensors.Entry(prefix + entry.name, array(entry))
    }
  }

  /// The states whose names `isWanted` accepts, in PyTorch's names and layouts.
  func portable(_ prefix: String = "", where isWanted: (String) -> Bool) -> [Safetensors.Entry] {
    entries.filter { isWanted($0.name) }.map { entry in
      Safetensors.Entry(portable: prefix + entry.name, entry.shape, self[entry.name], precision)
    }
  }

  private func array(_ entry: Entry) -> TypedArray {
    switch precision {
    case .float32:
      .float32(HostArray(shape: entry.shape, elements: Array(floats(entry.name))))
    case .float64:
      .float64(HostArray(shape: entry.shape, elements: Array(doubles(entry.name))))
    }
  }
}
