/// What `saddle bench` measures, in the order in which it is shown.
///
/// Digests change with the numerics alone: where these change on purpose, `saddle bench` says the new ones.
public let benchmarkTable: [BenchmarkCase] = [
  BenchmarkCase(
    "mlp-2x64", perceptron(2, 64),
    digest: "b52b1ce191e71c71a577e139c7b38ee15bd4bc3b7368e6205356a58954a65001"),
  BenchmarkCase(
    "mlp-3x128", perceptron(3, 128),
    digest: "b32e1a75104d5ba411e08e699aebb61afb476f95102a04529a4219e6d95597a3"),
  BenchmarkCase(
    "mlp-3x512", perceptron(3, 512),
    digest: "49e1e9be492668d6281840e6575b1b3cf1c40f3cabd71a83cc1889ab8de873a3"),
  BenchmarkCase(
    "mlp-3x128-wgan-gp", "\(perceptron(3, 128)), \(wassersteinPenalty)",
    digest: "eaa3a923d0839355fa7e9bb2defbf48ebe4269899a9da4d13243c2aa81b8b4c1"),
  BenchmarkCase(
    "mlp-3x512-wgan-gp", "\(perceptron(3, 512)), \(wassersteinPenalty)",
    digest: "acfcf4160e3b49a920bb4e73de1da16a8682ce6ba1bb5cd317831046e8bc40b9"),
  BenchmarkCase(
    "mlp-2x64-unrolled", "\(perceptron(2, 64)), train.unroll: 5",
    digest: "d26f419a95f64056f7b7585d336874a4df91cfa1a65f53ab2bcd7df480b06d9c"),
  BenchmarkCase(
    "dcgan-32x32x1-32-critic", "\(grey), \(batchNormalizedCritic)", .criticStep,
    digest: "abee9d368f74e0e214f00b29ab68b7e84099b7bb46bd33fe685d07ddb42e7af3"),
  BenchmarkCase(
    "dcgan-32x32x1-32-generator", "\(grey), \(batchNormalizedCritic)", .generatorStep,
    digest: "9665a52dc94a01dfeaa37d923d6358a417b46dc0cfded1501ea4f2eddea1bc45"),
  BenchmarkCase(
    "dcgan-32x32x1-32-critic-gp", "\(grey), \(wassersteinPenalty)", .criticStep,
    digest: "b7e65341415e9b2e24015c4554ecbeb1e828dce574e3e8eda97b0285c4db7f18"),
  BenchmarkCase(
    "dcgan-32x32x3-64-critic", "\(coloured), \(batchNormalizedCritic)", .criticStep,
    digest: "90ea95f1ddd324d839bc25dc2ebe86fd5e9466bf560a76ce0119bef9ccf08cfc"),
  BenchmarkCase(
    "dcgan-32x32x3-64-generator", "\(coloured), \(batchNormalizedCritic)", .generatorStep,
    digest: "b21bb604df8f413e09487a44864be442f6c174b1e4ba8e9dbeafe96953c92db6"),
  BenchmarkCase(
    "dcgan-32x32x3-64-critic-gp", "\(coloured), \(wassersteinPenalty)", .criticStep,
    digest: "9310e0efec375b50007fc5396441057b604e0557d587cb7ba3425af7f50b2a07"),
  BenchmarkCase(
    "dcgan-32x32x3-64-wgan-gp", "\(coloured), \(wassersteinPenalty)",
    digest: "5b3bacffd9ab8df69338ff813af5bfe4786c9c162be109d2ac365f5f94048ada"),
  BenchmarkCase(
    "dcgan-32x32x3-64-spectral", "\(coloured), critic.constraint: spectral",
    digest: "3a3b3ccf4881eb1b7d50d0d669aae8013a4e9ab73ae86c9090cef4f041c7dd61"),
  BenchmarkCase(
    "resnet-32x32x3-32", images("stacked-glyphs", "resnet", width: 32),
    digest: "ec1b17bb78c8f723967ba3e1643f15d14e9b1c872da8631d0948973ae3beb41e"),
]

/// Five critic steps with a penalty for one generator step.
private let wassersteinPenalty = "loss: wasserstein, penalty: wgan-gp, train.criticSteps: 5"
private let batchNormalizedCritic = "critic.normalizer: batch"
private let grey = images("glyphs", "dcgan", width: 32)
private let coloured = images("stacked-glyphs", "dcgan", width: 64)

/// Points of a ring, and two networks of `depth` hidden layers.
private func perceptron(_ depth: Int, _ width: Int) -> String {
  let hidden = [Int](repeating: width, count: depth)
  return "data: ring8, generator.hidden: \(hidden), critic.hidden: \(hidden)"
}

/// Drawn images of 32×32 pixels, and convolutional networks, the generator with batch norm and the critic without.
private func images(_ data: String, _ architecture: String, width: Int) -> String {
  let network = "architecture: {name: \(architecture), width: \(width)}"
  return "data: {name: \(data), size: 32}, latent.size: 100, train.batch: 64, "
    + "generator: {\(network), activation: relu, normalizer: batch, output: tanh}, "
    + "critic.\(network)"
}
