import CAllocations
import CKernels
import Dispatch
import Testing

@testable import Engine

/// Executions on several threads.
@Suite struct ThreadTeamTests {
  /// A program with steps of every kind, most of them large enough to be shared, and a state that it changes.
  static func program() -> Program {
    let graph = Graph()
    let images = graph.input("images", [12, 16, 16, 20])
    let maps = images.convolved(graph.input("kernels", [40, 3, 3, 20]), stride: 2, padding: 1)
    let flat = maps.reshaped([12, maps.count / 12]).tanh()
    let weights = graph.state("weights", [flat.shape[1], 70])
    let mean = flat.matmul(weights).square().mean()
    let gradient = gradients(of: mean, by: [weights])[0]
    let pixels = images.reshaped([12 * 256, 20])
    return Program(
      graph,
      outputs: [
        ("mean", mean), ("sums", pixels.sum(over: [0])), ("transposed", pixels.transposed.tanh()),
      ], updates: [("weights", weights - 0.1 * gradient)])
  }

  /// What `steps` runs with the same inputs leave.
  static func values(_ execution: any Execution, steps: Int) -> [[Double]] {
    var numbers = TestNumbers(1)
    for input in execution.program.inputs {
      execution.setInput(input.name, numbers.uniform(input.shape.reduce(1, *), -1, 1))
    }
    for _ in 0..<steps { execution.run() }
    return execution.program.outputs.indices.map { execution.output($0) }
  }

  static func execution(_ kernels: Kernels) -> any Execution {
    let program = program()
    let state = StateTable(of: program.graph, precision: .float32)
    var numbers = TestNumbers(2)
    for entry in state.entries { state[entry.name] = numbers.uniform(entry.count, -0.1, 0.1) }
    return Executor.fast(kernels).prepare(program, state: state)
  }

  @Test func stepsAreShared() throws {
    let execution = try #require(Self.execution(.best) as? FastExecution)
    let counts = execution.steps.map { saddle_share_count($0, 3) }
    #expect(counts.filter { $0 > 1 }.count > 5, "\(counts)")
    #expect(counts.contains(1), "\(counts)")
    #expect(execution.steps.allSatisfy { saddle_share_count($0, 1) == 1 })
  }

  @Test func theNumberOfThreadsChangesNothing() {
    for kernels in availableKernels {
      let expected = Self.values(Self.execution(kernels), steps: 6)
      for threads in [1, 2, 3, 5] {
        let shared = kernels.shared(by: threads)
        #expect(shared.threads == threads)
        #expect(shared.name == kernels.name)
        let found = Self.values(Self.execution(shared), steps: 6)
        #expect(found == expected, "\(kernels.name), \(threads) threads")
      }
    }
  }

  @Test(arguments: 0..<30)
  func randomGraphs(_ seed: Int) {
    let (graph, program) = RandomGraphTests.program(seed: seed)
    func values(_ kernels: Kernels) -> [[UInt32]] {
      let state = StateTable(of: graph, precision: .float32)
      let execution = Executor.fast(kernels).prepare(program, state: state)
      return Self.values(execution, steps: 3).map { $0.map { bits(Float($0)) } }
    }
    #expect(values(Kernels.best.shared(by: 3)) == values(.best))
  }

  /// Two threads of the program call one team at once: one of them works alone.
  @Test func oneTeamServesSeveralCallers() {
    let expected = Self.values(Self.execution(.best), steps: 20)
    let kernels = Kernels.best.shared(by: 2)
    let results = Results()
    DispatchQueue.concurrentPerform(iterations: 4) { _ in
      results.add(Self.values(Self.execution(kernels), steps: 20))
    }
    #expect(results.all == Array(repeating: expected, count: 4))
  }

  /// Many more threads than cores, all of them busy: nobody waits for ever, and nobody crawls.
  @Test(.timeLimit(.minutes(2)))
  func moreThreadsThanCoresComeToAnEnd() {
    let expected = Self.values(Self.execution(.best), steps: 20)
    let results = Results()
    DispatchQueue.concurrentPerform(iterations: 6) { _ in
      let kernels = Kernels.best.shared(by: 7)
      results.add(Self.values(Self.execution(kernels), steps: 20))
    }
    #expect(results.all == Array(repeating: expected, count: 6))
  }

  /// A team is made and ended many times, also while its threads have not yet begun or are asleep.
  @Test func teamsComeAndGo() {
    for round in 0..<50 {
      let kernels = Kernels.best.shared(by: 2 + round % 3)
      if round % 10 == 0 { _ = Self.values(Self.execution(kernels), steps: 1) }
    }
  }

  @Test(
    .enabled(
      if: allocation_count() >= 0, "allocations cannot be counted with this C library or sanitizer")
  )
  func runningAllocatesNothing() {
    let execution = Self.execution(Kernels.best.shared(by: 3))
    execution.run()
    let before = allocation_count()
    for _ in 0..<20 { execution.run() }
    #expect(allocation_count() == before)
  }
}

/// What several threads found.
private final class Results: @unchecked Sendable {
  // Used on this queue alone.
  private let queue = DispatchQueue(label: "results")
  private var found: [[[Double]]] = []

  func add(_ values: [[Double]]) { queue.sync { found.append(values) } }

  var all: [[[Double]]] { queue.sync { found } }
}
