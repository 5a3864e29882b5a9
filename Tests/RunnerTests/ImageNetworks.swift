import Catalog

/// The networks of `Tests/Golden/reference_images.py` as settings of ours.
enum ImageNetworks {
  /// An architecture with the sizes that the fixtures have.
  static func architecture(_ name: String, _ player: String) -> Value {
    switch name {
    case "dcgan": .map(["name": .text(name), "width": .integer(4), "depth": .integer(2)])
    case "resnet": .map(["name": .text(name), "width": .integer(4)])
    default:
      .map(["name": .text(name), "layers": .list(player == "generator" ? generator : critic)])
    }
  }

  /// A normalizer with the sizes that the fixtures have.
  static func normalizer(_ name: String) -> Value {
    switch name {
    case "group": .map(["name": .text(name), "groups": .integer(2)])
    case "virtual-batch": .map(["name": .text(name), "samples": .integer(3)])
    case "layer-element": .map(["name": .text("layer"), "affine": .text("element")])
    default: .text(name)
    }
  }

  private static func layer(_ name: String, _ settings: ValueMap) -> Value {
    .map([name: .map(settings)])
  }

  private static let generator: [Value] = [
    .map(["linear": .integer(12)]), .map(["reshape": .list([2, 2, 3].map { .integer($0) })]),
    .text("silu"), .text("upsample"), .text("batch"),
    layer(
      "conv-transposed",
      [
        "channels": .integer(2), "stride": .integer(2), "padding": .integer(1),
        "outputPadding": .integer(1),
      ]),
  ]

  private static let critic: [Value] = [
    layer(
      "conv",
      [
        "channels": .integer(4), "kernel": .integer(5), "padding": .integer(1),
        "bias": .boolean(false),
      ]), layer("group", ["groups": .integer(2)]), .text("elu"), .text("max-pool"),
    layer("conv", ["channels": .integer(3), "kernel": .integer(2)]), .text("leaky-relu"),
    layer("average-pool", ["size": .integer(2), "stride": .integer(1), "padding": .integer(1)]),
    .text("flatten"), .map(["linear": .integer(6)]), .text("softplus"),
    .map(["linear": .integer(1)]),
  ]
}
