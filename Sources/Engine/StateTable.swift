/// The number format of an executor.
public enum Precision: String, Sendable, CaseIterable {
  /// IEEE single precision: the fast executor.
  case float32
  /// IEEE double precision: the reference executor.
  case float64

  /// Bytes per number.
  public var size: Int { self == .float32 ? 4 : 8 }
}

/// Everything of a run that survives a step: parameters, moments, averages, running statistics, vectors.
///
/// Checkpoints, digests, traces and exports iterate this one table; its order is that of declaration.
public final class StateTable {
  /// One named state.
  public struct Entry: Sendable {
    /// The name, for example `critic.0.weight`.
    public let name: String
    /// The extent of each axis.
    public let shape: [Int]
    let offset: Int
    /// The number of elements.
    public var count: Int { shape.reduce(1, *) }
  }

  /// The states in the order of their declaration.
  public let entries: [Entry]
  /// The format of all numbers.
  public let precision: Precision
  private let positions: [String: Int]
  private let storage: UnsafeMutableRawBufferPointer

  /// A table of zeros for the states that a graph declares.
  public init(of graph: Graph, precision: Precision) {
    var offset = 0
    entries = graph.states.map { state in
      defer { offset += (state.shape.reduce(1, *) * precision.size + 63) / 64 * 64 }
      return Entry(name: state.name, shape: state.shape, offset: offset)
    }
    self.precision = precision
    positions = Dictionary(
      uniqueKeysWithValues: entries.enumerated().map { ($0.element.name, $0.offset) })
    storage = .large(byteCount: max(offset, 64))
    storage.initializeMemory(as: UInt8.self, repeating: 0)
  }

  deinit { storage.deallocate() }

  /// The state called `name`, or nil.
  public func entry(_ name: String) -> Entry? { positions[name].map { entries[$0] } }

  private func required(_ name: String) -> Entry {
    guard let entry = entry(name) else { preconditionFailure("no state '\(name)'") }
    return entry
  }

  /// The memory of a Float32 table's state.
  public func floats(_ name: String) -> UnsafeMutableBufferPointer<Float> {
    precondition(precision == .float32, "a table of \(precision) has no Float32 memory")
    let entry = required(name)
    return UnsafeMutableRawBufferPointer(
      rebasing: storage[entry.offset..<entry.offset + 4 * entry.count]
    ).bindMemory(to: Float.self)
  }

  /// The memory of a Float64 table's state.
  public func doubles(_ name: String) -> UnsafeMutableBufferPointer<Double> {
    precondition(precision == .float64, "a table of \(precision) has no Float64 memory")
    let entry = required(name)
    return UnsafeMutableRawBufferPointer(
      rebasing: storage[entry.offset..<entry.offset + 8 * entry.count]
    ).bindMemory(to: Double.self)
  }

  /// The values of a state; setting rounds to the table's precision.
  public subscript(name: String) -> [Double] {
    get {
      switch precision {
      case .float32: floats(name).map(Double.init)
      case .float64: Array(doubles(name))
      }
    }
    set {
      let entry = required(name)
      precondition(
        newValue.count == entry.count, "\(newValue.count) values for '\(name)' of \(entry.shape)")
      switch precision {
      case .float32:
        let target = floats(name)
        for index in target.indices { target[index] = Float(newValue[index]) }
      case .float64:
        let target = doubles(name)
        for index in target.indices { target[index] = newValue[index] }
      }
    }
  }

  /// The bytes of a state, in the machine's order.
  public func bytes(_ name: String) -> UnsafeMutableRawBufferPointer {
    let entry = required(name)
    return UnsafeMutableRawBufferPointer(
      rebasing: storage[entry.offset..<entry.offset + precision.size * entry.count])
  }

  /// Whether every number is finite.
  public var isFinite: Bool {
    entries.allSatisfy { entry in
      switch precision {
      case .float32: floats(entry.name).allSatisfy(\.isFinite)
      case .float64: doubles(entry.name).allSatisfy(\.isFinite)
      }
    }
  }

  /// Makes this table equal to another of the same layout.
  public func copy(from other: StateTable) {
    precondition(
      storage.count == other.storage.count && entries.count == other.entries.count,
      "state tables of different layouts")
    storage.copyMemory(from: UnsafeRawBufferPointer(other.storage))
  }
}
