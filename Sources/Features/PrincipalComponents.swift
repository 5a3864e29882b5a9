import Arrays
import Catalog
import LinearAlgebra

let principalComponentsEntry = Entry(
  EntryDescription(
    "pca", "Coordinates along the directions of largest variance of the real data, not rescaled",
    formula: "φ(x) = V(x − μ), rows of V the leading eigenvectors of the covariance",
    source: "Hotelling, J. Educ. Psychol. 24, 1933",
    parameters: [.integer("components", 1...4096, default: 64, "number of directions")],
    shorthand: "components"),
  Extractor(obstacle: { _, sampleShape, arguments in
    let (components, dimension) = (arguments.integer("components"), sampleShape.reduce(1, *))
    guard components > dimension else { return nil }
    return
      "\(components) components of data of \(dimension) dimensions; ask for at most \(dimension)"
  }) { real, arguments, _ in
    try fittedPrincipalComponents(widened(real.samples), count: arguments.integer("components"))
  })

/// Fits mean and leading directions. Cost: n d² + about 10 d³ operations for `[n, d]`.
private func fittedPrincipalComponents(
  _ samples: HostArray<Double>, count: Int
) throws -> FittedExtractor {
  let size = samples.rowCount
  guard count <= min(size, samples.rows - 1) else {
    throw FeatureError.tooManyComponents(asked: count, dimensions: size, samples: samples.rows)
  }
  if let row = samples.firstRowNotFinite {
    throw FeatureError.notFinite(extractor: "pca", row: row)
  }
  let mean = samples.columnMeans
  let directions = try leadingDirections(covariance(of: samples, about: mean), count: count)
  let panels = Panels(rowsOf: directions)
  return FittedExtractor(
    "pca", "pca features of dimension \(count), fitted to the real samples", inputs: size,
    outputShape: [count],
    constants: [HostArray(shape: [size], elements: mean), directions]
  ) { innerProducts(Panels(rowsOf: widened($0).centred(at: mean)), panels) }
}

/// The eigenvectors of the largest eigenvalues, one per row, largest first.
private func leadingDirections(
  _ covariance: HostArray<Double>, count: Int
) throws -> HostArray<Double> {
  do {
    let vectors = try SymmetricEigen(covariance).vectors
    let size = vectors.rowCount
    return HostArray(shape: [count, size], elements: Array(vectors.elements[..<(count * size)]))
  } catch {
    throw FeatureError.linearAlgebra(extractor: "pca", error)
  }
}
