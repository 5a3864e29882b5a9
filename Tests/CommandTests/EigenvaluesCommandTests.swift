import Foundation
import Testing

/// What `eigenvalues` says to people and to scripts, and what it refuses.
@Suite(.needsCommand, .tags(.command)) struct EigenvaluesCommandTests {
  private static let experiment = """
    question: Does it converge?
    fixed:
      data: dirac
      latent.size: 1
      loss: wasserstein
      generator.architecture: point
      critic.architecture: linear
      optimizer: {name: sgd, rate: 0.1}
      train: {steps: 10, batch: 2}
    axes:
      regularizer:
        none: {}
        r1: {penalty: {preset: r1, weight: 1}}
    seeds: 2
    metrics: {frechet: {}}

    """

  private static let origin = ["--at", "generator.0.weight=0", "--at", "critic.0.weight=0"]

  private func workspace() throws -> Workspace {
    try Workspace(["dirac": Self.experiment, "tiny": Workspace.tiny])
  }

  @Test func words() async throws {
    let space = try workspace()
    let stable = try await space.saddle(
      ["eigenvalues", "dirac", "--arm", "regularizer=r1"] + Self.origin)
    #expect(stable.status == 0 && stable.errors.isEmpty)
    #expect(
      stable.output == """
        dirac · r1 · seed 0 · after 0 steps

        parameters      2: generator 1, critic 1
        ‖v‖             0, an equilibrium

        eigenvalues of v′
                    -0.5 − 0.866025i
                    -0.5 + 0.866025i

        the flow        contracts: every real part is negative
        descent         simultaneous steps converge with rates below 1
        at these rates  generator 0.1, critic 0.1
          simultaneous  spectral radius of a step 0.953939
          alternating   spectral radius of a step 0.948683
          extragradient spectral radius of a step 0.948209

        """)
    let circling = try await space.saddle(
      ["eigenvalues", "dirac", "--arm", "none", "--set", "train.criticSteps=2"])
    #expect(circling.output.contains("no equilibrium"))
    #expect(circling.output.contains("is not decided here: the largest real part is 0"))
    #expect(circling.output.contains("converge with no rate, however small"))
    #expect(circling.output.contains("(2 critic steps)"))
    #expect(!space.exists("results"), "nothing is stored")
  }

  private struct Document: Decodable {
    struct Number: Decodable {
      let real: Double
      let imaginary: Double
    }
    let arm: String
    let seed: Int
    let step: Int
    let velocity: [Double]
    let jacobian: [[Double]]
    let eigenvalues: [Number]
    let stability: String
    let stepBound: Double?
    let rates: [String: Double]
    let radius: [String: Double]
  }

  /// Three steps of training, and what stands there.
  @Test func json() async throws {
    let space = try workspace()
    let result = try await space.saddle(
      "eigenvalues", "dirac", "--arm", "none", "--seed", "1", "--step", "3", "--json", "--set",
      "critic.optimizer={name: sgd, rate: 0.2}")
    #expect(result.status == 0 && result.output.count { $0 == "\n" } == 1)
    let document = try JSONDecoder().decode(Document.self, from: Data(result.output.utf8))
    #expect(document.arm == "none" && document.seed == 1 && document.step == 3)
    var (theta, psi) = (1.0, 1.0)
    for _ in 0..<3 {
      psi -= 0.2 * theta
      theta += 0.1 * psi
    }
    #expect(zip(document.velocity, [psi, -theta]).allSatisfy { abs($0 - $1) < 1e-12 })
    #expect(document.jacobian == [[0, 1], [-1, 0]])
    #expect(document.eigenvalues.map(\.imaginary) == [-1, 1])
    #expect(document.stability == "undecided" && document.stepBound == 0)
    #expect(document.rates == ["generator": 0.1, "critic": 0.2])
    let simultaneous = try #require(document.radius["simultaneous"])
    #expect(abs(simultaneous - 1.02.squareRoot()) < 1e-12)
    #expect(abs((document.radius["alternating"] ?? 0) - 1) < 1e-12)
  }

  @Test(arguments: [
    (["tiny"], "2 arms match: 'none', 'r1'"),
    (["tiny", "--arm", "none"], "and eigenvalues are computed for at most 256"),
    (
      ["dirac", "--arm", "none", "--at", "critic.0.wieght=1"],
      "no parameter is called 'critic.0.wieght'; there are: generator.0.weight, critic.0.weight"
    ),
    (
      ["dirac", "--arm", "none", "--at", "critic.0.weight=1,2"],
      "'critic.0.weight' has 1 element, not 2"
    ),
    (
      ["dirac", "--arm", "none", "--at", "critic.0.weight"], "write a state's name, '=' and numbers"
    ),
    (["dirac", "--arm", "nome"], "no arm is called 'nome'; did you mean 'none'?"),
    (
      ["dirac", "--arm", "regularizer=r3"],
      "--arm regularizer=r3: axis 'regularizer' has no value 'r3'"
    ),
    (["dirac", "--arm", "none", "--at", "critic.0.weight=nan"], "write a state's name"),
    (["dirac", "--arm", "none", "--step=-1"], "--step must be at least 0"),
    (["dirac", "--arm", "none", "--step", "11"], "a run of this arm has 10 steps"),
    (["dirac", "--arm", "none", "--set", "loss=hing"], "did you mean 'hinge'?"),
  ])
  func mistakes(_ arguments: [String], _ message: String) async throws {
    let space = try workspace()
    if arguments[0] == "tiny" {
      try space.write(
        Workspace.tiny.replacing("hidden: [8]", with: "hidden: [80]"), to: "Experiments/tiny.yaml")
    }
    let result = try await space.saddle(["eigenvalues"] + arguments)
    #expect(result.status == 2)
    #expect(result.errors.contains(message), "\(result.errors)")
    #expect(result.output.isEmpty)
  }
}
