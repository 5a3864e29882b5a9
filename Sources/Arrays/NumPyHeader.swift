/// The header of a `.npy` file: `{'descr': '<f4', 'fortran_order': False, 'shape': (3, 4), }`.
struct NumPyHeader: Equatable {
  let descriptor: String
  let isFortranOrder: Bool
  let shape: [Int]

  init(descriptor: String, isFortranOrder: Bool, shape: [Int]) {
    self.descriptor = descriptor
    self.isFortranOrder = isFortranOrder
    self.shape = shape
  }

  /// The dictionary as `numpy.save` prints it, without padding.
  var text: String {
    let extents = shape.map(String.init).joined(separator: ", ")
    let tuple = shape.count == 1 ? "(\(extents),)" : "(\(extents))"
    let order = isFortranOrder ? "True" : "False"
    return "{'descr': '\(descriptor)', 'fortran_order': \(order), 'shape': \(tuple), }"
  }

  /// Reads a dictionary with exactly the three keys, in any order; nil when it is anything else.
  init?(parsing bytes: ArraySlice<UInt8>) {
    var scanner = PythonScanner(rest: bytes)
    var descriptor: String?
    var order: Bool?
    var shape: [Int]?
    guard scanner.take("{") else { return nil }
    while !scanner.take("}") {
      guard let key = scanner.string(), scanner.take(":") else { return nil }
      switch key {
      case "descr" where descriptor == nil: descriptor = scanner.string()
      case "fortran_order" where order == nil: order = scanner.boolean()
      case "shape" where shape == nil: shape = scanner.tuple()
      default: return nil
      }
      if !scanner.take(",") {
        guard scanner.take("}") else { return nil }
        break
      }
    }
    guard scanner.isAtEnd, let descriptor, let order, let shape else { return nil }
    self.init(descriptor: descriptor, isFortranOrder: order, shape: shape)
  }
}

/// Reads the few Python literals that a `.npy` header holds; spaces and line ends between them do not matter.
private struct PythonScanner {
  var rest: ArraySlice<UInt8>

  var isAtEnd: Bool {
    mutating get {
      skipSpace()
      return rest.isEmpty
    }
  }

  mutating func skipSpace() {
    rest = rest.drop { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\n") }
  }

  /// Steps over `token` if it comes next.
  mutating func take(_ token: String) -> Bool {
    skipSpace()
    guard rest.starts(with: token.utf8) else { return false }
    rest = rest.dropFirst(token.utf8.count)
    return true
  }

  /// A string in single or double quotes without escapes.
  mutating func string() -> String? {
    skipSpace()
    guard let quote = rest.first, quote == UInt8(ascii: "'") || quote == UInt8(ascii: "\"") else {
      return nil
    }
    rest = rest.dropFirst()
    guard let end = rest.firstIndex(of: quote) else { return nil }
    defer { rest = rest[(end + 1)...] }
    let content = rest[..<end]
    return content.contains(UInt8(ascii: "\\")) ? nil : String(decoding: content, as: UTF8.self)
  }

  mutating func boolean() -> Bool? {
    take("True") ? true : take("False") ? false : nil
  }

  /// A tuple of whole numbers: `()`, `(3,)`, `(3, 4)`.
  mutating func tuple() -> [Int]? {
    guard take("(") else { return nil }
    var numbers: [Int] = []
    while !take(")") {
      skipSpace()
      let digits = rest.prefix { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
      guard let number = Int(String(decoding: digits, as: UTF8.self)) else { return nil }
      numbers.append(number)
      rest = rest.dropFirst(digits.count)
      if !take(",") {
        guard take(")") else { return nil }
        break
      }
    }
    return numbers
  }
}
