/// A look over YAML text before it is composed: finds anchors, aliases, tags and directives, which
/// experiment files may not use (an alias in a key costs time that grows exponentially), and
/// nesting that is too deep to follow.
///
/// It follows YAML's lexical contexts only as far as it takes to know where a node can start:
/// quotes, comments, block scalars and plain scalars that run over several lines. What is not YAML
/// at all is left to the parser to report.
struct MarkupScan {
  /// The deepest nesting of lists and maps.
  static let depthLimit = 64

  /// The first thing in `text` that is refused, or nil.
  static func firstProblem(in text: String, file: String) -> Diagnostic? {
    var scan = MarkupScan(text: text, file: file)
    return scan.run()
  }

  private let bytes: [UInt8]
  private let file: String
  private var index = 0
  private var line = 1
  private var lineStart = 0
  /// The columns of the block lists and maps around the current position.
  private var levels: [Int] = []
  private var flowDepth = 0
  /// The column that a block scalar's lines must exceed, while one is open.
  private var blockScalarParent: Int?
  /// Whether the last token was a plain scalar that the next line can continue.
  private var isPlainOpen = false
  private var problem: Diagnostic?

  private init(text: String, file: String) {
    bytes = Array(text.utf8)
    self.file = file
  }

  private mutating func run() -> Diagnostic? {
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) {
      index = 3
      lineStart = 3
    }
    while index < bytes.count, problem == nil {
      beginLine()
      while index < bytes.count, problem == nil, !isLineBreak(bytes[index]) { scanToken() }
      endLine()
    }
    return problem
  }
}

// MARK: Lines

extension MarkupScan {
  private func isLineBreak(_ byte: UInt8) -> Bool { byte == 0x0A || byte == 0x0D }

  private func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 }

  private func byte(at position: Int) -> UInt8? {
    position < bytes.count ? bytes[position] : nil
  }

  /// Whether a token that is an indicator only before white space ends at `position`.
  private func isSpace(at position: Int) -> Bool {
    byte(at: position).map { isBlank($0) || isLineBreak($0) } ?? true
  }

  private mutating func endLine() {
    guard index < bytes.count else { return }
    if bytes[index] == 0x0D, byte(at: index + 1) == 0x0A { index += 1 }
    index += 1
    line += 1
    lineStart = index
  }

  private mutating func skipLine() {
    while index < bytes.count, !isLineBreak(bytes[index]) { index += 1 }
  }

  private mutating func beginLine() {
    while byte(at: index) == 0x20 { index += 1 }
    guard let first = byte(at: index), !isLineBreak(first) else { return }
    let indent = index - lineStart
    if let parent = blockScalarParent {
      if indent > parent { return skipLine() }
      blockScalarParent = nil
    }
    guard flowDepth == 0 else { return }
    if isPlainOpen, indent > levels.last ?? -1, first != UInt8(ascii: "#") {
      return scanPlain(from: nil)
    }
    isPlainOpen = false
    while let last = levels.last, last > indent { levels.removeLast() }
    if indent == 0 { scanDocumentMark() }
  }

  private mutating func scanDocumentMark() {
    if byte(at: index) == UInt8(ascii: "%") { refuse("directives are") }
    let mark = bytes[index...].prefix(3)
    if mark.elementsEqual("---".utf8) || mark.elementsEqual("...".utf8), isSpace(at: index + 3) {
      index += 3
    }
  }

  private mutating func refuse(_ what: String) {
    report("\(what) not allowed here; write the value out")
  }

  private mutating func report(_ message: String) {
    let column = bytes[lineStart..<index].count { $0 & 0xC0 != 0x80 } + 1
    problem = Diagnostic(Place(file: file, line: line, column: column), message)
  }
}

// MARK: Tokens

extension MarkupScan {
  private mutating func scanToken() {
    let next = bytes[index]
    if flowDepth > 0, isPlainOpen, !isBlank(next) { return scanPlain(from: nil) }
    switch next {
    case 0x20, 0x09: index += 1
    case UInt8(ascii: "#") where index == lineStart || isBlank(bytes[index - 1]): skipLine()
    case UInt8(ascii: "&"): refuse("anchors are")
    case UInt8(ascii: "*"): refuse("aliases are")
    case UInt8(ascii: "!"): refuse("tags are")
    case UInt8(ascii: "\""), UInt8(ascii: "'"): scanQuoted(next)
    case UInt8(ascii: "["), UInt8(ascii: "{"): open()
    case UInt8(ascii: "]"), UInt8(ascii: "}"):
      flowDepth = max(0, flowDepth - 1)
      index += 1
    case UInt8(ascii: ",") where flowDepth > 0: index += 1
    case UInt8(ascii: ":") where flowDepth > 0 || isSpace(at: index + 1): index += 1
    case UInt8(ascii: "-"), UInt8(ascii: "?"):
      if isSpace(at: index + 1) { scanBlockIndicator() } else { scanPlain(from: index) }
    case UInt8(ascii: "|"), UInt8(ascii: ">"):
      if flowDepth > 0 { return scanPlain(from: index) }
      blockScalarParent = levels.last ?? -1
      skipLine()
    default: scanPlain(from: index)
    }
  }

  private mutating func open() {
    flowDepth += 1
    if flowDepth + levels.count > Self.depthLimit { reportDepth() }
    index += 1
  }

  private mutating func reportDepth() {
    report("lists and maps are nested more than \(Self.depthLimit) deep")
  }

  private mutating func enterLevel(column: Int) {
    guard flowDepth == 0, column > levels.last ?? -1 else { return }
    levels.append(column)
    if levels.count > Self.depthLimit { reportDepth() }
  }

  private mutating func scanBlockIndicator() {
    enterLevel(column: index - lineStart)
    index += 1
  }

  private mutating func scanQuoted(_ quote: UInt8) {
    let column = index - lineStart
    let startLine = line
    index += 1
    while let next = byte(at: index) {
      if isLineBreak(next) {
        endLine()
        continue
      }
      index += 1
      if next == UInt8(ascii: "\\"), quote == UInt8(ascii: "\"") {
        if let escaped = byte(at: index), !isLineBreak(escaped) { index += 1 }
      } else if next == quote {
        if quote == UInt8(ascii: "'"), byte(at: index) == quote {
          index += 1
        } else {
          break
        }
      }
    }
    let rest = bytes[index...].drop(while: isBlank)
    if rest.first == UInt8(ascii: ":"), startLine == line { enterLevel(column: column) }
  }

  /// Moves to the end of a plain scalar on this line; a start of nil continues one from the line
  /// before.
  private mutating func scanPlain(from start: Int?) {
    let column = start.map { $0 - lineStart }
    isPlainOpen = true
    while let next = byte(at: index), !isLineBreak(next) {
      if next == UInt8(ascii: ":"), isSpace(at: index + 1) || isFlowIndicator(at: index + 1) {
        isPlainOpen = false
        if let column { enterLevel(column: column) }
        index += 1
        return
      }
      let isComment = next == UInt8(ascii: "#") && index > lineStart && isBlank(bytes[index - 1])
      if isComment || isFlowIndicator(at: index) {
        isPlainOpen = false
        return
      }
      index += 1
    }
  }

  private func isFlowIndicator(at position: Int) -> Bool {
    guard flowDepth > 0, let byte = byte(at: position) else { return false }
    return ",[]{}".utf8.contains(byte)
  }
}
