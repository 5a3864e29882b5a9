import Arrays
import Engine
import Testing

@testable import Runner

/// Our training steps against PyTorch's on the same inputs: Float64 through the reference executor, Float32 through
/// every instruction set.
@Suite struct TrainingFixtureTests {
  @Test func fixturesExist() { #expect(TrainingFixture.names.count >= 88) }

  @Test(arguments: TrainingFixture.names)
  func tenStepsAgree(_ name: String) throws {
    let fixture = try TrainingFixture(name)
    if fixture.isDouble {
      try compare(fixture, .reference, tolerance: 1e-9)
    } else {
      for name in Kernels.allNames {
        guard let kernels = Kernels(named: name) else { continue }
        try compare(fixture, .fast(kernels), tolerance: 1e-4)
      }
    }
  }

  private func compare(
    _ fixture: TrainingFixture, _ executor: Executor, tolerance: Double
  ) throws {
    let replay = try Replay(fixture, executor)
    var worst: (error: Double, what: String) = (0, "")
    func check(_ ours: [Double], _ theirs: [Double], _ what: String) {
      #expect(ours.count == theirs.count, "\(what)")
      for (a, b) in zip(ours, theirs) {
        let error = abs(a - b) / max(1, abs(b))
        if !(error <= worst.error) { worst = (error, what) }
      }
    }
    for entry in fixture.arrays.entries where entry.name.hasPrefix("initial/") {
      let name = String(entry.name.dropFirst("initial/".count))
      let values = try fixture.initialValues(name)
      replay.state[name] = values
      if replay.state.entry("average.\(name)") != nil { replay.state["average.\(name)"] = values }
    }
    let count = fixture.configuration.criticSteps(0)
    for step in 0..<10 {
      for inner in 0..<count {
        let losses = try replay.criticStep(step * count + inner, of: 10 * count)
        check(
          losses,
          try ["critic", "penalty"].map { try fixture.values("loss/\($0)")[step * count + inner] },
          "critic losses at step \(step)")
      }
      let loss = try replay.generatorStep(step)
      check([loss], [try fixture.values("loss/generator")[step]], "generator loss at step \(step)")
    }
    let exported = Safetensors(replay.state.portable { !$0.hasPrefix("optimizer.") })
    for entry in fixture.arrays.entries where entry.name.hasPrefix("final/") {
      let name = String(entry.name.dropFirst("final/".count))
      let ours = try #require(exported[name])
      #expect(ours.shape == entry.array.shape, "\(name)")
      check(ours.doubles.elements, entry.array.doubles.elements, "final \(name)")
    }
    #expect(worst.error <= tolerance, "\(fixture.name): \(worst.what)")
  }
}

/// Our programs of a run, fed with a fixture's inputs.
private final class Replay {
  let state: StateTable
  private let fixture: TrainingFixture
  private let critics: [any Execution]
  private let generator: any Execution
  private let coefficients: CoefficientInputs

  init(_ fixture: TrainingFixture, _ executor: Executor) throws {
    self.fixture = fixture
    let configuration = fixture.configuration
    let training = try TrainingGraph(configuration, sampleShape: fixture.sampleShape)
    let every = configuration.penalties.first?.interval ?? 1
    let positions = Array(configuration.penalties.indices)
    let with = training.step(.critic, active: positions, isRecorded: false)
    let without = training.step(.critic, active: [], isRecorded: false)
    let step = training.step(.generator, active: [], isRecorded: false)
    let state = StateTable(of: training.graph, precision: executor.precision)
    self.state = state
    let executions = [with, without].map { executor.prepare($0, state: state) }
    critics = (0..<every).map { $0 == 0 ? executions[0] : executions[1] }
    generator = executor.prepare(step, state: state)
    coefficients = CoefficientInputs(configuration)
  }

  /// Critic step `index` of `count`, the same number in each of ten generator steps.
  func criticStep(_ index: Int, of count: Int) throws -> [Double] {
    let execution = critics[index % critics.count]
    let moment = TrainingMoment(generatorSteps: index * 10 / count, criticSteps: index)
    try fill(execution, at: moment, index, of: count)
    execution.run()
    return [execution.scalar(0), execution.scalar(1)]
  }

  func generatorStep(_ index: Int) throws -> Double {
    let criticSteps = (index + 1) * fixture.configuration.criticSteps(0)
    let moment = TrainingMoment(generatorSteps: index, criticSteps: criticSteps)
    try fill(generator, at: moment, index, of: 10)
    generator.run()
    return generator.scalar(0)
  }

  private func fill(
    _ execution: any Execution, at moment: TrainingMoment, _ index: Int, of count: Int
  ) throws {
    for input in execution.program.inputs {
      let number = coefficients[input.name]?(moment)
      let values = try number.map { [$0] } ?? values(input.name, index, of: count)
      execution.setInput(input.name, values)
    }
  }

  /// The fixture's values of one of our inputs. Dropout masks become uniform numbers on the right side of the rate.
  private func values(_ input: String, _ index: Int, of count: Int) throws -> [Double] {
    let parts = input.split(separator: "/").map(String.init)
    switch parts[0] {
    case "data":
      return try fixture.row("input/real", index, of: 10 * fixture.configuration.criticSteps(0))
    case "dropout":
      let layer = parts[1].split(separator: ".").last.map(String.init) ?? ""
      let pass = parts[2...].joined(separator: "/")
      let mask = try fixture.row("input/dropout/critic/\(layer)/\(pass)", index, of: count)
      return mask.map { $0 > 0 ? 0.999 : 0.001 }
    default: return try fixture.row("input/\(input)", index, of: count)
    }
  }
}
