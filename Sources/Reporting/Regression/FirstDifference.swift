/// Where two histories of one run part.
struct FirstDifference: Hashable, Sendable {
  /// The generator step.
  let step: Int
  /// The last kept step at which they still agreed; nil when they differ from the first kept one on.
  let lastEqual: Int?
  /// The column that differs and is computed first.
  let column: String
  /// The earlier and the later value; nil where there is none.
  let old: Double?
  let new: Double?
  /// The columns that are computed before it in the step and agree.
  let equalBefore: [String]

  /// Compares the moments that both histories keep; nil when they agree in all of them.
  init?(_ old: [Baseline.Moment], _ new: [Baseline.Moment], columns: [String]) {
    var lastEqual: Int?
    for moment in old {
      guard let other = new.first(where: { $0.step == moment.step }) else { continue }
      let pairs = zip(moment.values, other.values)
      guard let index = Array(pairs).firstIndex(where: { $0 != $1 }) else {
        lastEqual = moment.step
        continue
      }
      self.step = moment.step
      self.lastEqual = lastEqual
      self.column = columns[index]
      self.old = moment.values[index]
      self.new = other.values[index]
      self.equalBefore = Array(columns[..<index])
      return
    }
    return nil
  }

  /// `critic_loss at step 1: 1.9731 is now 2.4406 (before it equal: real, fake)`.
  var text: String {
    let place = lastEqual.map { "between steps \($0) and \(step), seen in \(column)" }
    var (old, new) = (
      NumberText.significant(old, digits: 5), NumberText.significant(new, digits: 5)
    )
    if old == new, let exactOld = self.old, let exactNew = self.new {
      (old, new) = (exactOld.description, exactNew.description)
    }
    // Equal columns tell something only where nothing was trained before.
    let equal =
      step == 1 && !equalBefore.isEmpty
      ? " (computed before it and equal: \(equalBefore.joined(separator: ", ")))" : ""
    return "\(place ?? "\(column) at step \(step)"): \(old) is now \(new)\(equal)"
  }
}
