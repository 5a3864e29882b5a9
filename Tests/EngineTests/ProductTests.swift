import CKernels
import Testing

@testable import Engine

/// Matrix products under every instruction set against a scalar chain of fused multiply-adds.
@Suite struct ProductTests {
  /// C = A'B' with A' of shape m × k and B' of shape k × n, each stored transposed on request.
  struct Case: CustomStringConvertible {
    let m: Int
    let n: Int
    let k: Int
    let left: Bool
    let right: Bool

    var description: String { "\(m)×\(n)×\(k)\(left ? " Aᵀ" : "")\(right ? " Bᵀ" : "")" }

    func a(_ i: Int, _ p: Int) -> Int { left ? p * m + i : i * k + p }
    func b(_ p: Int, _ j: Int) -> Int { right ? j * k + p : p * n + j }

    /// The contract: chains in ascending p over blocks of 512 terms, whose sums are added in order.
    func chain(_ x: [Float], _ y: [Float]) -> [Float] {
      var result = [Float](repeating: 0, count: m * n)
      for i in 0..<m {
        for j in 0..<n {
          for first in stride(from: 0, to: k, by: 512) {
            var sum: Float = 0
            for p in first..<min(first + 512, k) {
              sum = sum.addingProduct(x[a(i, p)], y[b(p, j)])
            }
            result[i * n + j] = first == 0 ? sum : result[i * n + j] + sum
          }
        }
      }
      return result
    }

    /// The kernel's result. The workspace starts as NaN, and a guard follows the result.
    func run(_ kernels: Kernels, _ x: [Float], _ y: [Float]) -> [Float] {
      var result = [Float](repeating: -77, count: m * n + 40)
      x.withUnsafeBufferPointer { x in
        y.withUnsafeBufferPointer { y in
          result.withUnsafeMutableBufferPointer { result in
            var descriptor = saddle_product(
              a: x.baseAddress, b: y.baseAddress, c: result.baseAddress, m: Int32(m), n: Int32(n),
              k: Int32(k), a_row: left ? 1 : Int32(k), a_column: left ? Int32(m) : 1,
              b_row: right ? 1 : Int32(n), b_column: right ? Int32(k) : 1,
              epilogue: saddle_epilogue())
            kernels.run(SADDLE_STEP_PRODUCT, &descriptor)
          }
        }
      }
      #expect(result[(m * n)...].allSatisfy { $0 == -77 }, "\(kernels.name) wrote past \(self)")
      return Array(result[..<(m * n)])
    }
  }

  private func check(_ m: Int, _ n: Int, _ k: Int, _ numbers: inout TestNumbers) {
    let x = numbers.uniform(m * k, -1, 1).map { Float($0) }
    let y = numbers.uniform(k * n, -1, 1).map { Float($0) }
    for (left, right) in [(false, false), (false, true), (true, false), (true, true)] {
      let product = Case(m: m, n: n, k: k, left: left, right: right)
      let expected = product.chain(x, y)
      for kernels in availableKernels {
        let difference = firstDifference(product.run(kernels, x, y), expected)
        #expect(difference == nil, "\(kernels.name), \(product), element \(difference ?? 0)")
      }
    }
  }

  @Test func smallShapes() {
    var numbers = TestNumbers(1)
    for m in 1...14 {
      for n in 1...10 {
        for k in [1, 2, 3, 4, 5, 7, 8, 9] { check(m, n, k, &numbers) }
      }
    }
  }

  @Test func shapesOfAnySize() {
    var numbers = TestNumbers(2)
    for _ in 0..<80 {
      check(1 + numbers.below(70), 1 + numbers.below(70), 1 + numbers.below(70), &numbers)
    }
    for n in 1...5 {
      for _ in 0..<8 { check(1 + numbers.below(140), n, 1 + numbers.below(70), &numbers) }
    }
  }

  /// Whole vectors and panels of every instruction set, and one block of rows or several.
  @Test func wholeVectors() {
    var numbers = TestNumbers(5)
    for m in [1, 4, 8, 12, 16, 32, 48] {
      for n in [1, 2, 4, 8, 16, 32, 48] { check(m, n, 20, &numbers) }
    }
  }

  @Test func sumsOverMoreThanOneBlock() {
    var numbers = TestNumbers(3)
    for k in [511, 512, 513, 1023, 1024, 1025, 1030] {
      for m in [1, 5, 13] {
        for n in [1, 2, 3, 4, 5, 17, 33] { check(m, n, k, &numbers) }
      }
    }
  }

  /// From a program, where transposed operands and products of depth one are simplified.
  @Test(arguments: [false, true], [false, true])
  func productsOfPrograms(_ left: Bool, _ right: Bool) {
    var numbers = TestNumbers(4)
    for (m, n, k) in [(5, 7, 600), (33, 2, 9), (4, 40, 1), (1, 1, 1)] {
      let product = Case(m: m, n: n, k: k, left: left, right: right)
      let x = numbers.uniform(m * k, -1, 1).map { Float($0) }
      let y = numbers.uniform(k * n, -1, 1).map { Float($0) }
      let graph = Graph()
      let a = graph.input("a", left ? [k, m] : [m, k])
      let b = graph.input("b", right ? [n, k] : [k, n])
      let result = (left ? a.transposed : a).matmul(right ? b.transposed : b)
      for kernels in availableKernels {
        let values = kernels.evaluate([result], [("a", x), ("b", y)])[0]
        #expect(firstDifference(values, product.chain(x, y)) == nil, "\(kernels.name), \(product)")
      }
    }
  }
}
