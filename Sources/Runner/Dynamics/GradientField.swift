import Arrays
import LinearAlgebra

/// The gradient field of a game at one point, v(θ, ψ) = (−∇_θ L_G, −∇_ψ L_D), with its Jacobian: to follow v is what both
/// players' gradient descent at once does with infinitely small steps.
///
/// Each loss is a player's whole training loss, penalties and auxiliary terms included. Source: 1801.04406.
public struct GradientField: Sendable {
  /// The trained states, those of the generator first, in the order of the field's elements.
  public let states: [(name: String, count: Int)]
  /// The number of the generator's elements, which come first.
  public let generatorCount: Int
  /// The elements of v.
  public let velocity: [Double]
  /// ∂vᵢ/∂pⱼ at row i and column j, p = (θ, ψ).
  public let jacobian: HostArray<Double>

  /// The Euclidean norm of v, 0 at an equilibrium.
  public var norm: Double { velocity.reduce(0) { $0 + $1 * $1 }.squareRoot() }

  /// The eigenvalues of the Jacobian, by rising real and then imaginary part.
  ///
  /// - Throws: `DynamicsError.noEigenvalues`.
  public func spectrum() throws -> Spectrum { try Spectrum(jacobian) }
}

/// The eigenvalues of the Jacobian of a field, and what they say of the flow and of small steps along it.
public struct Spectrum: Sendable {
  /// How the flow behaves near an equilibrium, as far as its linear part decides it.
  public enum Stability: String, Sendable {
    /// Every eigenvalue has a negative real part: the flow converges.
    case stable
    /// Some eigenvalue has a positive real part.
    case unstable
    /// The largest real part is 0: terms of higher order decide.
    case undecided
  }

  /// By rising real and then imaginary part.
  public let eigenvalues: [Complex]

  /// Computes the eigenvalues of a square matrix.
  ///
  /// - Throws: `DynamicsError.noEigenvalues` where the matrix is not finite, or where the iteration does not converge.
  init(_ matrix: HostArray<Double>) throws {
    do {
      eigenvalues = try LinearAlgebra.eigenvalues(matrix)
    } catch {
      throw DynamicsError.noEigenvalues("\(error)")
    }
  }

  /// max |λ|.
  public var radius: Double { eigenvalues.map(\.magnitude).max() ?? 0 }

  /// What counts as 0 beside the largest absolute value.
  private var tolerance: Double { 1e-12 * radius }

  /// How the flow behaves; a real part within 1e-12 of the largest absolute value counts as 0.
  public var stability: Stability {
    let largest = eigenvalues.map(\.real).max() ?? 0
    guard abs(largest) > tolerance else { return .undecided }
    return largest < 0 ? .stable : .unstable
  }

  /// The bound of the step sizes with which simultaneous gradient descent converges locally, min 2|Re λ|/|λ|².
  ///
  /// It is 0, and no step size converges, where an eigenvalue other than 0 has no negative real part; nil where 0 itself is
  /// an eigenvalue, so that terms of higher order decide.
  public var stepBound: Double? {
    let others = eigenvalues.filter { $0.magnitude > tolerance }
    if others.contains(where: { $0.real >= -tolerance }) { return 0 }
    guard others.count == eigenvalues.count else { return nil }
    return others.map { 2 * -$0.real / ($0.magnitude * $0.magnitude) }.min()
  }
}
