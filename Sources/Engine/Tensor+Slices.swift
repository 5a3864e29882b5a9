extension Tensor {
  /// The elements at positions `range` of `axis`, or each `step`-th of them.
  public func sliced(axis: Int, _ range: Range<Int>, step: Int = 1) -> Tensor {
    precondition(
      shape.indices.contains(axis) && range.lowerBound >= 0 && range.upperBound <= shape[axis]
        && !range.isEmpty && step > 0,
      "no slice \(range) along axis \(axis) of \(shape)")
    var (start, steps, extents) = (shape.map { _ in 0 }, shape.map { _ in 1 }, shape)
    start[axis] = range.lowerBound
    steps[axis] = step
    extents[axis] = (range.count + step - 1) / step
    return sliced(from: start, step: steps, shape: extents)
  }

  /// The elements at `start + x·step` for every index x of `shape`.
  func sliced(from start: [Int], step: [Int], shape: [Int]) -> Tensor {
    graph.apply(.slice(Lattice(start: start, step: step)), [self], shape: shape)
  }

  /// With `low` zeros before and `high` zeros after the elements along `axis`.
  public func padded(axis: Int, low: Int, high: Int) -> Tensor {
    precondition(
      shape.indices.contains(axis) && low >= 0 && high >= 0,
      "no padding of \(low) and \(high) along axis \(axis) of \(shape)")
    var (start, extents) = (shape.map { _ in 0 }, shape)
    start[axis] = low
    extents[axis] += low + high
    return graph.apply(
      .pad(Lattice(start: start, step: shape.map { _ in 1 })), [self], shape: extents)
  }

  /// Tensors one after another along `axis`, equal in all other extents.
  public static func concatenated(_ parts: [Tensor], axis: Int) -> Tensor {
    precondition(!parts.isEmpty, "nothing to join")
    let total = parts.map { $0.shape[axis] }.reduce(0, +)
    var end = 0
    let padded = parts.map { part in
      end += part.shape[axis]
      return part.padded(axis: axis, low: end - part.shape[axis], high: total - end)
    }
    return padded.dropFirst().reduce(padded[0]) { $0 + $1 }
  }

  /// The rows of this table `[k, …]` that `indices` `[n]`, whole numbers, count to: `[n, …]`. An index outside of
  /// `0 ..< k` gives zeros.
  public func gathered(_ indices: Tensor) -> Tensor {
    precondition(rank > 0 && indices.rank == 1, "rows of \(shape) at indices \(indices.shape)")
    return graph.apply(
      .gather, [self, indices], shape: [indices.count] + shape.dropFirst())
  }
}
