import Catalog

/// The players of games that can be solved by hand: the settings give where they start.
let exactGames = [point, affine, linear, quadratic]

/// The generator of the Dirac-GAN.
private let point = Entry(
  EntryDescription(
    "point", "A generator whose samples are all one trained vector, whatever the latents are",
    formula: "G(z) = θ", source: "1801.04406",
    parameters: [start("start", 1, "θ at the start"), deviation]),
  Architecture(unused: unusedSettings) { blueprint, arguments in
    let size = try blueprint.vectorSize("point", of: .generator)
    return [Point(start: try arguments.start(size, ["start"]))]
  })

/// A generator that can fit a normal distribution with independent elements exactly.
private let affine = Entry(
  EntryDescription(
    "affine", "A generator that scales and shifts each element of the latent",
    formula: "G(z) = a⊙z + b", source: "1710.10793",
    parameters: [
      start("scale", 1, "a at the start"), start("shift", 0, "b at the start"), deviation,
    ]),
  Architecture(unused: unusedSettings) { blueprint, arguments in
    let size = try blueprint.vectorSize("affine", of: .generator)
    guard blueprint.inputShape == [size] else {
      throw NetworkError(
        "affine needs latents of the samples' size; set 'latent.size' to \(size)")
    }
    return [
      Scaling(
        scale: try arguments.start(size, ["scale"]), shift: try arguments.start(size, ["shift"]))
    ]
  })

/// The critic of the Dirac-GAN.
private let linear = Entry(
  EntryDescription(
    "linear", "A linear critic without a bias",
    formula: "D(x) = ⟨ψ, x⟩", source: "1801.04406",
    parameters: [start("start", 1, "ψ at the start"), deviation]),
  Architecture(unused: unusedSettings) { blueprint, arguments in
    let size = try blueprint.vectorSize("linear", of: .critic)
    return [Linear(size, 1, hasBias: false, start: try arguments.start(size, ["start"]))]
  })

/// A critic that tells normal distributions with independent elements apart.
private let quadratic = Entry(
  EntryDescription(
    "quadratic", "A critic that is quadratic in each element, without a bias",
    formula: "D(x) = ⟨w₁, x⟩ + ⟨w₂, x²⟩; the weights are stored as (w₁, w₂)", source: "1710.10793",
    parameters: [
      start("linear", 0, "w₁ at the start"), start("square", 0, "w₂ at the start"), deviation,
    ]),
  Architecture(unused: unusedSettings) { blueprint, arguments in
    let size = try blueprint.vectorSize("quadratic", of: .critic)
    let start = try arguments.start(size, ["linear", "square"])
    return [SquaresAppended(), Linear(2 * size, 1, hasBias: false, start: start)]
  })

private let unusedSettings = [
  "hidden", "activation", "normalizer", "initializer", "dropout", "dropoutUnit",
]

private let deviation = Parameter.real(
  "deviation", .nonnegative, default: 0,
  "the standard deviation of normal numbers that are added to where it starts")

private func start(_ name: String, _ value: Double, _ summary: String) -> Parameter {
  Parameter(
    name, .list(.real(.any), count: 1...65536), default: .list([.real(value)]),
    "\(summary): one number for all elements, or one for each")
}

extension Blueprint {
  /// The number of elements of a sample, for a network that only one of the players can have.
  ///
  /// - Throws: where the other has it, or where samples are no vectors.
  fileprivate func vectorSize(_ architecture: String, of owner: Player) throws -> Int {
    guard player == owner else {
      throw NetworkError("\(architecture) is a network for the \(owner.rawValue)")
    }
    let shape = player == .generator ? outputShape : inputShape
    guard shape.count == 1 else {
      throw NetworkError(
        "\(architecture) is for vectors, and the data's samples are \(shapeText(shape))")
    }
    return shape[0]
  }
}

extension Arguments {
  /// Where vectors of `size` elements start, one after another.
  fileprivate func start(_ size: Int, _ names: [String]) throws -> LayerState.Start {
    LayerState.Start(
      values: try names.flatMap { try numbers($0, size) }, deviation: real("deviation"))
  }

  /// One number for each of `size` elements.
  private func numbers(_ name: String, _ size: Int) throws -> [Double] {
    let numbers = reals(name)
    if numbers.count == 1 { return Array(repeating: numbers[0], count: size) }
    guard numbers.count == size else {
      throw NetworkError(
        "'\(name)' has \(numbers.count) numbers, and the data's samples are a vector of \(size); "
          + "give one number, or \(size)", at: "architecture.\(name)")
    }
    return numbers
  }
}
