import Catalog

/// A value as JSON has it. The kernel that fixtures call `gaussian` is called `rbf` here.
struct JSONValue: Decodable {
  let value: Value

  init(from decoder: any Decoder) throws {
    if let members = try? decoder.container(keyedBy: Key.self) {
      let pairs = try members.allKeys.sorted { $0.stringValue < $1.stringValue }.map {
        ($0.stringValue, try members.decode(JSONValue.self, forKey: $0).value)
      }
      value = .map(ValueMap(uniqueKeysWithValues: pairs))
      return
    }
    let single = try decoder.singleValueContainer()
    if single.decodeNil() {
      value = .null
    } else if let flag = try? single.decode(Bool.self) {
      value = .boolean(flag)
    } else if let number = try? single.decode(Int.self) {
      value = .integer(number)
    } else if let number = try? single.decode(Double.self) {
      value = .real(number)
    } else if let text = try? single.decode(String.self) {
      value = .text(text == "gaussian" ? "rbf" : text)
    } else {
      value = .list(try single.decode([JSONValue].self).map(\.value))
    }
  }

  private struct Key: CodingKey {
    let stringValue: String
    let intValue: Int? = nil

    init(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { nil }
  }
}
