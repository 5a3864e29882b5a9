import Arrays
import CAllocations
import Catalog
import Testing

@testable import Engine
@testable import Networks
@testable import Objectives

/// Running a prepared program asks for no memory.
@Suite(
  .enabled(
    if: allocation_count() >= 0, "allocations cannot be counted with this C library or sanitizer")
)
struct AllocationTests {
  /// How often `body` asks for memory on this thread.
  private func allocations(_ body: () -> Void) -> Int64 {
    let before = allocation_count()
    body()
    return allocation_count() - before
  }

  @Test func counterCounts() {
    var arrays: [[Int]] = []
    arrays.reserveCapacity(100)
    let count = allocations {
      for length in 1...10 { arrays.append(Array(repeating: length, count: length)) }
    }
    #expect(count == 10)
    let aligned = allocations {
      UnsafeMutableRawBufferPointer.allocate(byteCount: 100, alignment: 64).deallocate()
    }
    #expect(aligned == 1)
    #expect(allocations {} == 0)
  }

  /// A critic step with batch normalization, dropout, a gradient penalty, spectral normalization and Adam.
  private func criticStep() throws -> (critic: Network, graph: Graph, program: Program) {
    let graph = Graph()
    let settings: ValueMap = [
      "hidden": .list([.integer(40), .integer(24)]), "normalizer": .text("batch"),
      "dropout": .real(0.2),
    ]
    let critic = try Network(
      .critic, settings: ParameterType.group(Network.parameters).complete(.map(settings)),
      inputShape: [2], outputShape: [1])
    let pending = PendingUpdates()
    let constraint = try #require(constraintTable["spectral"])
    let normalize = try #require(constraint.body.normalize)
    func apply(_ x: Tensor, _ name: String) -> Tensor {
      let pass = ForwardPass(
        states: "critic", mode: .training, name: name, pending: pending,
        weight: { name, weight in
          let result = normalize(name, weight, constraintTable.arguments("spectral"))
          for update in result.updates { pending[update.state] = update.tensor }
          return result.weight
        })
      return critic.apply(x, pass).reshaped([x.shape[0]])
    }
    let real = graph.input("real", [33, 2])
    let fake = graph.draw("fake", .normal, [33, 2])
    let loss = try #require(lossTable["nonsaturating"]).body.critic(
      Game(real: real, fake: fake) {
        Response(output: apply($0, $0.index == real.index ? "real" : "fake"))
      }, Arguments([:]))
    let penalty = try #require(penaltyTable["wgan-gp"]).body.term(
      PenaltyInputs(real: real, fake: fake, stream: "penalty") { apply($0, "penalty") },
      penaltyTable.arguments("wgan-gp"))
    let trained = critic.states.filter(\.state.isTrained)
    let parameters = trained.map { graph.state($0.name, $0.state.shape) }
    let derivatives = gradients(of: loss + 10 * penalty, by: parameters)
    let adam = try #require(optimizerTable["adam"]).body
    var updates = pending.updates
    for (position, name) in trained.map(\.name).enumerated() {
      let result = adam.update(
        Optimizer.Step(
          name: name, parameter: parameters[position], gradient: derivatives[position],
          coefficients: [graph.input("c0", []), graph.input("c1", [])],
          arguments: optimizerTable.arguments("adam")))
      updates.append((name, result.parameter))
      updates += result.moments.map { ("optimizer.\(name).\($0.name)", $0.value) }
    }
    return (
      critic, graph,
      Program(graph, outputs: [("loss", loss), ("penalty", penalty)], updates: updates)
    )
  }

  @Test func runningAllocatesNothing() throws {
    let (critic, graph, program) = try criticStep()
    for kernels in availableKernels {
      let state = StateTable(of: graph, precision: .float32)
      for entry in state.entries where entry.name.hasSuffix("_u") {
        state[entry.name] = Array(repeating: 1, count: entry.count)
      }
      for (name, values) in critic.initialValues(seed: 1) { state[name] = values }
      let execution = Executor.fast(kernels).prepare(program, state: state)
      let feeds = program.inputs.map { RandomStream(seed: 1, name: $0.name) }
      var sum = 0.0
      let count = allocations {
        for step in 0..<100 {
          for position in feeds.indices {
            if program.inputs[position].shape.isEmpty {
              execution.setScalar(position, 0.01)
            } else {
              execution.fillInput(position) { feeds[position].fillUniform($0, step: step) }
            }
          }
          execution.run()
          sum += execution.scalar(0) + execution.scalar(1)
        }
      }
      #expect(count == 0, "\(kernels.name)")
      #expect(sum.isFinite && sum != 0, "\(kernels.name): the steps did not run")
    }
  }

  @Test func streamsAllocateNothing() {
    let stream = RandomStream(seed: 1, name: "latent")
    let floats = UnsafeMutableBufferPointer<Float>.allocate(capacity: 1001)
    let words = UnsafeMutableBufferPointer<UInt32>.allocate(capacity: 1001)
    let order = UnsafeMutableBufferPointer<Int32>.allocate(capacity: 1001)
    defer {
      floats.deallocate()
      words.deallocate()
      order.deallocate()
    }
    let count = allocations {
      for step in 0..<100 {
        stream.fillNormal(floats, step: step)
        stream.fillUniform(floats, step: step)
        stream.fillPermutation(order, scratch: words, step: step)
      }
    }
    #expect(count == 0)
  }
}
