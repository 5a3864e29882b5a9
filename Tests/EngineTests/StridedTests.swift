import Testing

@testable import Engine

/// Broadcasts, permutations, slices and padding, which only move numbers: equal to the reference executor's in every
/// bit, for any ranks and extents.
@Suite struct StridedTests {
  private func check(_ result: Tensor, _ count: Int, _ description: String) {
    let values = (0..<count).map { Float($0 + 1) }
    let expected = ScalarFunction(result.graph, [result])([("x", values.map(Double.init))])[0]
    for kernels in availableKernels {
      let found = kernels.evaluate([result], [("x", values)])[0]
      #expect(
        firstDifference(found, expected.map { Float($0) }) == nil, "\(kernels.name): \(description)"
      )
    }
  }

  /// Extents of 1 to 5, the last one now and then large enough for several tiles.
  private func shape(_ numbers: inout TestNumbers) -> [Int] {
    var shape = (0..<(1 + numbers.below(6))).map { _ in 1 + numbers.below(5) }
    if numbers.below(3) == 0 { shape[shape.count - 1] = 1 + numbers.below(70) }
    return shape
  }

  @Test(arguments: 0..<150)
  func broadcasts(_ seed: Int) {
    var numbers = TestNumbers(seed)
    let target = shape(&numbers)
    let source = target.map { numbers.below(2) == 0 ? 1 : $0 }
    let graph = Graph()
    let x = graph.input("x", source)
    // Alone, and read in place by an element-wise group.
    let spread = x.broadcast(to: target)
    check(spread, x.count, "\(source) to \(target)")
    check(spread * spread + 1, x.count, "\(source) to \(target), squared")
  }

  @Test(arguments: 0..<60)
  func permutations(_ seed: Int) {
    var numbers = TestNumbers(seed + 200)
    let source = shape(&numbers)
    var axes = Array(source.indices)
    for position in axes.indices { axes.swapAt(position, numbers.below(axes.count)) }
    let x = Graph().input("x", source)
    let result = x.graph.apply(.permute(axes), [x], shape: axes.map { source[$0] })
    check(result, x.count, "\(source), axes \(axes)")
  }

  @Test(arguments: 0..<60)
  func slicesAndPadding(_ seed: Int) {
    var numbers = TestNumbers(seed + 300)
    let part = shape(&numbers)
    let start = part.map { _ in numbers.below(3) }
    let step = part.map { _ in 1 + numbers.below(3) }
    let whole = part.indices.map {
      start[$0] + (part[$0] - 1) * step[$0] + 1 + numbers.below(3)
    }
    let lattice = Lattice(start: start, step: step)
    let x = Graph().input("x", whole)
    check(
      x.graph.apply(.slice(lattice), [x], shape: part), x.count, "\(part) of \(whole), \(lattice)")
    let y = Graph().input("x", part)
    check(
      y.graph.apply(.pad(lattice), [y], shape: whole), y.count, "\(part) in \(whole), \(lattice)")
  }

  /// Eight axes that cannot be joined: the most that a kernel takes.
  @Test func manyAxes() {
    let x = Graph().input("x", [2, 1, 3, 1, 2, 1, 2, 1])
    check(x.broadcast(to: [2, 3, 3, 2, 2, 2, 2, 3]) + 1, x.count, "eight axes")
  }
}
