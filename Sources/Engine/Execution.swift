import CKernels

/// A program made ready to run on one state table.
public protocol Execution: AnyObject {
  /// What runs.
  var program: Program { get }
  /// Lets `body` write the values of the input at `position` of `program.inputs`.
  func fillInput(_ position: Int, _ body: (UnsafeMutableBufferPointer<Float>) -> Void)
  /// Sets an input in the executor's own precision.
  func setInput(_ name: String, _ values: [Double])
  /// Sets the input at `position` of `program.inputs`, which has one element.
  func setScalar(_ position: Int, _ value: Double)
  /// All values of the input at `position` of `program.inputs`, between the time when it was set and the run.
  func input(_ position: Int) -> [Double]
  /// Runs the program once: reads inputs and states, writes outputs and states.
  func run()
  /// All values of the output at `position` of `program.outputs`, after a run.
  func output(_ position: Int) -> [Double]
  /// The first value of the output at `position` of `program.outputs`, without allocation.
  func scalar(_ position: Int) -> Double
}

extension Execution {
  /// All values of an output, after a run.
  public func output(_ name: String) -> [Double] {
    guard let position = program.outputs.firstIndex(where: { $0.name == name }) else {
      preconditionFailure("no output '\(name)'")
    }
    return output(position)
  }

  /// The position of an input, or nil where the program does not use it.
  public func inputPosition(_ name: String) -> Int? {
    program.inputs.firstIndex { $0.name == name }
  }
}

/// What runs programs.
public enum Executor: Sendable {
  /// Float32 with kernels of one instruction set.
  case fast(Kernels)
  /// Float64, one node after another, in plain loops.
  case reference

  /// The number format of its state tables.
  public var precision: Precision {
    switch self {
    case .fast: .float32
    case .reference: .float64
    }
  }

  /// Its name in a run's identity: instruction sets give the same bits and are not told apart.
  public var name: String {
    switch self {
    case .fast: "fast"
    case .reference: "reference"
    }
  }

  /// The kernels of the fast executor; the fastest of this machine beside the reference executor.
  public var kernels: Kernels {
    switch self {
    case .fast(let kernels): kernels
    case .reference: .best
    }
  }

  /// The same executor on a number of threads, 1 … `Kernels.mostThreads`; the reference executor has one in any case.
  public func shared(by threads: Int) -> Executor {
    switch self {
    case .fast(let kernels): .fast(kernels.shared(by: threads))
    case .reference: .reference
    }
  }

  /// Makes a program ready to run on `state`, whose precision must be this executor's.
  public func prepare(_ program: Program, state: StateTable) -> any Execution {
    prepare([program], state: state)[0]
  }

  /// Makes programs ready that are run one after another and share the memory of their intermediate values: the inputs of
  /// each must be set after the last run of any other. Outputs stay until the next run of the same program.
  public func prepare(_ programs: [Program], state: StateTable) -> [any Execution] {
    switch self {
    case .fast(let kernels): FastExecution.prepare(programs, state: state, kernels: kernels)
    case .reference: programs.map { ReferenceExecution($0, state: state) }
    }
  }
}

/// The kernels of one instruction set, and the threads that compute with them. Results depend on neither.
public struct Kernels: @unchecked Sendable {
  // An immutable table with static lifetime.
  let table: UnsafePointer<saddle_kernels>
  /// The threads that share large steps; nil for the calling thread alone.
  let team: ThreadTeam?

  /// The fastest that this machine can run.
  public static let best = Kernels(table: saddle_kernels_best())

  /// The kernels called `avx512`, `avx2` or `portable`; nil when this machine cannot run them.
  public init?(named name: String) {
    guard let table = saddle_kernels_named(name) else { return nil }
    self.init(table: table)
  }

  private init(table: UnsafePointer<saddle_kernels>, team: ThreadTeam? = nil) {
    self.table = table
    self.team = team
  }

  /// The most threads that can share a run.
  public static let mostThreads = 64

  /// The same kernels on a number of threads, the calling one included, which wait for work as long as there is a copy of
  /// the result. They serve one execution at a time: of several that run at once, the others use their own thread alone.
  ///
  /// - Parameter threads: 1 … `mostThreads`.
  public func shared(by threads: Int) -> Kernels {
    precondition((1...Self.mostThreads).contains(threads), "\(threads) threads")
    return Kernels(table: table, team: threads > 1 ? ThreadTeam(threads) : nil)
  }

  /// The number of threads that share large steps.
  public var threads: Int { team?.count ?? 1 }

  /// The instruction set's name.
  public var name: String { String(cString: table.pointee.name) }

  /// The names of all instruction sets, also of those that this machine lacks.
  public static let allNames = ["avx512", "avx2", "portable"]
}
