import Catalog

/// Layers one after the other, as an experiment file lists them.
let sequential = Entry(
  EntryDescription(
    "sequential",
    "The layers that the file lists, from the latent to a sample or from a sample to one number. Normalizers, activations and dropout are layers of the list too",
    parameters: [
      Parameter(
        "layers", .list(.entry(layerTable.description), count: 1...256),
        "the layers in order, each a name or a name with its settings")
    ]),
  Architecture(
    unused: ["hidden", "activation", "normalizer", "dropout", "dropoutUnit"]
  ) { blueprint, arguments in
    var stack = LayerStack(blueprint)
    for (position, value) in arguments.list("layers").enumerated() {
      let (entry, settings) = layerTable.selection(value)
      do {
        if let layer = try entry.body(stack.shape, settings) { try stack.append(layer) }
      } catch let error as NetworkError {
        throw NetworkError(
          "layer \(position + 1), \(entry.description.name): \(error.message)",
          at: "architecture.layers.\(position)")
      }
    }
    return stack.layers
  })
