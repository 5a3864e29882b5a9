import Catalog

let rawEntry = Entry(
  EntryDescription("raw", "The samples themselves, flattened", formula: "φ(x) = x"),
  Extractor { real, _, _ in
    let size = real.samples.rowCount
    return FittedExtractor(
      "raw", "the data's own space", inputs: size, outputShape: [size], transform: widened)
  })
