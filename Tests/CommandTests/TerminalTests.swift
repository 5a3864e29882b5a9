import Foundation
import Testing

/// What a terminal shows of a sweep.
@Suite(.needsCommand, .tags(.command)) struct TerminalTests {
  /// A terminal of the system with nobody before it.
  private struct Terminal: Sendable {
    let control: Int32
    let device: FileHandle

    init(rows: UInt16, columns: UInt16) throws {
      control = open("/dev/ptmx", O_RDWR | O_NOCTTY | O_CLOEXEC)
      try #require(control >= 0)
      let name = try Self.unlock(control)
      let descriptor = open(name, O_RDWR | O_NOCTTY | O_CLOEXEC)
      try #require(descriptor >= 0)
      device = FileHandle(fileDescriptor: descriptor)
      var size = winsize(ws_row: rows, ws_col: columns, ws_xpixel: 0, ws_ypixel: 0)
      try #require(ioctl(control, UInt(TIOCSWINSZ), &size) == 0)
    }

    /// Makes the device usable and returns its name.
    private static func unlock(_ control: Int32) throws -> String {
      #if os(Linux)
        // Swift does not see grantpt and its like, which Linux makes of these two requests.
        let (setLock, getNumber): (UInt, UInt) = (0x4004_5431, 0x8004_5430)
        var (lock, number): (Int32, UInt32) = (0, 0)
        try #require(ioctl(control, setLock, &lock) == 0)
        try #require(ioctl(control, getNumber, &number) == 0)
        return "/dev/pts/\(number)"
      #else
        try #require(grantpt(control) == 0 && unlockpt(control) == 0)
        return try #require(ptsname(control).map { String(cString: $0) })
      #endif
    }

    /// All that was written to the device, once nobody has it open any more.
    func text() -> String {
      var bytes: [UInt8] = []
      var chunk = [UInt8](repeating: 0, count: 4096)
      while true {
        let count = read(control, &chunk, chunk.count)
        if count <= 0 { return String(decoding: bytes, as: UTF8.self) }
        bytes += chunk[..<count]
      }
    }
  }

  /// Sweeps with standard error on a terminal.
  private func sweep(
    _ space: Workspace, term: String, rows: UInt16 = 24, columns: UInt16 = 60,
    _ environment: [String: String] = [:]
  ) async throws -> (text: String, status: Int32) {
    let terminal = try Terminal(rows: rows, columns: columns)
    defer { close(terminal.control) }
    async let text = onThread { terminal.text() }
    let result = try await space.saddle(
      ["sweep", "tiny", "--jobs", "2"],
      environment: environment.merging(["TERM": term]) { $1 }, errors: terminal.device)
    return (try await text, result.status)
  }

  @Test func blockIsDrawnOverAndTakenAway() async throws {
    let text = Workspace.tiny.replacing(
      "none", with: "a label that is much longer than a line of 60 columns"
    )
    .replacing("    r1:", with: "    \"\\e[2Jr1\":").replacing("steps: 40", with: "steps: 3000")
    let space = try Workspace(["tiny": text])
    let (output, status) = try await sweep(space, term: "xterm")
    #expect(status == 0)
    #expect(output.contains("/6 runs"))
    #expect(output.contains("step ") || output.contains("preparing"))
    #expect(!output.contains("\u{1B}[2J"))
    var screen = Screen()
    screen.write(output)
    let lines = screen.lines.filter { !$0.isEmpty }
    #expect(lines.count == 2, "\(screen.lines)")
    #expect(lines.first == "tiny: 2 arms × 3 seeds = 6 runs: 6 to train on 2 workers")
    #expect(lines.last?.hasPrefix("6 runs in ") == true)
    #expect(screen.isWrapping)
    #expect(screen.unknown.isEmpty)
    #expect(screen.colours.contains("[32m") && screen.colours.last == "[0m")
    #expect(!screen.colours.contains("[31m"))
  }

  @Test(arguments: ["1", ""])
  func coloursCanBeRefused(_ value: String) async throws {
    let (output, _) = try await sweep(try Workspace(), term: "xterm", ["NO_COLOR": value])
    var screen = Screen()
    screen.write(output)
    #expect(screen.colours.isEmpty == !value.isEmpty)
  }

  /// Nothing is wider than the terminal or higher than it.
  @Test(arguments: [(10, 40), (3, 12), (1, 1)] as [(UInt16, UInt16)])
  func smallTerminals(_ rows: UInt16, _ columns: UInt16) async throws {
    let text = Workspace.tiny.replacing("none", with: "漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字")
    let (output, status) = try await sweep(
      try Workspace(["tiny": text]), term: "xterm", rows: rows, columns: columns)
    #expect(status == 0)
    var screen = Screen()
    screen.write(output)
    #expect(screen.unknown.isEmpty)
    #expect(screen.lines.filter { !$0.isEmpty }.count == 2, "\(screen.lines)")
  }

  @Test func dumbTerminalsGetLines() async throws {
    let (output, status) = try await sweep(try Workspace(), term: "dumb")
    #expect(status == 0)
    #expect(!output.contains("\u{1B}"))
    #expect(output.contains("[6/6] "))
  }
}

/// As much of a terminal as the command uses: lines, the cursor's way up, and what is erased.
private struct Screen {
  private(set) var lines = [""]
  private(set) var isWrapping = true
  private(set) var unknown: [String] = []
  private(set) var colours: [String] = []
  private var row = 0
  private var column = 0

  mutating func write(_ text: String) {
    var rest = Array(text.unicodeScalars)[...]
    while let scalar = rest.popFirst() {
      switch scalar {
      case "\n":
        row += 1
        if row == lines.count { lines.append("") }
      case "\r": column = 0
      case "\u{1B}": escape(&rest)
      default: put(scalar)
      }
    }
  }

  private mutating func put(_ scalar: Unicode.Scalar) {
    var characters = Array(lines[row].unicodeScalars)
    while characters.count <= column { characters.append(" ") }
    characters[column] = scalar
    lines[row] = String(String.UnicodeScalarView(characters))
    column += 1
  }

  private mutating func escape(_ rest: inout ArraySlice<Unicode.Scalar>) {
    var sequence = ""
    while let scalar = rest.popFirst() {
      sequence.unicodeScalars.append(scalar)
      if scalar.properties.isAlphabetic { break }
    }
    switch sequence {
    case "[?7l": isWrapping = false
    case "[?7h": isWrapping = true
    case "[K": lines[row] = String(lines[row].prefix(column))
    case "[2K": lines[row] = ""
    case let colour where colour.hasSuffix("m"): colours.append(colour)
    case "[J":
      lines[row] = String(lines[row].prefix(column))
      lines.removeSubrange((row + 1)...)
    case let up where up.hasSuffix("A"):
      row -= Int(up.dropFirst().dropLast()) ?? 1
      if row < 0 { unknown.append(up) }
      row = max(row, 0)
    default: unknown.append(sequence)
    }
  }
}
