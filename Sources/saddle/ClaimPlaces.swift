import Records

/// Where an experiment file states its claims.
struct ClaimPlaces {
  private let items: [LocatedNode]

  /// Reads the file alone, without what it extends; no places are known of one that cannot be read.
  init(file: String) {
    guard let root = (try? SourceFile(reading: file).parse()) ?? nil,
      case .list(let items) = Self.member("claims", of: root)?.content
    else {
      items = []
      return
    }
    self.items = items
  }

  /// The place of the claim with this name.
  subscript(id: String) -> Place? {
    items.first { item in
      guard case .scalar(id, _) = Self.member("id", of: item)?.content else { return false }
      return true
    }?.place
  }

  private static func member(_ key: String, of node: LocatedNode) -> LocatedNode? {
    guard case .map(let members) = node.content else { return nil }
    return members.first { $0.key == key }?.value
  }
}
