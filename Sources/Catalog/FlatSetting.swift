/// A setting that is no map, with its dotted key: `optimizer.rate` is 0.001.
public struct FlatSetting: Hashable, Sendable {
  /// The key, dotted from the root.
  public let key: String
  /// The value; a bare one wherever one says the same as a map.
  public let value: Value

  /// The settings of a configuration in its order. Lists are one setting each, and so are empty maps.
  ///
  /// - Parameters:
  ///   - configuration: a complete configuration, or what is left of one without defaults.
  ///   - parameters: what its keys mean; those that are not among them are taken as they stand.
  public static func all(_ configuration: Value, _ parameters: [Parameter]) -> [FlatSetting] {
    leaves(ParameterType.group(parameters).shortened(configuration), key: "")
  }

  private static func leaves(_ value: Value, key: String) -> [FlatSetting] {
    guard let members = value.asMap, !members.isEmpty else {
      return key.isEmpty ? [] : [FlatSetting(key: key, value: value)]
    }
    return members.flatMap { name, member in
      leaves(member, key: key.isEmpty ? name : "\(key).\(name)")
    }
  }

  /// The settings of the first list that all others have too, in its order.
  public static func common(_ lists: [[FlatSetting]]) -> [FlatSetting] {
    guard let first = lists.first else { return [] }
    let others = lists.dropFirst().map(Set.init)
    return first.filter { setting in others.allSatisfy { $0.contains(setting) } }
  }
}
