import Foundation
import Testing

/// The documentation that `list --markdown` writes, and the page of it that is kept in `docs`.
@Suite(.needsCommand, .tags(.command)) struct DefinitionsPageTests {
  private static let docs = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appendingPathComponent("../../docs").standardizedFileURL

  private func page(_ table: String...) async throws -> String {
    let result = try await Workspace().saddle(["list"] + table + ["--markdown"])
    try #require(result.status == 0)
    return result.output
  }

  @Test func keptPageIsWhatTheTablesSay() async throws {
    let kept = try String(
      contentsOf: Self.docs.appendingPathComponent("objectives.md"), encoding: .utf8)
    let page = try await page()
    let lines = zip(kept.split(separator: "\n"), page.split(separator: "\n"))
    let difference = lines.first { $0 != $1 }.map { ": '\($0)' is now '\($1)'" } ?? ""
    #expect(kept == page, "'make docs' writes docs/objectives.md again\(difference)")
  }

  /// Every link to a part of the page leads to a heading, and every heading is linked to.
  @Test func linksLeadToHeadings() async throws {
    let page = try await page()
    let headings = page.split(separator: "\n").filter { $0.hasPrefix("#") }
    // Headings are words of letters, figures, hyphens and spaces.
    let words = headings.map {
      $0.drop { $0 == "#" || $0 == " " }.lowercased().replacing(" ", with: "-")
    }
    let anchors = words.indices.map { index in
      let earlier = words[..<index].count { $0 == words[index] }
      return earlier == 0 ? words[index] : "\(words[index])-\(earlier)"
    }
    #expect(Set(anchors).count == anchors.count)
    let links = Set(page.matches(of: /\]\(#([^)]*)\)/).map { String($0.output.1) })
    #expect(links.count > 50)
    #expect(links.subtracting(anchors).isEmpty)
    let unlinked = Set(anchors).subtracting(links)
    #expect(unlinked == ["what-an-experiment-file-can-name", "contents", "notation"])
    for link in Set(page.matches(of: /\]\(([A-Za-z][^):]*)\)/).map { String($0.output.1) }) {
      let path = Self.docs.appendingPathComponent(link).path
      #expect(FileManager.default.fileExists(atPath: path), "\(link)")
    }
  }

  @Test func partsArePartsOfThePage() async throws {
    let whole = try await page()
    for table in ["losses", "metric-kernels"] {
      let part = try await page(table)
      #expect(part.hasPrefix("## ") && whole.contains(part), "\(table)")
    }
  }

  /// Cells of tables in which a bar were not escaped would be too many.
  @Test func tablesAreWhole() async throws {
    var columns = 0
    for line in try await page().split(separator: "\n", omittingEmptySubsequences: false) {
      let cells = line.replacing("\\|", with: "").count { $0 == "|" }
      if !line.hasPrefix("|") {
        columns = 0
      } else if columns == 0 {
        columns = cells
      } else {
        #expect(cells == columns, "\(line)")
      }
    }
  }
}
