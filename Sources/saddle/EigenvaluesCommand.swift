import ArgumentParser
import Catalog
import Records
import Runner

struct EigenvaluesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "eigenvalues",
    abstract: "Tells whether small steps of both players converge near a point of training.",
    discussion: """
      The gradient field is v(θ, ψ) = (−∇θ L_G, −∇ψ L_D), with penalties, of the generator's and \
      the critic's parameters. Its Jacobian's eigenvalues tell how the flow along it behaves near \
      an equilibrium, and with what step sizes gradient descent follows. All is computed in \
      Float64, for at most \(LocalDynamics.mostParameters) parameters. Clipping, and \
      what optimizers do beyond plain gradient descent, are left out of it.
      """)

  @Argument(help: ExperimentOptions.help)
  var experiment: String

  @OptionGroup var chosen: ArmOptions

  @Option(help: "Generator steps of training before it.")
  var step = 0

  @Option(
    parsing: .singleValue,
    help:
      "Moves a state there before: name=number for all elements, or name=number,number,…; repeatable."
  )
  var at: [String] = []

  @Option(name: .customLong("set"), parsing: .singleValue, help: "Changes a setting: key=value.")
  var set: [String] = []

  @Flag(help: "Writes one line of JSON.")
  var json = false

  func validate() throws {
    if step < 0 { throw ValidationError("--step must be at least 0") }
  }

  func run() throws {
    let options = try ExperimentOptions.parse(
      set.flatMap { Shell.option("--set", $0) } + ["--", experiment])
    let plan = try options.plan()
    let arm = try chosen.arm(of: plan, options)
    let identities = options.identities(plan, try options.settings())
    try plan.checkData(identities)
    let seed = chosen.seed(of: plan)
    let dynamics = try LocalDynamics(
      arm, seed: seed, step: step, values: try at.map(Self.values), identities: identities)
    let view = try DynamicsView(dynamics)
    guard json else {
      let title = "\(plan.name) · \(arm.name) · seed \(seed) · after \(step) steps"
      return StandardOutput.print(([title, ""] + view.lines).joined(separator: "\n"))
    }
    var members: ValueMap = [
      "experiment": .text(plan.name), "arm": .text(arm.name), "seed": .integer(seed),
      "step": .integer(step),
    ]
    members.merge(view.members) { $1 }
    StandardOutput.print(.map(members))
  }

  /// Takes `name=number,…` apart.
  private static func values(_ text: String) throws -> (state: String, values: [Double]) {
    let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    let numbers =
      parts.last?.split(separator: ",", omittingEmptySubsequences: false)
      .map { Double($0) } ?? []
    let finite = numbers.compactMap { $0 }.filter(\.isFinite)
    guard parts.count == 2, finite.count == numbers.count else {
      throw UsageError(
        "--at '\(text)': write a state's name, '=' and numbers, as in critic.0.weight=0")
    }
    return (String(parts[0]), finite)
  }
}
