import Foundation
import Testing

/// A Python that has PyTorch, with which what the command writes can be read.
enum PyTorch {
  /// Its path, as SADDLE_PYTHON gives it.
  static let python = ProcessInfo.processInfo.environment["SADDLE_PYTHON"]

  /// Runs a script of `Tests/Golden`; returns its exit status and what it wrote.
  static func run(_ script: String, _ arguments: [String]) async throws -> (Int32, String) {
    let python = try #require(Self.python)
    let folder = URL(fileURLWithPath: #filePath)
      .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("Golden")
    return try await onThread {
      let (process, pipe) = (Process(), Pipe())
      process.executableURL = URL(fileURLWithPath: python)
      process.arguments = [folder.appendingPathComponent(script).path] + arguments
      process.environment = ["PYTHONDONTWRITEBYTECODE": "1", "PATH": "/usr/bin:/bin"]
      process.standardOutput = pipe
      process.standardError = pipe
      try process.run()
      let text = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
      process.waitUntilExit()
      return (process.terminationStatus, text)
    }
  }
}

extension Trait where Self == ConditionTrait {
  /// Skips tests that read files with PyTorch, with a reason.
  static var needsPyTorch: Self {
    .enabled(if: PyTorch.python != nil, "SADDLE_PYTHON names no Python that has PyTorch")
  }
}

/// `trace` and `export`, and the same in PyTorch.
@Suite(.needsCommand, .tags(.command)) struct TraceCommandTests {
  /// Arms whose traces have every kind of program and input.
  private static let arms = """
    question: Is it the same elsewhere?
    fixed: {data: ring8, train: {steps: 20, batch: 8}, evaluate: {points: 2, samples: 64, reference: 64}}
    axes:
      arm:
        plain: {penalty: r1}
        lazy: {penalty: [{preset: wgan-gp, every: 2}, {preset: dragan, norm: l1}], loss: wasserstein, train.criticSteps: 2}
        dropout: {critic.dropout: 0.3, generator.dropout: {name: linear, from: 0.1, to: 0.2}, loss: hinge}
        clipping: {critic.constraint: clipping, optimizer: rmsprop, latent.distribution: uniform}
        unrolled: {train.unroll: 2, penalty: r2, optimizer: {name: sgd, momentum: 0.5}, generator.activation: tanh, critic.activation: tanh}
        images:
          data: {name: glyphs, size: 16}
          generator: {architecture: {name: dcgan, width: 2}, normalizer: batch, output: tanh, average: 0.9}
          critic: {architecture: {name: dcgan, width: 2}, constraint: spectral}
        residual:
          data: {name: glyphs, size: 10}
          generator: {architecture: {name: resnet, width: 2}, normalizer: virtual-batch, constraint: weight-norm}
          critic: {architecture: {name: resnet, width: 2}, normalizer: {name: layer, affine: element}}
        autoencoder:
          loss: {name: began, code: 3, rate: 0.1}
          penalty: {preset: consensus, every: 2, weight: 0.001}
          critic: {constraint: spectral, normalizer: batch, activation: tanh}
          train: {play: extragradient, lookahead.every: 2, noise: 0.1}
        projected:
          data: {name: glyphs, size: 16}
          loss: {name: infomax, dimensions: 5}
          penalty: {preset: zcr, every: 2}
          generator: {architecture: {name: dcgan, width: 2}, output: tanh, penalty: orthogonal}
          critic: {architecture: {name: dcgan, width: 2}, gradientClipping: norm, optimizer: adamw}
        exact: {generator.architecture: affine, critic.architecture: quadratic, penalty: consensus, train.play: simultaneous}
    seeds: 1
    metrics: {frechet: {primary: true}}

    """
  private static let names = [
    "plain", "lazy", "dropout", "clipping", "unrolled", "images", "residual", "autoencoder",
    "projected", "exact",
  ]

  @Test func whatItWrites() async throws {
    let space = try Workspace()
    let arguments = ["trace", "tiny", "--arm", "r1", "--steps", "2", "--out", "a.safetensors"]
    let first = try await space.saddle(arguments)
    #expect(first.status == 0 && first.errors.isEmpty)
    #expect(first.output.hasPrefix("tiny · r1 · seed 0\n2 steps, "))
    #expect(first.output.hasSuffix("wrote a.safetensors\n"))
    let bytes = try space.bytes("a.safetensors")
    let again = try await space.saddle(arguments)
    #expect(again.status == 2)
    #expect(again.errors == "saddle: --out a.safetensors: exists already; --force replaces it\n")
    #expect(try await space.saddle(arguments + ["--force", "--seed", "1"]).status == 0)
    #expect(try space.bytes("a.safetensors") != bytes)
    #expect(try await space.saddle(arguments + ["--force"]).status == 0)
    #expect(try space.bytes("a.safetensors") == bytes)
    #expect(!space.exists("results"))
  }

  @Test(arguments: [
    (["--steps", "41"], 2, "saddle: 41 steps are asked for, but the run has 40\n"),
    (
      ["--out", "nowhere/a"], 6,
      "saddle: nowhere/a: cannot write: there is no folder SPACE/nowhere that can be written\n"
    ),
    (["--out", "Experiments"], 2, "saddle: --out Experiments: this is a folder; name a file\n"),
    (
      ["--arm", "regularizer=none,regularizer=r1"], 2,
      "saddle: 2 arms match: 'none', 'r1'; choose one with --arm and its name, or regularizer=…\n"
    ),
  ])
  func mistakes(_ options: [String], _ status: Int32, _ message: String) async throws {
    let space = try Workspace()
    var arguments = ["--arm", "none", "--out", "a.safetensors"]
    if let position = arguments.firstIndex(of: options[0]) {
      arguments.replaceSubrange(position..<position + 2, with: options)
    } else {
      arguments += options
    }
    let result = try await space.saddle(["trace", "tiny"] + arguments)
    #expect(result.status == status)
    // The temporary folder may be a link.
    #expect(
      result.errors.replacing(/no folder .*\/nowhere/, with: "no folder SPACE/nowhere") == message)
    #expect(result.output.isEmpty && !space.exists("a.safetensors"))
  }

