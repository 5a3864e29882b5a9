import CKernels

/// Steps that move and filter the elements of images.
extension FastExecution {
  func slice(_ index: Int, _ lattice: Lattice) -> saddle_step {
    let source = operandShape(index, 0)
    let (offset, strides) = lattice.layout(in: source.shape)
    return permutation(
      index, memory(source.memory) + offset,
      saddle_layout(program.graph.nodes[index].shape, strides: strides))
  }

  func pad(_ index: Int, _ lattice: Lattice) -> saddle_step {
    let source = operandShape(index, 0)
    let node = program.graph.nodes[index]
    let (offset, strides) = lattice.layout(in: node.shape)
    let descriptor = saddle_placement(
      source: memory(source.memory), result: memory(index), count: Int64(node.count),
      offset: Int64(offset), layout: saddle_layout(source.shape, strides: strides))
    return saddle_step(kind: Int32(SADDLE_STEP_PLACEMENT.rawValue), descriptor: own([descriptor]))
  }

  func gather(_ index: Int) -> saddle_step {
    let (table, indices) = (operandShape(index, 0), operandShape(index, 1))
    return rows(SADDLE_STEP_GATHER, index, table, indices, tableRows: table.shape[0])
  }

  func scatter(_ index: Int) -> saddle_step {
    let (source, indices) = (operandShape(index, 0), operandShape(index, 1))
    return rows(
      SADDLE_STEP_SCATTER, index, source, indices,
      tableRows: program.graph.nodes[index].shape[0])
  }

  private func rows(
    _ kind: saddle_step_kind, _ index: Int, _ source: (memory: Int, shape: [Int]),
    _ indices: (memory: Int, shape: [Int]), tableRows: Int
  ) -> saddle_step {
    let descriptor = saddle_rows(
      source: memory(source.memory), indices: memory(indices.memory), result: memory(index),
      count: Int64(indices.shape[0]), table_rows: Int64(tableRows),
      width: Int64(source.shape.dropFirst().reduce(1, *)))
    return saddle_step(kind: Int32(kind.rawValue), descriptor: own([descriptor]))
  }

  /// A step of one of the three convolution kernels, each of which reads two of the arrays and writes the third.
  func convolution(
    _ kind: saddle_step_kind, _ window: Window, images: (memory: Int, shape: [Int]),
    weights: (memory: Int, shape: [Int]), results: (memory: Int, shape: [Int]),
    _ epilogue: Epilogue?
  ) -> saddle_step {
    let (x, w, y) = (images.shape, weights.shape, results.shape)
    let descriptor = saddle_convolution(
      images: memory(images.memory), weights: memory(weights.memory),
      results: memory(results.memory), count: Int32(x[0]), height: Int32(x[1]),
      width: Int32(x[2]), channels: Int32(x[3]), kernel_rows: Int32(w[1]),
      kernel_columns: Int32(w[2]), rows: Int32(y[1]), columns: Int32(y[2]),
      features: Int32(y[3]), stride_y: Int32(window.strideY), stride_x: Int32(window.strideX),
      top: Int32(window.top), left: Int32(window.left), epilogue: compiled(epilogue))
    return saddle_step(kind: Int32(kind.rawValue), descriptor: own([descriptor]))
  }
}

extension Lattice {
  /// The offset of index 0 and the distance between neighbours along each axis in a dense array of shape `whole`.
  fileprivate func layout(in whole: [Int]) -> (offset: Int, strides: [Int]) {
    let strides = rowMajorStrides(whole)
    return (zip(start, strides).map(*).reduce(0, +), zip(step, strides).map(*))
  }
}
