import Catalog
import Engine
import Schedules

/// Penalties on the critic's outputs.
let outputPenalties: [Entry<Penalty>] = [
  Entry(
    EntryDescription(
      "drift", "Scores of real samples are kept near zero", formula: "weight·E r²",
      source: "1710.10196", parameters: penaltyParameters(weight: 1e-3)),
    Penalty(.outputs) { inputs, _ in inputs.game.onReal.output.square().mean() }),
  Entry(
    EntryDescription(
      "lecam",
      "LeCam regularization: scores are kept near the moving average of the other side's. The averages are taken over at first, while nothing is penalized",
      formula:
        "λ{E[r − m_f]₊² + E[m_r − f]₊²}; first m ← decay·m + (1 − decay)·batch mean; in the first 'warmup' steps m = batch mean and λ = 0",
      source: "2104.03310",
      parameters: penaltyParameters(weight: 0.3) + [
        .real("decay", .halfOpen(0, 1), default: 0.99, "the decay of the moving averages"),
        .integer(
          "warmup", 0...10_000_000, default: 1000, "applications before anything is penalized"),
      ]),
    Penalty(
      .outputs,
      memory: [
        Remembered("real", start: 0), Remembered("fake", start: 0), Remembered("steps", start: 0),
      ], leCam)),
  Entry(
    EntryDescription(
      "cr", "Consistency regularization: the same score for a real sample and its transform",
      formula: "λE(D(x) − D(T(x)))²", source: "1910.12027",
      parameters: penaltyParameters(weight: 10) + [.transform]),
    Penalty(.outputs) { inputs, arguments in
      inconsistency(inputs, arguments, inputs.real, inputs.game.onReal, "real")
    }),
  Entry(
    EntryDescription(
      "bcr", "Balanced consistency regularization: of real and of fake samples",
      formula: "weight·E(D(x) − D(T(x)))² + fake·E(D(x̃) − D(T(x̃)))²", source: "2002.04724",
      parameters: penaltyParameters(weight: 10) + [
        .coefficient("fake", .nonnegative, default: 10, "the weight of fake samples"), .transform,
      ]),
    Penalty(
      .outputs,
      terms: [
        Penalty.Term { inputs, arguments in
          inconsistency(inputs, arguments, inputs.real, inputs.game.onReal, "real")
        },
        Penalty.Term(weight: "fake") { inputs, arguments in
          inconsistency(inputs, arguments, inputs.fake, inputs.game.onFake, "fake")
        },
      ])),
  Entry(
    EntryDescription(
      "zcr",
      "Latent consistency regularization: the same score for samples of neighbouring latents, which the generator keeps apart",
      formula:
        "critic + λE(D(G(z)) − D(G(z+δ)))²; generator − generator·mean[(G(z) − G(z+δ))²]; δ = deviation·N(0, I)",
      source: "2002.04724",
      parameters: penaltyParameters(weight: 20) + [
        .coefficient(
          "generator", .nonnegative, default: 0.5, "the weight of the generator's term"),
        .real("deviation", .positive, default: 0.05, "the standard deviation of δ"),
      ]),
    Penalty(
      .outputs,
      terms: [
        Penalty.Term { inputs, arguments in
          let samples = neighbours(inputs, arguments)
          let scores = samples.map { inputs.game.respond($0, inputs.stream).output }
          return (scores[0] - scores[1]).square().mean()
        }
      ],
      otherTerms: [
        Penalty.Term(weight: "generator") { inputs, arguments in
          let samples = neighbours(inputs, arguments)
          return -(samples[0] - samples[1]).square().mean()
        }
      ])),
]

/// The settings that all penalties have.
func penaltyParameters(weight: Double) -> [Parameter] {
  [
    .coefficient("weight", .nonnegative, default: weight, "the weight"),
    .integer(
      "every", 1...1_000_000, default: 1,
      "steps of the player from one application to the next; weights are multiplied by it"),
  ]
}

private let leCam: @Sendable (PenaltyInputs, Arguments) -> Tensor = { inputs, arguments in
  let decay = arguments.real("decay")
  let steps = inputs.memory["steps"]
  let isOn = (steps - Double(arguments.integer("warmup") - 1)).step()
  func average(_ name: String, _ scores: Tensor) -> Tensor {
    let mean = scores.mean().stopGradient()
    let next = isOn.select(decay * inputs.memory[name] + (1 - decay) * mean, mean)
    inputs.memory[name] = next
    return next
  }
  let (real, fake) = (inputs.game.onReal.output, inputs.game.onFake.output)
  let (realAverage, fakeAverage) = (average("real", real), average("fake", fake))
  // Beyond 2²⁴ single precision counts no further.
  inputs.memory["steps"] = (steps + 1).minimum(with: steps.graph.constant(0x1p24))
  let excess =
    (real - fakeAverage).relu().square().mean() + (realAverage - fake).relu().square().mean()
  return isOn * excess
}

/// E(D(x) − D(T(x)))² of a batch.
private func inconsistency(
  _ inputs: PenaltyInputs, _ arguments: Arguments, _ samples: Tensor, _ response: Response,
  _ name: String
) -> Tensor {
  let stream = "\(inputs.stream)/transform/\(name)"
  let (entry, settings) = transformTable.selection(arguments.value("transform"))
  let transformed = entry.body.apply(samples, stream, settings)
  return (response.output - inputs.game.respond(transformed, stream).output).square().mean()
}

/// What the generator makes of the step's latents and of their neighbours.
private func neighbours(_ inputs: PenaltyInputs, _ arguments: Arguments) -> [Tensor] {
  let latents = inputs.game.latents
  let noise = latents.graph.draw("\(inputs.stream)/latent", .normal, latents.shape)
  let others = latents + arguments.real("deviation") * noise
  return [latents, others].map { inputs.game.generate($0, inputs.stream) }
}
