import Records

/// What some arms of a plan have in common that no other has, in words: the way from arms that changed to what changed
/// them.
struct CommonGround {
  /// For example `all 3 arms with loss hinge, and no other`.
  let text: String

  /// Finds the simplest description of some arms.
  ///
  /// In this order: every arm; one trait that tells them from the others; all but those with one trait; two traits
  /// together; several labels of one axis; one trait that they share with few others; their names.
  ///
  /// - Parameters:
  ///   - chosen: the arms' indices, at least one.
  ///   - arms: the arms that they could have been, chosen ones included.
  init(_ chosen: [Int], among arms: [Int], of plan: Plan) {
    let isChosen = Set(chosen)
    let search = Search(chosen: chosen, others: arms.filter { !isChosen.contains($0) }, plan: plan)
    text = search.text
  }

  /// A label or a table's entry, with the arms that have it.
  private struct Trait {
    let text: String
    /// The axis of a label; nil for an entry of a table.
    let axis: Int?
    let arms: Set<Int>
  }

  private struct Search {
    let chosen: [Int]
    let others: [Int]
    let plan: Plan

    var text: String {
      if others.isEmpty { return chosen.count == 1 ? "the only arm" : count }
      let traits = traits
      let separating = traits.filter { covers($0) && others(with: $0) == 0 }
      if let first = separating.first {
        let also = separating.dropFirst().prefix(2).map(\.text).joined(separator: ", ")
        let more = also.isEmpty ? "" : " (that is, with \(also))"
        return "\(count) with \(first.text)\(more), and no other"
      }
      if chosen.count == 1 { return "arm \(plan.arms[chosen[0]].name) alone" }
      if let except = traits.first(where: { isMissing($0) && others(with: $0) == others.count }) {
        return "\(count) without \(except.text), and no other"
      }
      return pair(traits) ?? alternatives(traits) ?? shared(traits) ?? names
    }

    private var count: String {
      switch chosen.count {
      case 1: "the arm"
      case 2: "both arms"
      default: "all \(chosen.count) arms"
      }
    }

    /// Labels in the order of the axes, then entries in the order of the arms that use them.
    private var traits: [Trait] {
      var traits: [Trait] = []
      let arms = chosen + others
      for (index, axis) in plan.axes.enumerated() where axis.labels.count > 1 {
        for label in axis.labels {
          let having = arms.filter { plan.arms[$0].labels[index] == label }
          traits.append(Trait(text: "\(axis.name) \(label)", axis: index, arms: Set(having)))
        }
      }
      var known = Set(traits.map(\.text))
      for mention in arms.flatMap({ plan.arms[$0].mentions }) {
        let text = "\(mention.table) \(mention.entry)"
        guard known.insert(text).inserted else { continue }
        let having = arms.filter { plan.arms[$0].mentions.contains(mention) }
        traits.append(Trait(text: text, axis: nil, arms: Set(having)))
      }
      return traits
    }

    private func covers(_ trait: Trait) -> Bool { chosen.allSatisfy(trait.arms.contains) }

    private func isMissing(_ trait: Trait) -> Bool { !chosen.contains(where: trait.arms.contains) }

    private func others(with trait: Trait) -> Int { others.count(where: trait.arms.contains) }

    private func pair(_ traits: [Trait]) -> String? {
      let covering = traits.filter(covers)
      for (index, first) in covering.enumerated() {
        for second in covering.dropFirst(index + 1)
        where !others.contains(where: { first.arms.contains($0) && second.arms.contains($0) }) {
          return "\(count) with \(first.text) and \(second.text), and no other"
        }
      }
      return nil
    }

    private func alternatives(_ traits: [Trait]) -> String? {
      for axis in plan.axes.indices {
        let labels = traits.filter { $0.axis == axis && !isMissing($0) }
        let all = Set(labels.flatMap(\.arms))
        let isExact = chosen.allSatisfy(all.contains) && !others.contains(where: all.contains)
        guard isExact, labels.count <= 4 else { continue }
        let names = labels.map { $0.text.dropFirst(plan.axes[axis].name.count + 1) }
        return "\(count) with \(plan.axes[axis].name) "
          + "\(names.dropLast().joined(separator: ", ")) or \(names.last ?? ""), and no other"
      }
      return nil
    }

    private func shared(_ traits: [Trait]) -> String? {
      let candidates = traits.filter { covers($0) && others(with: $0) < others.count }
      guard let nearest = candidates.min(by: { others(with: $0) < others(with: $1) }) else {
        return nil
      }
      return "\(chosen.count) of the \(chosen.count + others(with: nearest)) arms with "
        + "\(nearest.text), and no other: \(names)"
    }

    private var names: String {
      let names = chosen.prefix(4).map { plan.arms[$0].name }
      let more = chosen.count > 4 ? " and \(chosen.count - 4) more" : ""
      return "\(names.joined(separator: "; "))\(more)"
    }
  }
}
