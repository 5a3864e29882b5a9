import Catalog
import Foundation
import Runner

/// The dynamics of a game near a point, as lines for people and as members of a JSON object.
struct DynamicsView {
  private let dynamics: LocalDynamics
  private let spectrum: Spectrum
  private let simultaneous: Spectrum
  private let alternating: Spectrum
  private let extragradient: Spectrum

  init(_ dynamics: LocalDynamics) throws {
    self.dynamics = dynamics
    spectrum = try dynamics.field.spectrum()
    simultaneous = try dynamics.simultaneousSpectrum()
    alternating = try dynamics.alternatingSpectrum()
    extragradient = try dynamics.extragradientSpectrum()
  }

  // MARK: Lines

  var lines: [String] {
    let field = dynamics.field
    let (count, own) = (field.velocity.count, field.generatorCount)
    return [
      "parameters      \(count): generator \(own), critic \(count - own)",
      "‖v‖             \(number(field.norm))\(equilibrium)", "",
      "eigenvalues of v′",
    ] + spectrum.eigenvalues.map { "  \(real($0.real))\(imaginary($0.imaginary))" } + [
      "", "the flow        \(flow)", "descent         \(bound)",
      "at these rates  generator \(number(dynamics.generatorRate)), critic \(number(dynamics.criticRate))",
      "  simultaneous  \(radius(simultaneous))",
      "  alternating   \(radius(alternating))\(steps)",
      "  extragradient \(radius(extragradient))",
    ]
  }

  /// Below it the field counts as 0: rounding, as large as the parameters' own.
  private var isEquilibrium: Bool { dynamics.field.norm <= 1e-12 }

  private var equilibrium: String {
    isEquilibrium ? ", an equilibrium" : ": no equilibrium, so what follows is of this point alone"
  }

  private var flow: String {
    switch spectrum.stability {
    case .stable: "contracts: every real part is negative"
    case .unstable: "is unstable: a real part is positive"
    case .undecided: "is not decided here: the largest real part is 0"
    }
  }

  private var bound: String {
    switch spectrum.stepBound {
    case nil: "is not decided here: an eigenvalue is 0"
    case 0: "simultaneous steps converge with no rate, however small"
    case let bound?: "simultaneous steps converge with rates below \(number(bound))"
    }
  }

  private func radius(_ step: Spectrum) -> String {
    "spectral radius of a step \(number(step.radius))"
  }

  private var steps: String {
    dynamics.criticSteps == 1 ? "" : " (\(dynamics.criticSteps) critic steps)"
  }

  private func number(_ value: Double) -> String { String(format: "%.6g", value) }

  private func real(_ value: Double) -> String {
    let text = number(value == 0 ? 0 : value)
    return String(repeating: " ", count: max(0, 14 - text.count)) + text
  }

  private func imaginary(_ value: Double) -> String {
    value == 0 ? "" : " \(value < 0 ? "−" : "+") \(number(abs(value)))i"
  }

  // MARK: JSON

  var members: ValueMap {
    let field = dynamics.field
    return [
      "states": .list(
        field.states.map { .map(["name": .text($0.name), "count": .integer($0.count)]) }),
      "generatorCount": .integer(field.generatorCount),
      "velocity": .list(field.velocity.map(Value.real)), "norm": .real(field.norm),
      "jacobian": .list(
        (0..<field.velocity.count).map { row in
          .list(field.jacobian.row(row).map(Value.real))
        }),
      "eigenvalues": .list(
        spectrum.eigenvalues.map {
          .map(["real": .real($0.real), "imaginary": .real($0.imaginary)])
        }),
      "stability": .text(spectrum.stability.rawValue),
      "stepBound": spectrum.stepBound.map(Value.real) ?? .null,
      "rates": .map([
        "generator": .real(dynamics.generatorRate), "critic": .real(dynamics.criticRate),
      ]),
      "criticSteps": .integer(dynamics.criticSteps),
      "radius": .map([
        "simultaneous": .real(simultaneous.radius), "alternating": .real(alternating.radius),
        "extragradient": .real(extragradient.radius),
      ]),
    ]
  }
}
