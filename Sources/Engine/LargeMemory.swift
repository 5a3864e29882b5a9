import CKernels

extension UnsafeMutableRawBufferPointer {
  /// Memory on whole cache lines; where it is large, in huge pages if the system has them: neighbours in it then are
  /// neighbours in the second-level cache too, and its addresses are few enough to be remembered.
  ///
  /// To be given back by `deallocate`.
  static func large(byteCount: Int) -> UnsafeMutableRawBufferPointer {
    let hugePage = Int(SADDLE_HUGE_PAGE)
    guard byteCount >= hugePage / 8 else { return .allocate(byteCount: byteCount, alignment: 64) }
    let whole = (byteCount + hugePage - 1) / hugePage * hugePage
    let memory = UnsafeMutableRawBufferPointer.allocate(byteCount: whole, alignment: hugePage)
    saddle_prefer_huge_pages(memory.baseAddress, whole)
    return UnsafeMutableRawBufferPointer(rebasing: memory[..<byteCount])
  }
}
