import CKernels

extension Kernels {
  /// Does nothing but the fused multiply-adds of products, in as many independent chains as these keep in registers:
  /// what this reaches is the most that a product can reach.
  ///
  /// - Parameter rounds: the length of the chains.
  /// - Returns: the floating-point operations that were done, two per multiply-add.
  public func multiplyAdd(rounds: Int) -> Int {
    var sum: Float = 0
    return Int(table.pointee.multiply_add(Int64(rounds), &sum))
  }
}
