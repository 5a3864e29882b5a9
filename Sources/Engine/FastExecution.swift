import CKernels

/// Runs a program in Float32: fused element-wise groups and products over one arena, without allocating. Large steps are
/// shared by the threads of the kernels' team, one step after another.
final class FastExecution: Execution {
  let program: Program
  let kernels: Kernels
  private let state: StateTable
  private let plan: MemoryPlan
  private let schedule: Schedule
  private let shared: SharedMemory
  private let inputs: [UnsafeMutableBufferPointer<Float>]
  /// The outputs' values, which no other execution writes, and where each begins.
  private let results: UnsafeMutableBufferPointer<Float>
  private let starts: [Int]
  private(set) var steps: [saddle_step] = []
  private var owned: [UnsafeMutableRawPointer] = []
  private var constants: [Double: UnsafeMutablePointer<Float>] = [:]

  /// Prepares programs that are run one after another, each of them filled before its run: they share their memory.
  static func prepare(
    _ programs: [Program], state: StateTable, kernels: Kernels
  ) -> [FastExecution] {
    let schedules = programs.map { Schedule($0) }
    let plans = zip(programs, schedules).map { MemoryPlan($0, $1) }
    let shared = SharedMemory(plans)
    let executions = programs.indices.map {
      FastExecution(programs[$0], schedules[$0], plans[$0], shared, state, kernels)
    }
    let needed = executions.flatMap { $0.steps.map { saddle_workspace($0) } }.max() ?? 0
    shared.addWorkspaces(Int(needed), threads: kernels.threads)
    return executions
  }

  private init(
    _ program: Program, _ schedule: Schedule, _ plan: MemoryPlan, _ shared: SharedMemory,
    _ state: StateTable, _ kernels: Kernels
  ) {
    precondition(state.precision == .float32, "the fast executor computes in Float32")
    self.program = program
    self.state = state
    self.kernels = kernels
    self.schedule = schedule
    self.plan = plan
    self.shared = shared
    inputs = program.nodes.compactMap { index in
      guard case .input = program.graph.nodes[index].primitive,
        case .arena(let offset) = plan.places[index]
      else { return nil }
      return UnsafeMutableBufferPointer(
        rebasing: shared.arena[offset..<offset + program.graph.nodes[index].count])
    }
    let counts = program.outputs.map(\.tensor.count)
    starts = counts.indices.map { counts[..<$0].reduce(0, +) }
    results = .allocate(capacity: max(1, counts.reduce(0, +)))
    results.initialize(repeating: 0)
    for unit in schedule.units { steps.append(step(unit)) }
    steps += plan.finalCopies.map { copy(address($0.source), to: address($0.target), $0.count) }
    for (position, place) in plan.outputs.enumerated() {
      guard let target = output(at: position).baseAddress else { continue }
      steps.append(copy(address(place), to: target, program.outputs[position].tensor.count))
    }
  }

  deinit {
    results.deallocate()
    for pointer in owned { pointer.deallocate() }
  }

  private func output(at position: Int) -> UnsafeMutableBufferPointer<Float> {
    let start = starts[position]
    return UnsafeMutableBufferPointer(
      rebasing: results[start..<start + program.outputs[position].tensor.count])
  }

  // MARK: Running

  func fillInput(_ position: Int, _ body: (UnsafeMutableBufferPointer<Float>) -> Void) {
    body(inputs[position])
  }

  func setInput(_ name: String, _ values: [Double]) {
    guard let position = inputPosition(name) else { return }
    let input = inputs[position]
    precondition(values.count == input.count, "\(values.count) values for '\(name)'")
    for index in input.indices { input[index] = Float(values[index]) }
  }

  func setScalar(_ position: Int, _ value: Double) { inputs[position][0] = Float(value) }

  func input(_ position: Int) -> [Double] { inputs[position].map(Double.init) }

  func run() {
    let (table, count) = (kernels.table, Int64(steps.count))
    steps.withUnsafeBufferPointer {
      if let team = kernels.team {
        saddle_team_run(
          team.pointer, table, $0.baseAddress, count, shared.workspaces.baseAddress,
          Int64(shared.workspaceDistance))
      } else {
        saddle_run(table, $0.baseAddress, count, shared.workspaces.baseAddress)
      }
    }
  }

  func output(_ position: Int) -> [Double] { output(at: position).map(Double.init) }

  func scalar(_ position: Int) -> Double { Double(results[starts[position]]) }

  // MARK: Compiling

  /// The memory of a node that has some.
  func memory(_ index: Int) -> UnsafeMutablePointer<Float> {
    guard let place = plan.places[index] else { preconditionFailure("node \(index) has no memory") }
    return address(place)
  }

  private func address(_ place: MemoryPlan.Place) -> UnsafeMutablePointer<Float> {
    let address =
      switch place {
      case .arena(let offset): shared.arena.baseAddress.map { $0 + offset }
      case .state(let name): state.floats(name).baseAddress
      }
    guard let address else { preconditionFailure("no memory at \(place)") }
    return address
  }

  /// A copy of `values` that lives as long as the execution.
  func own<T>(_ values: [T]) -> UnsafeMutablePointer<T> {
    let pointer = UnsafeMutablePointer<T>.allocate(capacity: max(values.count, 1))
    pointer.initialize(from: values, count: values.count)
    owned.append(UnsafeMutableRawPointer(pointer))
    return pointer
  }

  private func constant(_ value: Double) -> UnsafeMutablePointer<Float> {
    if let known = constants[value] { return known }
    let pointer = own([Float(value)])
    constants[value] = pointer
    return pointer
  }

