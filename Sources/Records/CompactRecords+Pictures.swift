extension CompactReader {
  /// The pictures, each with the file that is named after it.
  func grids() throws(RecordsError) -> [SampleGrid] {
    let table = try table(CompactFiles.grids, CompactFiles.gridColumns)
    let note = table.columns.firstIndex(of: CompactFiles.gridNote)
    var grids: [SampleGrid] = []
    for row in table.rows {
      let isReal = row.fields[0].isEmpty
      let arm = isReal ? nil : try arm(row, table)
      let seed = try table.integer(row, 1)
      let kinds = isReal ? [.samples] : PictureKind.allCases
      let candidates = kinds.map { kind in
        SampleGrid(
          arm: arm, seed: seed, kind: kind, note: note.map { row.fields[$0] } ?? "", png: [])
      }
      guard let grid = candidates.first(where: { $0.fileName(in: plan) == row.fields[2] }) else {
        let names = candidates.map { "'\($0.fileName(in: plan))'" }
        throw table.wrong(row, 2, names.joined(separator: " or "))
      }
      grids.append(
        SampleGrid(
          arm: arm, seed: seed, kind: grid.kind, note: grid.note,
          png: try picture(row, table)))
    }
    return grids
  }

  private func picture(_ row: CSV.Row, _ table: CompactTable) throws(RecordsError) -> [UInt8] {
    let path = "\(folder)/\(CompactFiles.gridFolder)/\(row.fields[2])"
    guard let png = try FileSystem.read(path) else {
      throw table.failure(row.line, "there is no picture \(path)")
    }
    guard png.starts(with: [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]) else {
      throw .invalid([Diagnostic(Place(file: path), "not a PNG file")])
    }
    return png
  }

  /// What is known of nearest images; nothing where the folder has no such table.
  func neighbours() throws(RecordsError) -> [NeighbourCheck] {
    guard FileSystem.exists("\(folder)/\(CompactFiles.neighbours)") else { return [] }
    let table = try table(CompactFiles.neighbours, CompactFiles.neighbourColumns)
    var checks: [NeighbourCheck] = []
    for row in table.rows {
      guard let origin = NeighbourCheck.Origin(rawValue: row.fields[4]) else {
        let words = NeighbourCheck.Origin.allCases.map(\.rawValue).joined(separator: " or ")
        throw table.wrong(row, 4, words)
      }
      var numbers: [Double] = []
      for column in 5...7 {
        guard let number = try table.real(row, column), number >= 0 else {
          throw table.wrong(row, column, "a number from 0")
        }
        numbers.append(number)
      }
      checks.append(
        NeighbourCheck(
          arm: try arm(row, table), seed: try seed(row, table), samples: try table.integer(row, 2),
          candidates: try table.integer(row, 3), origin: origin, generated: numbers[0],
          heldOut: numbers[1], nearer: numbers[2]))
    }
    return checks
  }
}
