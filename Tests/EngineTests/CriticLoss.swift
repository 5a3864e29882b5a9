import Catalog
import Testing

@testable import Engine
@testable import Objectives

/// The critic's loss as a function of its outputs at four places, between which two known densities divide ten samples each.
struct CriticLoss {
  private let function: ScalarFunction

  /// - Parameters:
  ///   - name: a loss of the table.
  ///   - data: how many real samples lie at each place, ten in all.
  ///   - model: how many fake ones.
  init(_ name: String, _ arguments: Arguments? = nil, data: [Int], model: [Int]) throws {
    let loss = try #require(lossTable[name]).body
    let graph = Graph()
    let outputs = graph.input("outputs", [data.count, 1])
    func scores(_ counts: [Int]) -> Tensor {
      let places = counts.enumerated().flatMap { Array(repeating: $0.offset, count: $0.element) }
      let samples = places.map { outputs.sliced(axis: 0, $0..<$0 + 1).reshaped([1]) }
      return Tensor.concatenated(samples, axis: 0)
    }
    let value = loss.critic(
      Game(scores: scores(data), scores(model)), arguments ?? lossTable.arguments(name))
    function = ScalarFunction(graph, [value, gradients(of: value, by: [outputs])[0]])
  }

  /// The loss and its derivatives by the outputs.
  func callAsFunction(_ outputs: [Double]) -> (value: Double, slopes: [Double]) {
    let values = function([("outputs", outputs)])
    return (values[0][0], values[1])
  }
}
