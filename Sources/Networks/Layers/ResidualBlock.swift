import Engine

/// A block of layers whose output is added to its input, or to what a shortcut makes of that.
///
/// States have the names `conv1.weight`, `norm1.weight`, …, `shortcut.weight`. Source: 1512.03385.
struct ResidualBlock: Layer {
  /// The layers of the branch, each with its name in the block.
  let branch: [(name: String, layer: any Layer)]
  /// The layers of the shortcut; none for the input itself.
  let shortcut: [(name: String, layer: any Layer)]

  var states: [LayerState] { (branch + shortcut).states }

  var isNormalizer: Bool { branch.contains { $0.layer.isNormalizer } }

  var referenceCount: Int? { branch.lazy.compactMap(\.layer.referenceCount).first }

  func outputShape(of input: [Int]) -> [Int] {
    branch.reduce(input) { $1.layer.outputShape(of: $0) }
  }

  func apply(_ x: Tensor, name: String, _ pass: ForwardPass) -> Tensor {
    branch.apply(x, name: name, pass) + shortcut.apply(x, name: name, pass)
  }
}