  @Test func exportNeedsARun() async throws {
    let space = try Workspace()
    let export = ["export", "tiny", "--arm", "r1", "--out", "w.safetensors"]
    let missing = try await space.saddle(export)
    #expect(missing.status == 4)
    #expect(
      missing.errors
        == "results: no run of 'r1' with seed 0; made by: saddle run tiny --arm r1 --seed 0\n")
    #expect(try await space.saddle("run", "tiny", "--arm", "r1").status == 0)
    let result = try await space.saddle(export)
    #expect(result.status == 0)
    #expect(
      result.output == """
        tiny · r1 · seed 0 · generator, after 40 steps
          0: Linear(2, 8)
          1: LeakyReLU(0.2)
          2: Linear(8, 2)
        wrote w.safetensors

        """)
    let early = try await space.saddle(export + ["--point", "3", "--force"])
    #expect(early.status == 2)
    #expect(
      early.errors == "saddle: the run did not keep the weights after step 3, but after: "
        + "0, 4, 8, 12, 16, 20, 24, 28, 32, 36, 40\n")
  }

  /// Workers of a sweep start with the file too, and a file that is not there is told at its place.
  @Test func startingWithWeights() async throws {
    let text = Workspace.tiny.replacing(
      "    r1: {", with: "    r1: {generator.weights: w.safetensors, ")
    let space = try Workspace(["tiny": Workspace.tiny, "next": text])
    let plan = try await space.saddle("plan", "next")
    #expect(plan.status == 2)
    #expect(
      plan.errors == "saddle: Experiments/next.yaml:11:10: Experiments/w.safetensors: no file of "
        + "weights that can be read (in arm 'r1')\n")
    #expect(try await space.saddle("run", "tiny", "--arm", "none").status == 0)
    #expect(
      try await space.saddle(
        "export", "tiny", "--arm", "none", "--out", "Experiments/w.safetensors"
      ).status == 0)
    let sweep = try await space.saddle("sweep", "next", "--no-report", "--jobs", "2")
    #expect(sweep.status == 0)
    // The run that made the file is shared; the arm that starts with it is trained.
    #expect(try await space.saddle("verify", "next", "--sample", "2").status == 0)
  }

  @Test(.needsPyTorch) func tracesInPyTorch() async throws {
    let space = try Workspace(["arms": Self.arms])
    for name in Self.names {
      for flags in [[], ["--reference"]] {
        let file = "\(name)\(flags.count).safetensors"
        let result = try await space.saddle(
          ["trace", "arms", "--arm", name, "--steps", "4", "--out", file] + flags)
        #expect(result.status == 0, "\(result.errors)")
      }
    }
    let files = Self.names.flatMap { name in
      [0, 1].map { "\(space.path)/\(name)\($0).safetensors" }
    }
    let (status, text) = try await PyTorch.run("replay_trace.py", files)
    #expect(status == 0, "\(text)")
    #expect(text.split(separator: "\n").count == files.count)
    // A check that can fail: another learning rate in the metadata gives other states.
    var bytes = try space.bytes("plain0.safetensors")
    let rate = Array(#"rate\":{\"name\":\"constant\",\"value\":0.001"#.utf8)
    let place = try #require(bytes.firstRange(of: rate))
    bytes[place.upperBound - 1] = UInt8(ascii: "2")
    try space.write(bytes, to: "wrong.safetensors")
    let wrong = try await PyTorch.run("replay_trace.py", ["\(space.path)/wrong.safetensors"])
    #expect(wrong.0 == 1 && wrong.1.contains("DIFFERS"), "\(wrong.1)")
  }

  /// A script makes an arm of each entry of each table; the others of them run by hand.
  @Test(.needsPyTorch) func everyEntryInPyTorch() async throws {
    let some = [
      "loss-cramer-simultaneous", "loss-mmd-li-unrolled", "penalty-lecam", "penalty-list",
      "transform-flip-shift", "optimizer-optimistic-adam", "clipping-norm-unrolled",
    ]
    let saddle = try #require(Command.path)
    let (status, text) = try await PyTorch.run("replay_all.py", [saddle, "--only"] + some)
    #expect(status == 0, "\(text)")
    let (few, none) = try await PyTorch.run("replay_all.py", [saddle, "--only", "no-such"])
    #expect(few == 1 && none == "0 arms, 0 of which differ\n", "\(none)")
  }

  @Test func networksThatAreNotThere() async throws {
    let space = try Workspace()
    #expect(try await space.saddle("run", "tiny", "--arm", "r1").status == 0)
    let result = try await space.saddle(
      "export", "tiny", "--arm", "r1", "--network", "critic.decoder", "--out", "w")
    #expect(result.status == 2)
    #expect(
      result.errors
        == "saddle: this run has no network 'critic.decoder'; what it has: generator, critic\n")
  }

  @Test(.needsPyTorch) func weightsInPyTorch() async throws {
    let space = try Workspace(["arms": Self.arms])
    let parts = [
      "autoencoder": ["critic.decoder"], "projected": ["critic.local", "critic.global"],
    ]
    for name in ["clipping", "images", "residual", "autoencoder", "projected", "exact"] {
      #expect(try await space.saddle("run", "arms", "--arm", name).status == 0)
      for network in ["generator", "critic"] + (parts[name] ?? []) {
        let (weights, examples) = ("\(name)-\(network).w", "\(name)-\(network).x")
        let result = try await space.saddle(
          "export", "arms", "--arm", name, "--network", network, "--out", weights, "--examples",
          examples)
        #expect(result.status == 0, "\(result.errors)")
        let (status, text) = try await PyTorch.run(
          "load_export.py", ["\(space.path)/\(weights)", "\(space.path)/\(examples)"])
        #expect(status == 0, "\(text)")
      }
    }
  }
}
