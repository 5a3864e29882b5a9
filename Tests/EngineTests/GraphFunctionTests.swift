import Testing

@testable import Engine

/// Parts of a graph as functions: calls compose, and derivatives pass through them.
@Suite struct GraphFunctionTests {
  /// θ ← θ − η·∂/∂θ (½·a·θ²) = (1 − ηa)·θ, whose K-fold is (1 − ηa)ᴷ·θ.
  @Test(arguments: [1, 2, 7])
  func stepsOfDescentCompose(_ count: Int) throws {
    let graph = Graph()
    let shape = [3]
    let (a, rate) = (graph.input("a", shape), graph.input("rate", []))
    let start = graph.state("x", shape)
    let loss = 0.5 * (a * start.square()).sum()
    let next = start - rate * gradients(of: loss, by: [start])[0]
    let step = GraphFunction([next], of: [start])
    let end = (0..<count).reduce(start) { x, _ in step([x])[0] }
    let derivatives = gradients(of: end.sum(), by: [a, start])
    let values = ScalarFunction(graph, [end] + derivatives)([
      ("a", [0.5, -1, 2]), ("rate", [0.1]), ("x", [3, 4, 5]),
    ])
    for (index, (a, x)) in zip([0.5, -1, 2], [3.0, 4, 5]).enumerated() {
      func power(_ exponent: Int) -> Double {
        (0..<exponent).reduce(1) { product, _ in product * (1 - 0.1 * a) }
      }
      let expected = [
        power(count) * x, -0.1 * Double(count) * power(count - 1) * x, power(count),
      ]
      for (own, value) in zip(values.map({ $0[index] }), expected) {
        #expect(abs(own - value) < 1e-13)
      }
    }
  }

  /// What depends on no parameter is shared, and a call with the parameters themselves adds nothing.
  @Test func sharesWhatStays() {
    let graph = Graph()
    let (x, y) = (graph.input("x", [4]), graph.input("y", [4]))
    let fixed = y.exp()
    let results = [x.square() + fixed, fixed]
    let function = GraphFunction(results, of: [x])
    let count = graph.nodes.count
    #expect(function([x]).map(\.index) == results.map(\.index))
    #expect(graph.nodes.count == count)
    let other = function([graph.input("z", [4])])
    #expect(other[1].index == fixed.index)
    // The new input, its square and the sum.
    #expect(graph.nodes.count == count + 3)
  }

  /// What lies behind a parameter is no part of the function, even where it depends on another one.
  @Test func parametersEndTheFunction() {
    let graph = Graph()
    let x = graph.input("x", [2])
    let inner = x.exp()
    let function = GraphFunction([inner + x], of: [inner, x])
    let results = function([graph.constant(5, [2]), graph.constant(7, [2])])
    #expect(graph.constantValue(results[0]) == 12)
    // A parameter can be the result, and one that the result does not depend on changes nothing.
    let identity = GraphFunction([x], of: [x, inner])
    #expect(identity([inner, x])[0].index == inner.index)
  }

  /// Gradients taken within the function stay gradients by its own variables.
  @Test func firstDerivativesOfReplacedVariables() {
    let error = gradientError([[3], [3]], orders: 2) { tensors in
      let graph = tensors[0].graph
      let place = graph.input("place", [3])
      let slope = gradients(of: (place * tensors[1]).tanh().sum(), by: [place])[0]
      let step = GraphFunction([place - 0.3 * slope], of: [place])
      return step(step([tensors[0]]))[0]
    }
    #expect(error < 1e-9)
  }
}
