import Arrays
import OrderedCollections

/// Draws distinct values for `{sample: {logUniform: [1e-5, 1e-2]}, count: 50}`, for random search.
///
/// The draws are a function of the setting's name and of the numbers in the file alone, so a file
/// always means the same values; they are rounded to five significant digits, or to whole numbers,
/// which also makes readable labels.
struct Sampling {
  /// The most values that one sample can have.
  static let countLimit = 10_000

  let log: DiagnosticLog

  /// The drawn values as plain scalars at the place of the map, or nil after an error.
  ///
  /// - Parameters:
  ///   - node: the map.
  ///   - stream: the name of the stream of random numbers; other names give independent values.
  ///   - isWhole: whether the setting takes whole numbers.
  func values(_ node: LocatedNode, stream: String, isWhole: Bool) -> [LocatedNode]? {
    guard
      let map = KeyedMap(node, "a sample", keys: ["sample", "count"], log: log),
      let sample = map.required("sample"), let count = map.required("count"),
      let members = KeyedMap(
        sample.value, "'sample'", keys: ["uniform", "logUniform"], log: log)
    else { return nil }
    guard case .value(let number) = count.value.coreInteger, (1...Self.countLimit).contains(number)
    else {
      return fail(
        count.value.place,
        "'count' must be between 1 and \(Self.countLimit), not \(count.value.shown)")
    }
    let logUniform = members["logUniform"]
    guard (members["uniform"] == nil) != (logUniform == nil) else {
      return fail(sample.value.place, "'sample' needs one of 'uniform' and 'logUniform'")
    }
    guard let bounds = bounds(members["uniform"] ?? logUniform, isLogarithmic: logUniform != nil)
    else { return nil }
    let texts = draws(4 * number, bounds, isLogarithmic: logUniform != nil, stream: stream).map {
      isWhole ? DecimalText.exact($0.rounded()) : DecimalText.rounded($0, digits: 5)
    }
    let distinct = OrderedSet(texts).prefix(number)
    if distinct.count < number {
      return fail(
        count.value.place,
        "there are too few values in this range: drawing \(4 * number) gave \(distinct.count) "
          + "different ones")
    }
    return distinct.map { LocatedNode(node.place, .scalar($0, isPlain: true)) }
  }

  private func fail<T>(_ place: Place, _ message: String) -> T? {
    log.error(place, message)
    return nil
  }

  private func bounds(
    _ member: LocatedNode.Member?, isLogarithmic: Bool
  ) -> ClosedRange<Double>? {
    guard let member else { return nil }
    let numbers = (member.value.items ?? []).compactMap(\.coreReal)
    guard numbers.count == 2, member.value.items?.count == 2, numbers[0] < numbers[1],
      numbers.allSatisfy(\.isFinite), !isLogarithmic || numbers[0] > 0
    else {
      return fail(
        member.value.place,
        "'\(member.key)' must be [lower, upper] with lower < upper"
          + (isLogarithmic ? " and lower > 0" : ""))
    }
    return numbers[0]...numbers[1]
  }

  private func draws(
    _ count: Int, _ bounds: ClosedRange<Double>, isLogarithmic: Bool, stream: String
  ) -> [Double] {
    let (lower, upper) = (bounds.lowerBound, bounds.upperBound)
    return RandomStream(seed: 0, name: "sample/\(stream)").uniform(count).map { number in
      let u = Double(number)
      let value =
        isLogarithmic
        ? Elementary.exp((1 - u) * Elementary.log(lower) + u * Elementary.log(upper))
        : (1 - u) * lower + u * upper
      return min(max(value, lower), upper)
    }
  }
}
