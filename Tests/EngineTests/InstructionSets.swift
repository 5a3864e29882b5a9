import CKernels

@testable import Engine

/// The kernels of every instruction set that this machine has; `portable` is always there.
let availableKernels: [Kernels] = Kernels.allNames.compactMap { Kernels(named: $0) }

/// The reference executor and the fast one under every instruction set.
let allExecutors: [(name: String, executor: Executor)] =
  [("reference", .reference)] + availableKernels.map { ($0.name, .fast($0)) }

extension Kernels {
  /// Runs one step with a workspace of the size that it asks for, full of NaN.
  func run<Descriptor>(_ kind: saddle_step_kind, _ descriptor: inout Descriptor) {
    withUnsafePointer(to: &descriptor) { pointer in
      var step = saddle_step(kind: Int32(kind.rawValue), descriptor: pointer)
      var workspace = [Float](repeating: .nan, count: Int(saddle_workspace(step)))
      saddle_run(table, &step, 1, &workspace)
    }
  }

  /// The values of tensors for values of inputs and states.
  func evaluate(_ tensors: [Tensor], _ inputs: [(name: String, values: [Float])]) -> [[Float]] {
    let graph = tensors[0].graph
    let program = Program(
      graph, outputs: tensors.enumerated().map { ("\($0.offset)", $0.element) }, updates: [])
    let state = StateTable(of: graph, precision: .float32)
    let execution = Executor.fast(self).prepare(program, state: state)
    for (name, values) in inputs {
      if state.entry(name) != nil { state[name] = values.map(Double.init) }
      guard let position = execution.inputPosition(name) else { continue }
      execution.fillInput(position) { buffer in
        for index in buffer.indices { buffer[index] = values[index] }
      }
    }
    execution.run()
    return tensors.indices.map { execution.output($0).map { Float($0) } }
  }
}

/// The bits of a number; all NaN count as one, since their payloads differ between machines.
func bits(_ x: Float) -> UInt32 { x.isNaN ? Float.nan.bitPattern : x.bitPattern }

/// The first index at which two arrays differ in `bits`, or nil.
func firstDifference(_ a: [Float], _ b: [Float]) -> Int? {
  a.count == b.count ? zip(a, b).enumerated().first { bits($1.0) != bits($1.1) }?.offset : -1
}
