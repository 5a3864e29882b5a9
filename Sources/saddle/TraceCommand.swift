import ArgumentParser
import Records
import Runner

struct TraceCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "trace",
    abstract: "Writes the first steps of a run, for another implementation to repeat them.",
    discussion: """
      The file holds initial states, all that each step reads (data, random numbers, coefficients), \
      losses, gradients and final states, in PyTorch's names and layouts. Tests/Golden/replay_trace.py \
      repeats it in PyTorch. Numbers are of single precision; of double precision with --reference.
      """)

  @OptionGroup var options: ExperimentOptions
  @OptionGroup var chosen: ArmOptions

  @Option(help: "The number of generator steps.")
  var steps = 10

  @OptionGroup var output: OutputFile

  func validate() throws {
    if steps < 1 { throw ValidationError("--steps must be at least 1") }
  }

  func run() throws {
    let plan = try options.plan()
    let arm = try chosen.arm(of: plan, options)
    let settings = try options.settings()
    let identities = options.identities(plan, settings)
    try plan.checkData(identities)
    try output.check()
    let seed = chosen.seed(of: plan)
    let trace = try Trace(
      arm, seed: seed, steps: steps, identities, options.executor(settings))
    try output.write(trace.bytes)
    if !trace.isFinite {
      StandardError.print(
        "step \(trace.steps) is not finite, and the trace ends with it")
    }
    StandardOutput.print(
      """
      \(plan.name) · \(arm.name) · seed \(seed)
      \(Count.text(trace.steps, "step")), \(Count.text(trace.arrayCount, "array")), \
      \(ByteText.text(Double(trace.bytes.count)))
      wrote \(output.out)
      """)
  }
}
