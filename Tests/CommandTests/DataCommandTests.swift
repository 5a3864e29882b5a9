import Foundation
import Testing

/// The files that are there for tests of real data.
private let realData = ProcessInfo.processInfo.environment["SADDLE_DATA"].flatMap { folder in
  FileManager.default.fileExists(atPath: folder + "/digits/optdigits.tra") ? folder : nil
}

/// What `data` shows, downloads and checks.
@Suite(.needsCommand, .tags(.command)) struct DataCommandTests {
  @Test func listsWhatIsThere() async throws {
    let space = try Workspace()
    func write(_ count: Int, _ name: String) throws {
      try space.write([UInt8](repeating: 0, count: count), to: "data/\(name)")
    }
    try write(28_881, "mnist/train-labels-idx1-ubyte.gz")
    try write(3, "fashion-mnist/t10k-labels-idx1-ubyte.gz")
    try write(3, "cifar-10/cifar-10-binary.tar.gz")
    try write(563_639, "digits/optdigits.tra")
    try write(264_712, "digits/optdigits.tes")
    let environment = ["SADDLE_DATA": "data"]
    let list = try await space.saddle("data", environment: environment)
    #expect(list.status == 0)
    #expect(
      list.output == """
        data in data

        mnist          incomplete: no data/mnist/train-images-idx3-ubyte.gz, \
        data/mnist/t10k-images-idx3-ubyte.gz, data/mnist/t10k-labels-idx1-ubyte.gz; \
        'saddle data fetch mnist' completes it
        fashion-mnist  damaged: data/fashion-mnist/t10k-labels-idx1-ubyte.gz: 3 bytes, not 5148; \
        no data/fashion-mnist/train-images-idx3-ubyte.gz, \
        data/fashion-mnist/train-labels-idx1-ubyte.gz, \
        data/fashion-mnist/t10k-images-idx3-ubyte.gz; \
        'saddle data fetch fashion-mnist' gets the published files
        cifar-10       damaged: data/cifar-10/cifar-10-binary.tar.gz: 3 bytes, not 170052171; \
        'saddle data fetch cifar-10' gets the published files
        digits         present, 828 kB

        """)
    #expect(try await space.saddle("data", "list", "--in", "data").output == list.output)
    let none = try await space.saddle("data", "list")
    #expect(
      none.output.hasPrefix("no folder of data: set SADDLE_DATA to one\n\nmnist          missing;"))

    let json = try await space.saddle("data", "list", "--json", environment: environment).output
    let document = try #require(
      try JSONSerialization.jsonObject(with: Data(json.utf8)) as? [String: Any])
    #expect(document["folder"] as? String == "data")
    let sets = try #require(document["sets"] as? [[String: Any]])
    #expect(
      sets.compactMap { $0["state"] as? String }
        == ["incomplete", "damaged", "damaged", "present"])
    #expect((sets[0]["missing"] as? [String])?.count == 3)
    #expect(sets[2]["downloadBytes"] as? Int == 170_052_171)
    #expect(
      sets[2]["damaged"] as? [String]
        == ["data/cifar-10/cifar-10-binary.tar.gz: 3 bytes, not 170052171"])
    #expect(sets[3]["damaged"] as? [String] == [])
  }

  @Test func refusesWhatItDoesNotKnow() async throws {
    let space = try Workspace()
    for (arguments, message) in [
      (
        ["fetch", "mnist"],
        "saddle: no folder of data: set SADDLE_DATA to one, or name it with --into\n"
      ),
      (["verify"], "saddle: no folder of data: set SADDLE_DATA to one, or name it with --into\n"),
      (
        ["fetch", "ring8", "--into", "data"],
        "saddle: no public data set 'ring8'; there are mnist, fashion-mnist, cifar-10, digits\n"
      ),
    ] {
      let result = try await space.saddle(["data"] + arguments)
      #expect(result.status == 2 && result.errors == message, "\(arguments)")
    }
    for mirror in ["/srv/data", "file:///srv/data", "https://", "-x"] {
      let result = try await space.saddle(
        "data", "fetch", "digits", "--into", "data", "--mirror=\(mirror)")
      #expect(result.status == 2, "\(mirror)")
      #expect(result.lines.first?.contains("--mirror takes an address") == true, "\(mirror)")
    }
    #expect(try await space.saddle("data", "fetch").status == 2)
    #expect(!space.exists("data"))
  }

  @Test func verifyTellsDamageFromAbsence() async throws {
    let space = try Workspace()
    try space.write("", to: "data/other")
    let nothing = try await space.saddle("data", "verify", "--in", "data")
    #expect(nothing.status == 4 && nothing.errors == "data: no public data set to compare\n")
    try space.write("0,1\n", to: "data/digits/optdigits.tra")
    for names in [[], ["digits"]] {
      let damaged = try await space.saddle(["data", "verify", "--in", "data"] + names)
      #expect(damaged.status == 5)
      #expect(
        damaged.errors == """
          data/digits/optdigits.tra: its content is not the published one
          data/digits/optdigits.tes: no such file
          digits: 'saddle data fetch digits' gets the published files

          """)
    }
  }

  @Test func withoutCurlSaysSo() async throws {
    let space = try Workspace()
    let result = try await space.saddle(
      "data", "fetch", "digits", "--into", "data", "--mirror", "http://127.0.0.1:1",
      search: "/nonexistent")
    #expect(result.status == 6)
    #expect(
      result.lines.last
        == "saddle: files are downloaded by the program curl, which is not in PATH: install it")
  }

  @Test(.enabled(if: LoopbackServer.isPossible, "python3 or curl is not in PATH"))
  func fetchRefusesAnotherContent() async throws {
    let space = try Workspace()
    try space.write("not digits\n", to: "mirror/digits/optdigits.tra")
    let server = try LoopbackServer(space.path + "/mirror")
    let result = try await space.saddle(
      "data", "fetch", "digits", "--into", "data", "--mirror", server.address)
    #expect(result.status == 5)
    #expect(
      result.lines.last
        == "saddle: \(server.address)/digits/optdigits.tra: not the published optdigits.tra, by its "
        + "SHA-256; nothing of it is kept, --mirror takes another address")
    #expect(try space.contents("data").isEmpty)
    let missing = try await space.saddle(
      "data", "fetch", "mnist", "--into", "data", "--mirror", server.address)
    #expect(missing.status == 6)
    #expect(
      missing.lines.last?.hasSuffix(
        "The requested URL returned error: 404; asking again does not help, --mirror takes another "
          + "address") == true)
    #expect(try space.contents("data").isEmpty)
  }

  @Test(
    .enabled(if: LoopbackServer.isPossible, "python3 or curl is not in PATH"),
    .enabled(if: realData != nil, "SADDLE_DATA names no folder with digits/"))
  func fetchesAndVerifies() async throws {
    let space = try Workspace()
    let server = try LoopbackServer(try #require(realData))
    let arguments = ["data", "fetch", "digits", "--into", "data", "--mirror", server.address + "/"]
    let first = try await space.saddle(arguments)
    #expect(first.status == 0)
    #expect(first.output == "digits: 2 files as published in data\n")
    #expect(
      first.errors == """
        digits/optdigits.tra: from \(server.address)/digits/optdigits.tra
        digits/optdigits.tra: 564 kB, as published
        digits/optdigits.tes: from \(server.address)/digits/optdigits.tes
        digits/optdigits.tes: 265 kB, as published

        """)
    let again = try await space.saddle(arguments)
    #expect(
      again.errors == "digits/optdigits.tra: is there\ndigits/optdigits.tes: is there\n")
    let verified = try await space.saddle("data", "verify", "--in", "data")
    #expect(verified.status == 0 && verified.output == "digits: 2 files as published\n")
  }
}

/// Python's own server for a folder; it ends with the value.
private final class LoopbackServer {
  let address: String
  private let process = Process()

  static let isPossible = ["python3", "curl"].allSatisfy { program in
    let search = ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin"
    return search.split(separator: ":")
      .contains { FileManager.default.isExecutableFile(atPath: "\($0)/\(program)") }
  }

  init(_ folder: String) throws {
    let output = Pipe()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = [
      "python3", "-u", "-m", "http.server", "0", "--bind", "127.0.0.1", "--directory", folder,
    ]
    process.standardOutput = output
    process.standardError = FileHandle.nullDevice
    try process.run()
    // "Serving HTTP on 127.0.0.1 port 40123 (http://…) ..."
    let line = String(decoding: output.fileHandleForReading.availableData, as: UTF8.self)
    let words = line.split(separator: " ")
    let port = words.firstIndex(of: "port").flatMap { Int(words[$0 + 1]) }
    address = "http://127.0.0.1:\(try #require(port, "the server said '\(line)'"))"
  }

  deinit {
    // Processes that tests start may have SIGTERM blocked, as the threads of tests have.
    kill(process.processIdentifier, SIGKILL)
    process.waitUntilExit()
  }
}
