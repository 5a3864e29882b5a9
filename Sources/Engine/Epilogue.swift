import CKernels

/// Element-wise nodes that a contraction's kernel computes on finished sums before it stores them.
///
/// They are, each of them if it is there, in this order: a row that is added (a bias), an activation, and a factor of the
/// result's shape (what a derivative has for an activation).
struct Epilogue {
  /// How a value becomes another, by its sign.
  enum Activation: Equatable {
    /// x times `above` where x > 0, else times `below`.
    case leaky(above: Double, below: Double)
    /// max(x, 0), with slopes 1 and 0.
    case rectified
  }

  /// The node that has the row.
  fileprivate(set) var row: Int?
  fileprivate(set) var activation: Activation?
  /// The node that the activation's slopes are.
  fileprivate(set) var slopes: Int?
  /// The node that has the factor.
  fileprivate(set) var factor: Int?
  /// The nodes that are computed, the contraction left out, in topological order.
  fileprivate(set) var members: [Int] = []
  /// The node whose values are stored as the contraction's result.
  fileprivate(set) var result: Int
}

/// Finds the epilogues of a program's contractions.
struct EpilogueFinder {
  let graph: Graph
  /// The node whose memory each node has.
  let bases: [Int]
  /// The computed nodes that read each node.
  let readers: [[Int]]
  /// The nodes that must be in memory, whatever reads them.
  let needed: Set<Int>
  /// When each node is computed.
  let stages: [Int]

  /// What can be computed together with node `index`; nil where it is no contraction or nothing can.
  func epilogue(of index: Int) -> Epilogue? {
    guard takesEpilogue(graph.nodes[index]) else { return nil }
    var epilogue = Epilogue(result: index)
    addRow(index, &epilogue)
    if !addLeaky(index, &epilogue), !addRectified(index, &epilogue) { addFactor(index, &epilogue) }
    return epilogue.members.isEmpty ? nil : epilogue
  }

  /// Whether the node's kernel knows epilogues: results of few channels, and those that consist of zeros in part, have
  /// ways of their own.
  private func takesEpilogue(_ node: Node) -> Bool {
    guard let channels = node.shape.last, channels > SADDLE_NARROW_CHANNELS else { return false }
    switch node.primitive {
    case .product, .convolution: return true
    case .convolutionInputGradient(let window):
      let kernel = graph.nodes[node.operands[1]].shape
      return kernel[1] >= window.strideY && kernel[2] >= window.strideX
    default: return false
    }
  }

  /// The nodes that read the value so far, if nothing else needs it in memory.
  private func onlyReaders(_ index: Int) -> [Int] {
    needed.contains(index) ? [] : readers[index]
  }

  /// The operand of a binary node beside `index`.
  private func other(_ node: Node, _ index: Int) -> Int? {
    let operands = node.operands.map { bases[$0] }
    return operands[0] == index ? operands[1] : operands[1] == index ? operands[0] : nil
  }

  /// Whether the values of a node are in memory before the contraction begins.
  private func isReady(_ operand: Int, before index: Int) -> Bool {
    if case .constant = graph.nodes[operand].primitive { return false }
    return stages[operand] < stages[index]
  }

  private func addRow(_ index: Int, _ epilogue: inout Epilogue) {
    let readers = onlyReaders(index)
    guard readers.count == 1, graph.nodes[readers[0]].primitive == .binary(.add) else { return }
    let sum = graph.nodes[readers[0]]
    guard let addend = other(sum, index), graph.nodes[addend].primitive == .broadcast,
      !needed.contains(addend), let source = graph.nodes[addend].operands.first
    else { return }
    let columns = graph.nodes[index].shape.last
    guard graph.nodes[source].shape.last == columns, graph.nodes[source].count == columns,
      sum.shape.last == columns, isReady(bases[source], before: index)
    else { return }
    epilogue.row = bases[source]
    epilogue.members.append(readers[0])
    epilogue.result = readers[0]
  }

  /// Slopes chosen by sign, and their product with the value.
  private func addLeaky(_ index: Int, _ epilogue: inout Epilogue) -> Bool {
    let value = epilogue.result
    let readers = onlyReaders(value)
    guard readers.count == 2,
      let sign = readers.first(where: { graph.nodes[$0].primitive == .unary(.step) }),
      let result = readers.first(where: { graph.nodes[$0].primitive == .binary(.multiply) }),
      let slopes = other(graph.nodes[result], value), onlyReaders(sign) == [slopes],
      graph.nodes[slopes].primitive == .select, bases[graph.nodes[slopes].operands[0]] == sign,
      case .constant(let above) = graph.nodes[bases[graph.nodes[slopes].operands[1]]].primitive,
      case .constant(let below) = graph.nodes[bases[graph.nodes[slopes].operands[2]]].primitive
    else { return false }
    epilogue.activation = .leaky(above: above, below: below)
    epilogue.slopes = slopes
    epilogue.members += [sign, slopes, result]
    epilogue.result = result
    return true
  }

  private func addRectified(_ index: Int, _ epilogue: inout Epilogue) -> Bool {
    let value = epilogue.result
    let readers = onlyReaders(value)
    let slopes = readers.first { graph.nodes[$0].primitive == .unary(.step) }
    guard readers.count == (slopes == nil ? 1 : 2),
      let result = readers.first(where: { graph.nodes[$0].primitive == .unary(.relu) })
    else { return false }
    epilogue.activation = .rectified
    epilogue.slopes = slopes
    epilogue.members += [slopes, result].compactMap { $0 }.sorted()
    epilogue.result = result
    return true
  }

  private func addFactor(_ index: Int, _ epilogue: inout Epilogue) {
    let value = epilogue.result
    let readers = onlyReaders(value)
    guard readers.count == 1, graph.nodes[readers[0]].primitive == .binary(.multiply),
      let factor = other(graph.nodes[readers[0]], value), factor != value,
      graph.nodes[factor].primitive != .broadcast, isReady(factor, before: index)
    else { return }
    epilogue.factor = factor
    epilogue.members.append(readers[0])
    epilogue.result = readers[0]
  }
}

extension saddle_epilogue {
  /// - Parameters:
  ///   - memory: the memory of a node that has some.
  ///   - isMaterialized: whether a node has memory of its own.
  init(
    _ epilogue: Epilogue?, memory: (Int) -> UnsafeMutablePointer<Float>,
    isMaterialized: (Int) -> Bool
  ) {
    self.init()
    guard let epilogue else { return }
    row = epilogue.row.map { UnsafePointer(memory($0)) }
    factor = epilogue.factor.map { UnsafePointer(memory($0)) }
    slopes = epilogue.slopes.flatMap { isMaterialized($0) ? memory($0) : nil }
    switch epilogue.activation {
    case .leaky(let above, let below):
      activation = Int32(SADDLE_LEAKY.rawValue)
      self.above = Float(above)
      self.below = Float(below)
    case .rectified:
      activation = Int32(SADDLE_RECTIFIED.rawValue)
      above = 1
      below = 0
    case nil: activation = Int32(SADDLE_NO_ACTIVATION.rawValue)
    }
  }
}
