/// Why a game's gradient field cannot be told.
public enum DynamicsError: Error, CustomStringConvertible {
  /// The networks have more parameters than are differentiated one by one.
  case tooManyParameters(Int)
  /// The run is over before the step that was asked for.
  case tooLate(steps: Int)
  /// Training diverged before the step that was asked for.
  case diverged(step: Int)
  /// No trained state has this name.
  case unknownState(String, known: [String])
  /// A state was given another number of values than it has.
  case wrongCount(state: String, given: Int, needed: Int)
  /// The Jacobian has no eigenvalues that can be computed, and why.
  case noEigenvalues(String)

  /// One sentence that says what to do.
  public var description: String {
    switch self {
    case .tooManyParameters(let count):
      "the networks have \(count) parameters, and eigenvalues are computed for at most "
        + "\(LocalDynamics.mostParameters); use smaller networks, such as point and linear"
    case .tooLate(let steps):
      "a run of this arm has \(steps) steps; ask for eigenvalues after at most as many"
    case .diverged(let step):
      "training diverged after step \(step); ask for eigenvalues before it"
    case .unknownState(let name, let known):
      "no parameter is called '\(name)'; there are: \(known.joined(separator: ", "))"
    case .wrongCount(let state, let given, let needed):
      needed == 1
        ? "'\(state)' has 1 element, not \(given)"
        : "'\(state)' has \(needed) elements, not \(given); give one number for all, or \(needed)"
    case .noEigenvalues(let reason): reason
    }
  }
}
