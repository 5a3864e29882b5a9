import Catalog

let rawEntry = Entry(
  EntryDescription("raw", "The samples themselves, flattened", formula: "φ(x) = x"),
  Extractor { samples, _ in
    FittedExtractor("raw", inputs: samples.rowCount, outputs: samples.rowCount) { $0 }
  })
