import Arrays
import Engine
import Testing

@testable import Runner

/// Our training steps against PyTorch's on the same inputs: Float64 through the reference executor, Float32 through
/// every instruction set.
@Suite struct TrainingFixtureTests {
  @Test func fixturesExist() { #expect(TrainingFixture.names.count >= 234) }

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
      for prefix in ["", "average.", TrainingGraph.slow] {
        let state = prefix + TrainingFixture.ours(name)
        if replay.state.entry(state) != nil { replay.state[state] = values }
      }
    }
    var losses = Replay.Losses()
    for step in 0..<10 { try replay.iteration(step, &losses) }
    for (name, ours) in losses.values where !ours.isEmpty {
      check(ours, try fixture.losses(name), "loss of the \(name)")
    }
    let exported = Safetensors(replay.state.portable { !$0.hasPrefix("optimizer.") })
    for entry in fixture.arrays.entries where entry.name.hasPrefix("final/") {
      let name = String(entry.name.dropFirst("final/".count))
      let ours = try #require(exported[TrainingFixture.ours(name)])
      #expect(ours.shape == entry.array.shape, "\(name)")
      check(ours.doubles.elements, entry.array.doubles.elements, "final \(name)")
    }
    #expect(worst.error <= tolerance, "\(fixture.name): \(worst.what)")
  }
}

/// Our programs of a run, fed with a fixture's inputs.
private final class Replay {
  /// The losses of all steps in the order in which they were taken.
  struct Losses {
    var values: [(name: String, losses: [Double])] = [
      ("critic", []), ("penalty", []), ("generator", []),
    ]

    mutating func append(_ name: String, _ loss: Double) {
      for index in values.indices where values[index].name == name {
        values[index].losses.append(loss)
      }
    }
  }

  let state: StateTable
  private let fixture: TrainingFixture
  private let configuration: RunConfiguration
  private let steps: [(move: Move, variants: [any Execution])]
  private let lookahead: (any Execution)?
  private let coefficients: CoefficientInputs
  private var criticSteps = 0

  init(_ fixture: TrainingFixture, _ executor: Executor) throws {
    self.fixture = fixture
    let configuration = fixture.configuration
    self.configuration = configuration
    let training = try TrainingGraph(configuration, sampleShape: fixture.sampleShape)
    let programs = configuration.moves.map {
      LazyStep.programs(of: $0, in: training, isRecorded: false)
    }
    let state = StateTable(of: training.graph, precision: executor.precision)
    self.state = state
    steps = zip(configuration.moves, programs).map { move, programs in
      (move, programs.map { executor.prepare($0, state: state) })
    }
    lookahead =
      training.hasLookahead ? executor.prepare(training.lookahead(), state: state) : nil
    coefficients = CoefficientInputs(configuration)
  }

  /// Takes the critic's steps and the generator's, or one of both.
  func iteration(_ step: Int, _ losses: inout Losses) throws {
    for (move, variants) in steps {
      for _ in 0..<(move == .critic ? configuration.criticSteps(step) : 1) {
        let intervals = LazyStep.lazyIntervals(move, configuration)
        let number = move == .critic ? criticSteps : step
        let execution = variants[LazyStep.variant(at: number, intervals)]
        try fill(execution, move, step)
        execution.run()
        let names = [
          "critic/loss": "critic", "critic/penalty": "penalty", "generator/loss": "generator",
        ]
        for (index, output) in execution.program.outputs.enumerated() {
          if let name = names[output.name] { losses.append(name, execution.scalar(index)) }
        }
        if move != .generator { criticSteps += 1 }
      }
    }
    if let lookahead, (step + 1).isMultiple(of: configuration.lookahead.every) { lookahead.run() }
  }

  private func fill(_ execution: any Execution, _ move: Move, _ step: Int) throws {
    let isExtragradient = configuration.play == .extragradient
    let moment = TrainingMoment(
      generatorSteps: step, criticSteps: criticSteps,
      generatorUpdates: isExtragradient ? criticSteps : step)
    for input in execution.program.inputs {
      let number = coefficients[input.name]?(moment)
      let values = try number.map { [$0] } ?? values(input.name, move, step)
      execution.setInput(input.name, values)
    }
  }

  /// The fixture's values of one of our inputs. Dropout masks become uniform numbers on the right side of the rate.
  private func values(_ input: String, _ move: Move, _ step: Int) throws -> [Double] {
    let perStep = configuration.play == .extragradient ? 2 : max(1, configuration.criticSteps(0))
    // The generator's real batches are counted by its own steps.
    let critics = (move == .generator ? step : criticSteps, of: 10 * perStep)
    let own = move == .generator ? (step, of: 10) : critics
    let parts = input.split(separator: "/").map(String.init)
    switch parts[0] {
    case "data": return try fixture.row("input/real", critics.0, of: critics.of)
    case "noise" where parts[2] == "real":
      return try fixture.row("input/noise/critic/real", critics.0, of: critics.of)
    case "dropout":
      let layer = parts[1].split(separator: ".").last.map(String.init) ?? ""
      let pass = parts[2...].joined(separator: "/")
      let mask = try fixture.row("input/dropout/critic/\(layer)/\(pass)", own.0, of: own.of)
      return mask.map { $0 > 0 ? 0.999 : 0.001 }
    default: return try fixture.row("input/\(input)", own.0, of: own.of)
    }
  }
}
