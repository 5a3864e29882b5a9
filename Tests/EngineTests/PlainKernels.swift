import Catalog
import Foundation

@testable import Objectives

/// A kernel on pairs of vectors in plain numbers.
typealias PlainKernel = ([Double], [Double]) -> Double

/// The kernel called `name`, written out a second time.
func plainKernel(_ name: String, _ arguments: Arguments) throws -> PlainKernel {
  func squared(_ x: [Double], _ y: [Double]) -> Double {
    zip(x, y).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
  }
  switch name {
  case "rbf":
    return { x, y in
      arguments.reals("sigmas").reduce(0) { $0 + exp(-squared(x, y) / (2 * $1 * $1)) }
    }
  case "rational-quadratic":
    return { x, y in
      arguments.reals("alphas").reduce(arguments.boolean("linear") ? inner(x, y) : 0) {
        $0 + pow(1 + squared(x, y) / (2 * $1), -$1)
      }
    }
  case "distance":
    let epsilon = arguments.real("epsilon")
    return { x, y in
      length(x, epsilon: epsilon) + length(y, epsilon: epsilon)
        - (squared(x, y) + epsilon).squareRoot()
    }
  case "polynomial":
    return { x, y in
      pow(
        inner(x, y) / Double(x.count) + arguments.real("offset"),
        Double(arguments.integer("degree")))
    }
  default: throw UnknownEntry(name: name)
  }
}

/// The kernel of a loss's setting `kernel`.
func plainKernel(of arguments: Arguments) throws -> PlainKernel {
  let (entry, settings) = featureKernelTable.selection(arguments.value("kernel"))
  return try plainKernel(entry.description.name, settings)
}

/// Every kernel of the table as it is, and some with other settings.
let kernelValues: [Value] =
  featureKernelTable.entries.map { .text($0.description.name) } + [
    .map(["name": .text("rbf"), "sigmas": .list([.real(0.5), .real(3)])]),
    .map(["name": .text("rational-quadratic"), "alphas": .list([.real(0.3), .real(4)])]),
    .map(["name": .text("rational-quadratic"), "linear": .boolean(true)]),
    .map(["name": .text("distance"), "epsilon": .real(0.25)]),
    .map(["name": .text("polynomial"), "degree": .integer(1), "offset": .real(0)]),
    .map(["name": .text("polynomial"), "degree": .integer(4), "offset": .real(0.5)]),
  ]

// MARK: Sums over pairs

/// The mean over pairs of different positions.
func meanOfOthers(_ rows: Rows, _ kernel: PlainKernel) -> Double {
  var (sum, pairs) = (0.0, 0.0)
  for i in rows.indices {
    for j in rows.indices where i != j {
      sum += kernel(rows[i], rows[j])
      pairs += 1
    }
  }
  return sum / pairs
}

/// The mean over all pairs.
func meanOfPairs(_ x: Rows, _ y: Rows, _ kernel: PlainKernel) -> Double {
  mean(x.flatMap { x in y.map { kernel(x, $0) } })
}

func unbiasedMMD(_ x: Rows, _ y: Rows, _ kernel: PlainKernel) -> Double {
  meanOfOthers(x, kernel) + meanOfOthers(y, kernel) - 2 * meanOfPairs(x, y, kernel)
}

func biasedMMD(_ x: Rows, _ y: Rows, _ kernel: PlainKernel) -> Double {
  meanOfPairs(x, x, kernel) + meanOfPairs(y, y, kernel) - 2 * meanOfPairs(x, y, kernel)
}
