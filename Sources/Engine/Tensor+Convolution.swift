/// Images are `[n, h, w, c]`: channels last.
extension Tensor {
  /// The convolution (cross-correlation, as in all of machine learning) of images `[n, h, w, c]` with weights
  /// `[o, kh, kw, c]`: `[n, p, q, o]` with p = ⌊(h + 2·padding − kh)/stride⌋ + 1 and q likewise.
  ///
  /// - Parameters:
  ///   - weight: one kernel per output channel.
  ///   - stride: rows and columns from one window to the next.
  ///   - padding: rows and columns of zeros around the image.
  public func convolved(_ weight: Tensor, stride: Int = 1, padding: Int = 0) -> Tensor {
    precondition(
      rank == 4 && weight.rank == 4 && shape[3] == weight.shape[3] && stride > 0 && padding >= 0,
      "no convolution of \(shape) with \(weight.shape)")
    let (kernelRows, kernelColumns) = (weight.shape[1], weight.shape[2])
    let rows = (shape[1] + 2 * padding - kernelRows) / stride + 1
    let columns = (shape[2] + 2 * padding - kernelColumns) / stride + 1
    precondition(
      shape[1] + 2 * padding >= kernelRows && shape[2] + 2 * padding >= kernelColumns,
      "a kernel of \(kernelRows) × \(kernelColumns) on images of \(shape) with padding \(padding)")
    let result = [shape[0], rows, columns, weight.shape[0]]
    if padding == 0, let flat = windowMatrix(kernelRows, kernelColumns, stride) {
      return flat.matmul(weight.asMatrix.transposed).reshaped(result)
    }
    return graph.apply(
      .convolution(Window(stride: stride, padding: padding)), [self, weight], shape: result)
  }

  /// The transposed convolution of images `[n, h, w, i]` with weights `[i, kh, kw, o]`: `[n, p, q, o]` with
  /// p = (h − 1)·stride − 2·padding + kh + outputPadding and q likewise.
  ///
  /// It is the derivative of a convolution by its images, whose weights these are.
  ///
  /// - Parameters:
  ///   - outputPadding: further rows and columns at the lower right, less than `stride`.
  public func transposedConvolved(
    _ weight: Tensor, stride: Int = 1, padding: Int = 0, outputPadding: Int = 0
  ) -> Tensor {
    precondition(
      rank == 4 && weight.rank == 4 && shape[3] == weight.shape[0] && stride > 0 && padding >= 0
        && (0..<stride).contains(outputPadding),
      "no transposed convolution of \(shape) with \(weight.shape)")
    let rows = (shape[1] - 1) * stride - 2 * padding + weight.shape[1] + outputPadding
    let columns = (shape[2] - 1) * stride - 2 * padding + weight.shape[2] + outputPadding
    precondition(rows > 0 && columns > 0, "nothing is left of \(shape) with padding \(padding)")
    let result = [shape[0], rows, columns, weight.shape[3]]
    if shape[1] == 1, shape[2] == 1, padding == 0, outputPadding == 0 {
      let flat = reshaped([shape[0], shape[3]])
      return flat.matmul(weight.asMatrix).reshaped(result)
    }
    return graph.apply(
      .convolutionInputGradient(Window(stride: stride, padding: padding)), [self, weight],
      shape: result)
  }

  /// Each pixel as a square of `factor` × `factor` equal ones.
  public func upsampled(_ factor: Int) -> Tensor {
    precondition(rank == 4 && factor > 0, "no upsampling of \(shape) by \(factor)")
    let (n, h, w, c) = (shape[0], shape[1], shape[2], shape[3])
    return reshaped([n, h, 1, w, 1, c]).broadcast(to: [n, h, factor, w, factor, c])
      .reshaped([n, h * factor, w * factor, c])
  }

  /// The mean over windows of `size` × `size` pixels; the padding counts as zeros, which are averaged too.
  ///
  /// - Parameter stride: pixels from one window to the next; `size` where nothing is said.
  public func averagePooled(_ size: Int, stride: Int? = nil, padding: Int = 0) -> Tensor {
    let step = stride ?? size
    let scale = 1 / Double(size * size)
    if padding == 0, step == size, shape[1] % size == 0, shape[2] % size == 0 {
      let (n, h, w, c) = (shape[0], shape[1] / size, shape[2] / size, shape[3])
      return reshaped([n, h, size, w, size, c]).sum(over: [2, 4]) * scale
    }
    let windows = paddedImages(padding, with: 0).taps(size, step)
    return windows.dropFirst().reduce(windows[0]) { $0 + $1 } * scale
  }

  /// The maximum over windows of `size` × `size` pixels; the padding is never the maximum. At ties the first pixel in
  /// reading order takes the derivative.
  ///
  /// - Parameter stride: pixels from one window to the next; `size` where nothing is said.
  public func maxPooled(_ size: Int, stride: Int? = nil, padding: Int = 0) -> Tensor {
    precondition(padding < size, "a padding of \(padding) around windows of \(size)")
    let windows = paddedImages(padding, with: -.infinity).taps(size, stride ?? size)
    return windows.dropLast().reversed().reduce(windows[windows.count - 1]) {
      maximum($0, $1)
    }
  }

  /// For each position of a window, last axis left alone, the pixels that stand there in all windows.
  private func taps(_ size: Int, _ step: Int) -> [Tensor] {
    precondition(
      rank == 4 && size > 0 && step > 0 && shape[1] >= size && shape[2] >= size,
      "no windows of \(size) × \(size) in images of \(shape)")
    let rows = (shape[1] - size) / step + 1
    let columns = (shape[2] - size) / step + 1
    return (0..<size * size).map { tap in
      sliced(
        from: [0, tap / size, tap % size, 0], step: [1, step, step, 1],
        shape: [shape[0], rows, columns, shape[3]])
    }
  }

  private func paddedImages(_ padding: Int, with value: Double) -> Tensor {
    precondition(rank == 4 && padding >= 0, "no pooling of \(shape) with padding \(padding)")
    if padding == 0 { return self }
    func zeroPadded(_ x: Tensor) -> Tensor {
      x.padded(axis: 1, low: padding, high: padding).padded(axis: 2, low: padding, high: padding)
    }
    let framed = zeroPadded(self)
    if value == 0 { return framed }
    return zeroPadded(graph.constant(1, shape)).select(framed, graph.constant(value))
  }

  /// Weights as a matrix of one row per first index.
  private var asMatrix: Tensor { reshaped([shape[0], count / shape[0]]) }

  /// The windows as rows of a matrix where that moves no number: windows of one pixel, or one window per image.
  private func windowMatrix(_ rows: Int, _ columns: Int, _ stride: Int) -> Tensor? {
    if rows == 1, columns == 1, stride == 1 { return reshaped([count / shape[3], shape[3]]) }
    if rows == shape[1], columns == shape[2] { return asMatrix }
    return nil
  }
}

extension Window {
  /// Equal strides and paddings along both axes.
  init(stride: Int, padding: Int) {
    self.init(strideY: stride, strideX: stride, top: padding, left: padding)
  }
}
