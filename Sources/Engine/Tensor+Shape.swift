extension Tensor {
  /// The same elements in row-major order under another shape of equal count.
  public func reshaped(_ shape: [Int]) -> Tensor {
    precondition(shape.reduce(1, *) == count, "cannot reshape \(self.shape) to \(shape)")
    return graph.apply(.reshape, [self], shape: shape)
  }

  /// Repeated along axes of extent 1, and along new leading axes, up to `shape`.
  public func broadcast(to shape: [Int]) -> Tensor {
    if self.shape == shape { return self }
    let padded = Array(repeating: 1, count: shape.count - rank) + self.shape
    for (own, target) in zip(padded, shape) {
      precondition(own == target || own == 1, "cannot broadcast \(self.shape) to \(shape)")
    }
    return graph.apply(.broadcast, [reshaped(padded)], shape: shape)
  }

  /// Axis `d` of the result is axis `axes[d]` of this.
  public func permuted(_ axes: [Int]) -> Tensor {
    precondition(axes.sorted() == Array(0..<rank), "\(axes) is no order of \(rank) axes")
    return graph.apply(.permute(axes), [self], shape: axes.map { shape[$0] })
  }

  /// The transpose of a matrix.
  public var transposed: Tensor { permuted([1, 0]) }

  /// The sum or maximum over `axes`; they disappear, or stay with extent 1 on request.
  public func reduced(
    _ reduction: Reduction, over axes: [Int]? = nil, keepingAxes: Bool = false
  ) -> Tensor {
    let axes = (axes ?? Array(0..<rank)).sorted()
    var result = self
    // Runs of consecutive axes, the last first, so that earlier axes keep their position.
    var end = axes.count
    while end > 0 {
      var start = end - 1
      while start > 0, axes[start - 1] == axes[start] - 1 { start -= 1 }
      let range = axes[start]..<axes[end - 1] + 1
      var shape = result.shape
      shape.removeSubrange(range)
      result = graph.apply(.reduce(reduction, axes: range), [result], shape: shape)
      end = start
    }
    guard keepingAxes else { return result }
    return result.reshaped(shape.enumerated().map { axes.contains($0.offset) ? 1 : $0.element })
  }

  /// The sum over `axes`, or over all.
  public func sum(over axes: [Int]? = nil, keepingAxes: Bool = false) -> Tensor {
    reduced(.sum, over: axes, keepingAxes: keepingAxes)
  }

  /// The mean over `axes`, or over all.
  public func mean(over axes: [Int]? = nil, keepingAxes: Bool = false) -> Tensor {
    let reduced = (axes ?? Array(0..<rank)).map { shape[$0] }.reduce(1, *)
    return sum(over: axes, keepingAxes: keepingAxes) * (1 / Double(reduced))
  }

  /// The maximum over `axes`, or over all.
  public func max(over axes: [Int]? = nil, keepingAxes: Bool = false) -> Tensor {
    reduced(.maximum, over: axes, keepingAxes: keepingAxes)
  }

  /// The matrix product.
  public func matmul(_ other: Tensor) -> Tensor {
    precondition(
      rank == 2 && other.rank == 2 && shape[1] == other.shape[0],
      "no matrix product of shapes \(shape) and \(other.shape)")
    return graph.apply(
      .product(transposeLeft: false, transposeRight: false), [self, other],
      shape: [shape[0], other.shape[1]])
  }

  /// The same values, whose derivative is taken to be zero.
  public func stopGradient() -> Tensor { graph.apply(.stopGradient, [self], shape: shape) }
}