  private func step(_ unit: Schedule.Unit) -> saddle_step {
    switch unit {
    case .group(let members): return group(members)
    case .kernel(let index, let epilogue):
      let node = program.graph.nodes[index]
      switch node.primitive {
      case .product(let left, let right): return product(index, left, right, epilogue)
      case .reduce(let reduction, let axes): return reduce(index, reduction, axes)
      case .permute(let axes): return permute(index, axes)
      case .slice(let lattice): return slice(index, lattice)
      case .pad(let lattice): return pad(index, lattice)
      case .gather: return gather(index)
      case .scatter: return scatter(index)
      case .convolution(let window):
        return convolution(
          SADDLE_STEP_CONVOLUTION, window, images: operandShape(index, 0),
          weights: operandShape(index, 1), results: (resultNode(index, epilogue), node.shape),
          epilogue)
      case .convolutionInputGradient(let window):
        return convolution(
          SADDLE_STEP_CONVOLUTION_INPUT_GRADIENT, window,
          images: (resultNode(index, epilogue), node.shape), weights: operandShape(index, 1),
          results: operandShape(index, 0), epilogue)
      case .convolutionWeightGradient(let window):
        return convolution(
          SADDLE_STEP_CONVOLUTION_WEIGHT_GRADIENT, window, images: operandShape(index, 0),
          weights: (index, node.shape), results: operandShape(index, 1), nil)
      default: preconditionFailure("\(node.primitive) outside an element-wise group")
      }
    }
  }

  private func group(_ members: [Int]) -> saddle_step {
    let compiler = GroupCompiler(
      members, schedule, memory: { self.memory($0) }, constant: { self.constant($0) })
    let tile = compiler.tile
    let operands = compiler.operands
    let descriptor = saddle_elementwise(
      count: Int64(compiler.count), tile: Int32(tile), operand_count: Int32(operands.count),
      instruction_count: Int32(compiler.instructions.count), operands: own(operands),
      instructions: own(compiler.instructions))
    return saddle_step(
      kind: Int32(SADDLE_STEP_ELEMENTWISE.rawValue), descriptor: own([descriptor]))
  }

  /// The node that has the memory of an operand, and the operand's shape.
  func operandShape(_ index: Int, _ position: Int) -> (memory: Int, shape: [Int]) {
    let operand = program.graph.nodes[index].operands[position]
    return (schedule.base(operand), program.graph.nodes[operand].shape)
  }

  /// The node whose values a kernel stores.
  private func resultNode(_ index: Int, _ epilogue: Epilogue?) -> Int { epilogue?.result ?? index }

  /// An epilogue as the kernels have it.
  func compiled(_ epilogue: Epilogue?) -> saddle_epilogue {
    saddle_epilogue(
      epilogue, memory: { self.memory($0) },
      isMaterialized: { self.schedule.materialized.contains($0) })
  }

  private func product(
    _ index: Int, _ left: Bool, _ right: Bool, _ epilogue: Epilogue?
  ) -> saddle_step {
    let a = operandShape(index, 0)
    let b = operandShape(index, 1)
    let (rows, depth) = left ? (a.shape[1], a.shape[0]) : (a.shape[0], a.shape[1])
    let columns = right ? b.shape[0] : b.shape[1]
    let descriptor = saddle_product(
      a: memory(a.memory), b: memory(b.memory), c: memory(resultNode(index, epilogue)),
      m: Int32(rows),
      n: Int32(columns), k: Int32(depth), a_row: left ? 1 : Int32(depth),
      a_column: left ? Int32(rows) : 1, b_row: right ? 1 : Int32(columns),
      b_column: right ? Int32(depth) : 1, epilogue: compiled(epilogue))
    return saddle_step(kind: Int32(SADDLE_STEP_PRODUCT.rawValue), descriptor: own([descriptor]))
  }

  private func reduce(_ index: Int, _ reduction: Reduction, _ axes: Range<Int>) -> saddle_step {
    let source = operandShape(index, 0)
    let descriptor = saddle_reduction(
      source: memory(source.memory), result: memory(index),
      outer: Int64(source.shape[..<axes.lowerBound].reduce(1, *)),
      reduced: Int64(source.shape[axes].reduce(1, *)),
      inner: Int64(source.shape[axes.upperBound...].reduce(1, *)),
      is_maximum: reduction == .maximum ? 1 : 0)
    return saddle_step(kind: Int32(SADDLE_STEP_REDUCTION.rawValue), descriptor: own([descriptor]))
  }

  private func permute(_ index: Int, _ axes: [Int]) -> saddle_step {
    let source = operandShape(index, 0)
    let strides = rowMajorStrides(source.shape)
    return permutation(
      index, memory(source.memory),
      saddle_layout(axes.map { source.shape[$0] }, strides: axes.map { strides[$0] }))
  }

  /// A step that lays the elements of `source` out in the order of their layout.
  func permutation(
    _ index: Int, _ source: UnsafeMutablePointer<Float>, _ layout: saddle_layout
  ) -> saddle_step {
    let descriptor = saddle_permutation(source: source, result: memory(index), layout: layout)
    return saddle_step(
      kind: Int32(SADDLE_STEP_PERMUTATION.rawValue), descriptor: own([descriptor]))
  }

  private func copy(
    _ source: UnsafeMutablePointer<Float>, to target: UnsafeMutablePointer<Float>, _ count: Int
  ) -> saddle_step {
    let descriptor = saddle_copy(source: source, result: target, count: Int64(count))
    return saddle_step(kind: Int32(SADDLE_STEP_COPY.rawValue), descriptor: own([descriptor]))
  }
}
