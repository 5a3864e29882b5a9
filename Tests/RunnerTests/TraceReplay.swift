import Arrays
import Engine
import Records
import Testing

@testable import Runner

/// A trace that our own programs repeat, from nothing but the file.
struct TraceReplay {
  /// A program that was run: what it read, and what it gave.
  struct Run {
    let step: Int
    let number: Int
    let player: String
    let prefix: String
  }

  let file: Safetensors
  let configuration: RunConfiguration

  init(_ trace: Trace) throws {
    file = try Safetensors(decoding: trace.bytes, file: "trace")
    let text = """
      question: Is it so?
      fixed: \(try #require(file.metadata["configuration"]))
      seeds: 1
      metrics: {frechet: {primary: true}}
      """
    let plan = try Plan(SourceFile(name: "trace", text: text), schema: RunSchema.experiment)
    configuration = RunConfiguration(plan.arms[0].configuration)
  }

  /// The programs in the order in which they were run.
  var runs: [Run] {
    let known = file.entries.compactMap { entry -> Run? in
      guard let match = entry.name.prefixMatch(of: /step\/(\d+)\/(\d+)\.([a-z+]+)\//),
        let step = Int(match.1), let number = Int(match.2)
      else { return nil }
      return Run(step: step, number: number, player: String(match.3), prefix: String(match.0))
    }
    var result: [Run] = []
    for run in known.sorted(by: { ($0.step, $0.number) < ($1.step, $1.number) })
    where result.last?.prefix != run.prefix { result.append(run) }
    return result
  }

  /// The arrays below a prefix, without it.
  func arrays(_ prefix: String) -> [(name: String, array: TypedArray)] {
    file.entries.filter { $0.name.hasPrefix(prefix) }
      .map { (String($0.name.dropFirst(prefix.count)), $0.array) }
      .sorted { $0.name < $1.name }
  }

  /// The shape of a sample of the data in our layout.
  private var sampleShape: [Int] {
    let shape = file.entries.first { $0.name.hasSuffix("input/data/critic") }?.array.shape ?? []
    let sample = Array(shape.dropFirst())
    return sample.count == 3 ? [sample[1], sample[2], sample[0]] : sample
  }

  /// The programs of our own in the order in which a training runs them.
  private func programs(_ training: TrainingGraph) -> [(run: Run, program: Program)] {
    let configuration = self.configuration
    var (programs, critics, step): ([Program], Int, Int) = ([], 0, 0)
    while programs.count < runs.count {
      for move in configuration.moves {
        for _ in 0..<(move == .critic ? configuration.criticSteps(step) : 1) {
          let number = move == .critic ? critics : step
          let variants = LazyStep.programs(of: move, in: training, isRecorded: false)
          let intervals = LazyStep.lazyIntervals(move, configuration)
          programs.append(variants[LazyStep.variant(at: number, intervals)])
          critics += move.players.contains(.critic) ? 1 : 0
        }
      }
      step += 1
      if training.hasLookahead, step.isMultiple(of: configuration.lookahead.every) {
        programs.append(training.lookahead())
      }
    }
    return zip(runs, programs).map { ($0, $1) }
  }

  /// Runs everything again; returns the names of the arrays that come out otherwise in any bit.
  func differences(_ executor: Executor) throws -> [String] {
    let training = try TrainingGraph(configuration, sampleShape: sampleShape)
    let programs = self.programs(training)
    let state = StateTable(of: training.graph, precision: executor.precision)
    for (name, array) in arrays("initial/") {
      let entry = try #require(state.entry(name))
      state[name] = PortableLayout(of: entry.shape).imported(array.doubles.elements)
    }
    var differences: [String] = []
    for (run, program) in programs {
      let inputs = arrays(run.prefix + "input/")
      #expect(program.inputs.map(\.name).sorted() == inputs.map(\.name))
      let recorder = TraceRecorder(executor.precision)
      let execution = executor.prepare(
        recorder.observed(program, of: training), state: state)
      for (input, shape) in program.inputs {
        let array = try #require(inputs.first { $0.name == input }?.array)
        execution.setInput(input, PortableLayout(of: shape).imported(array.doubles.elements))
      }
      execution.run()
      recorder.didRun(execution)
      for entry in recorder.entries {
        let name = run.prefix + entry.name.drop { $0 != "." }.drop { $0 != "/" }.dropFirst()
        if file[name] != entry.array { differences.append(name) }
      }
    }
    let final = TraceRecorder(executor.precision)
    final.add(state, moment: "final")
    return differences + final.entries.filter { file[$0.name] != $0.array }.map(\.name)
  }
}
