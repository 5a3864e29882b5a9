import Catalog

@testable import Engine
@testable import Objectives

/// Samples, or vectors of what a critic gives for them.
typealias Rows = [[Double]]

/// An entry for which the tests have no formula of their own.
struct UnknownEntry: Error { let name: String }

/// A critic of any form with few weights, as a part of a graph and in plain numbers: a = xA, b = a + ½a² element by
/// element; score ⟨b, w⟩, embedding b, code b with the reconstruction bB, local features a and b, global ones b − 2a.
struct SmallCritic {
  /// A, w and B, for samples of two numbers.
  static let shapes = [[2, 3], [3, 1], [3, 2]]
  static let values: [[Double]] = [
    [0.4, -0.7, 0.2, 0.9, 0.3, -0.5], [0.6, -1.1, 0.8], [0.5, -0.2, 0.3, 0.7, -0.6, 0.1],
  ]

  let form: CriticForm

  /// What it gives for a batch `[n, 2]`.
  func respond(_ x: Tensor, _ weights: [Tensor]) -> Response {
    let count = x.shape[0]
    let a = x.matmul(weights[0])
    let b = a + 0.5 * a.square()
    switch form {
    case .score: return Response(output: b.matmul(weights[1]).reshaped([count]))
    case .embedding: return Response(output: b)
    case .autoencoder: return Response(output: b.matmul(weights[2]), code: b)
    case .contrast:
      let local = [a, b].map { $0.reshaped([count, 1, 3]) }
      return Response(
        output: b.matmul(weights[1]).reshaped([count]),
        features: (.concatenated(local, axis: 1), b - 2 * a))
    case .none: return Response(output: x)
    }
  }

  /// The same for one sample, with the values `values`.
  func respond(_ x: [Double]) -> PlainResponse {
    let (first, score, decoder) = (Self.values[0], Self.values[1], Self.values[2])
    let a = (0..<3).map { x[0] * first[$0] + x[1] * first[3 + $0] }
    let b = a.map { $0 + $0 * $0 / 2 }
    // ∂b_k/∂x_d = (1 + a_k)·A_dk.
    let slopes = (0..<2).map { d in (0..<3).map { (1 + a[$0]) * first[3 * d + $0] } }
    let scoreSlope = slopes.map { inner($0, score) }
    return PlainResponse(
      score: inner(b, score), features: b,
      reconstruction: (0..<2).map { d in (0..<3).reduce(0) { $0 + b[$1] * decoder[2 * $1 + d] } },
      local: [a, b], global: zip(a, b).map { $1 - 2 * $0 },
      squaredScoreSlope: inner(scoreSlope, scoreSlope),
      squaredFeatureSlope: slopes.reduce(0) { $0 + inner($1, $1) })
  }
}

/// All that a small critic can give for one sample.
struct PlainResponse {
  let score: Double
  let features: [Double]
  let reconstruction: [Double]
  let local: Rows
  let global: [Double]
  /// ‖∇D(x)‖².
  let squaredScoreSlope: Double
  /// ‖∇h(x)‖²_F.
  let squaredFeatureSlope: Double
}

/// A step of the game with a small critic in plain numbers.
struct PlainGame {
  static let real: Rows = [[0.3, -0.5], [1.1, 0.2], [-0.7, 0.9], [0.4, 1.3]]
  static let fake: Rows = [[-0.2, 0.4], [0.6, -1.3], [0.8, 0.1], [-1.2, -0.3]]
  static let second: Rows = [[0.5, 0.6], [-0.9, 0.7], [0.1, -0.4], [1.5, -0.8]]

  /// BEGAN's k.
  static let balance = 0.35

  let real = Self.real
  let fake = Self.fake
  let onReal: [PlainResponse]
  let onFake: [PlainResponse]
  let onSecond: [PlainResponse]

  init(_ form: CriticForm) {
    let critic = SmallCritic(form: form)
    onReal = Self.real.map { critic.respond($0) }
    onFake = Self.fake.map { critic.respond($0) }
    onSecond = Self.second.map { critic.respond($0) }
  }

  /// The samples, weights and remembered numbers by name, for graphs.
  static let named: NamedValues =
    [
      ("real", real.flatMap(\.self)), ("fake", fake.flatMap(\.self)),
      ("second", second.flatMap(\.self)), ("loss.balance", [balance]),
    ] + SmallCritic.values.enumerated().map { ("weight\($0.offset)", $0.element) }
}

// MARK: Arithmetic

func inner(_ x: [Double], _ y: [Double]) -> Double { zip(x, y).reduce(0) { $0 + $1.0 * $1.1 } }

func difference(_ x: [Double], _ y: [Double]) -> [Double] { zip(x, y).map { $0 - $1 } }

func length(_ x: [Double], epsilon: Double = 0) -> Double {
  (inner(x, x) + epsilon).squareRoot()
}

func mean(_ values: [Double]) -> Double { values.reduce(0, +) / Double(values.count) }
