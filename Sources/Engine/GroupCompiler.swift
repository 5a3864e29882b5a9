import CKernels

/// Turns a group of element-wise nodes into a straight-line program over tiles.
struct GroupCompiler {
  private let schedule: Schedule
  private let members: [Int]
  private let memory: (Int) -> UnsafeMutablePointer<Float>
  private let constant: (Double) -> UnsafeMutablePointer<Float>

  private(set) var operands: [saddle_operand] = []
  private(set) var instructions: [saddle_instruction] = []
  private var operandOf: [Source: Int] = [:]
  private var lastUse: [Int: Int] = [:]
  private var freeRegisters: [Int] = []

  /// Where an instruction's operand comes from.
  private enum Source: Hashable {
    case node(Int)
    case broadcast(Int)
    case constant(Double)
  }

  /// - Parameters:
  ///   - memory: the memory of a node that has some.
  ///   - constant: memory that holds one number.
  init(
    _ members: [Int], _ schedule: Schedule,
    memory: @escaping (Int) -> UnsafeMutablePointer<Float>,
    constant: @escaping (Double) -> UnsafeMutablePointer<Float>
  ) {
    self.members = members
    self.schedule = schedule
    self.memory = memory
    self.constant = constant
    for (position, member) in members.enumerated() {
      for operand in schedule.graph.nodes[member].operands {
        lastUse[schedule.base(operand)] = position
      }
    }
    for (position, member) in members.enumerated() { emit(member, position) }
  }

  /// The number of elements of the iteration space.
  var count: Int { schedule.graph.nodes[members[0]].count }

  /// Elements per tile: the largest multiple of the periods that fits, so that repeated rows are laid out once.
  var tile: Int {
    var common = 1
    for operand in operands where operand.access == SADDLE_PERIODIC {
      let next = leastCommonMultiple(common, Int(operand.period))
      if next <= Int(SADDLE_TILE) { common = next }
    }
    return Int(SADDLE_TILE) / common * common
  }

  private mutating func emit(_ member: Int, _ position: Int) {
    let node = schedule.graph.nodes[member]
    var sources = node.operands.map { read($0) }
    let operation: saddle_operation
    switch node.primitive {
    case .unary(let unary): operation = unary.code
    case .binary(let binary): operation = binary.code
    case .select: operation = SADDLE_SELECT
    case .broadcast:
      operation = SADDLE_COPY
      sources = [broadcastOperand(member)]
    case .constant(let value):
      operation = SADDLE_COPY
      sources = [constantOperand(value)]
    default:
      preconditionFailure("\(node.primitive) in an element-wise group")
    }
    release(node.operands, at: position)
    let result = resultOperand(member)
    var scalars: UInt8 = 0
    for (bit, source) in sources.enumerated() where operands[source].access == SADDLE_SCALAR {
      scalars |= 1 << UInt8(bit)
    }
    let padded = sources + Array(repeating: sources[0], count: 3 - sources.count)
    instructions.append(
      saddle_instruction(
        operation: UInt8(operation.rawValue), scalars: scalars, result: UInt16(result),
        a: UInt16(padded[0]), b: UInt16(padded[1]), c: UInt16(padded[2])))
  }

  /// Gives back the registers that are read for the last time at `position`.
  private mutating func release(_ nodes: [Int], at position: Int) {
    for base in Set(nodes.map { schedule.base($0) }).sorted() where lastUse[base] == position {
      if let operand = operandOf[.node(base)], operands[operand].access == SADDLE_REGISTER {
        freeRegisters.append(operand)
      }
    }
  }

  private mutating func resultOperand(_ member: Int) -> Int {
    let operand: Int
    if schedule.materialized.contains(member) {
      operand = append(SADDLE_CONTIGUOUS, memory(member))
    } else if let free = freeRegisters.popLast() {
      operand = free
    } else {
      operand = append(SADDLE_REGISTER, nil)
    }
    operandOf[.node(member)] = operand
    return operand
  }

  private mutating func read(_ index: Int) -> Int {
    let base = schedule.base(index)
    if let known = operandOf[.node(base)] { return known }
    switch schedule.graph.nodes[base].primitive {
    case .constant(let value): return constantOperand(value)
    case .broadcast: return broadcastOperand(base)
    default:
      let operand = append(SADDLE_CONTIGUOUS, memory(base))
      operandOf[.node(base)] = operand
      return operand
    }
  }

  private mutating func constantOperand(_ value: Double) -> Int {
    if let known = operandOf[.constant(value)] { return known }
    let operand = append(SADDLE_SCALAR, constant(value))
    operandOf[.constant(value)] = operand
    return operand
  }

  private mutating func broadcastOperand(_ index: Int) -> Int {
    if let known = operandOf[.broadcast(index)] { return known }
    let node = schedule.graph.nodes[index]
    let source = schedule.graph.nodes[node.operands[0]].shape
    let operand = append(SADDLE_STRIDED, memory(schedule.base(node.operands[0])))
    operands[operand].setPattern(source: source, target: node.shape)
    operandOf[.broadcast(index)] = operand
    return operand
  }

  private mutating func append(
    _ access: saddle_access, _ memory: UnsafeMutablePointer<Float>?
  ) -> Int {
    var operand = saddle_operand()
    operand.access = access
    operand.memory = memory
    operands.append(operand)
    return operands.count - 1
  }
}

extension saddle_operand {
  /// Chooses the cheapest access for a broadcast from `source` to `target` of equal rank.
  fileprivate mutating func setPattern(source: [Int], target: [Int]) {
    let isRepeated = zip(source, target).map { $0 == 1 && $1 != 1 }
    let matters = target.indices.filter { target[$0] != 1 }
    let leading = matters.prefix { isRepeated[$0] }
    let trailing = matters.reversed().prefix { isRepeated[$0] }
    let repeated = matters.filter { isRepeated[$0] }
    if repeated.count == matters.count {
      access = SADDLE_SCALAR
    } else if leading.count == repeated.count {
      access = SADDLE_PERIODIC
      period = Int32(source.reduce(1, *))
    } else if trailing.count == repeated.count {
      access = SADDLE_REPEATED
      period = Int32(trailing.map { target[$0] }.reduce(1, *))
    } else {
      layout = saddle_layout(
        target, strides: zip(rowMajorStrides(source), source).map { $1 == 1 ? 0 : $0 })
    }
  }
}

private func leastCommonMultiple(_ a: Int, _ b: Int) -> Int {
  var (x, y) = (a, b)
  while y != 0 { (x, y) = (y, x % y) }
  return a / x * b
}
