import CKernels

extension saddle_layout {
  /// An array of `shape` whose neighbours along each axis lie `strides` apart, as few axes as describe it: neighbouring
  /// axes that are one run of memory, or one repetition, are one axis, and axes of one element none.
  init(_ shape: [Int], strides: [Int]) {
    var merged: [(extent: Int, stride: Int)] = []
    for (extent, stride) in zip(shape, strides) where extent != 1 {
      if let last = merged.last, last.stride == extent * stride {
        merged[merged.count - 1] = (last.extent * extent, stride)
      } else {
        merged.append((extent, stride))
      }
    }
    if merged.isEmpty { merged = [(1, 1)] }
    precondition(
      merged.count <= Int(SADDLE_MAX_AXES),
      "more than \(SADDLE_MAX_AXES) axes: \(shape) with strides \(strides)")
    self.init()
    axes = Int32(merged.count)
    withUnsafeMutableBytes(of: &extent) { $0.fill(merged.map(\.extent)) }
    withUnsafeMutableBytes(of: &stride) { $0.fill(merged.map(\.stride)) }
  }
}

extension UnsafeMutableRawBufferPointer {
  /// Writes whole numbers as consecutive 32-bit words.
  fileprivate func fill(_ numbers: [Int]) {
    for (position, number) in numbers.enumerated() {
      storeBytes(of: Int32(number), toByteOffset: 4 * position, as: Int32.self)
    }
  }
}
