import Engine
import Testing

/// Derivatives of expressions in which derivatives were stopped.
@Suite struct ReleasedGradientTests {
  private func value(_ tensor: Tensor, at x: Double) -> Double {
    let state = StateTable(of: tensor.graph, precision: .float64)
    state["x"] = [x]
    let execution = Executor.reference.prepare(
      Program(tensor.graph, outputs: [("y", tensor)], updates: []), state: state)
    execution.run()
    return execution.scalar(0)
  }

  /// g = d/dx [stop(x²)·x³] = 3x⁴ has the derivative 12x³, of which 6x³ goes through the stop.
  @Test func theDerivativeOfAGradient() {
    let graph = Graph()
    let x = graph.state("x", [])
    let cube = x * x * x
    let gradient = gradients(of: x.square().stopGradient() * cube, by: [x])[0]
    let released = releasingGradients([gradient, cube])
    #expect(value(gradient, at: 2) == 48)
    #expect(value(released[0], at: 2) == 48)
    #expect(released[1].index == cube.index, "what has no stop is left as it is")
    #expect(value(gradients(of: gradient, by: [x])[0], at: 2) == 48)
    #expect(value(gradients(of: released[0], by: [x])[0], at: 2) == 96)
  }

  @Test func stopsWithinStops() {
    let graph = Graph()
    let x = graph.state("x", [])
    let inner = (x.stopGradient() * x).stopGradient()
    let released = releasingGradients([(inner * x).stopGradient()])[0]
    #expect(value(gradients(of: released, by: [x])[0], at: 3) == 27)
    #expect(releasingGradients([]).isEmpty)
  }
}
