import Engine
import Foundation

/// What the environment decides: where data lie and which kernels are used. Nothing of it changes a result.
public struct Settings: Sendable {
  /// The folder of data files; nil when SADDLE_DATA is not set.
  public let dataFolder: String?
  /// The kernels of the fast executor.
  public let kernels: Kernels

  /// Reads SADDLE_DATA and SADDLE_ISA.
  ///
  /// - Throws: `RunnerError.environment` when SADDLE_ISA names no instruction set of this machine.
  public init(environment: [String: String]) throws {
    dataFolder = environment["SADDLE_DATA"].flatMap { $0.isEmpty ? nil : $0 }
    guard let name = environment["SADDLE_ISA"], !name.isEmpty else {
      kernels = .best
      return
    }
    guard Kernels.allNames.contains(name) else {
      let names = Kernels.allNames.joined(separator: ", ")
      throw RunnerError.environment(
        variable: "SADDLE_ISA", message: "no instruction set '\(name)'; there are \(names)")
    }
    guard let kernels = Kernels(named: name) else {
      throw RunnerError.environment(
        variable: "SADDLE_ISA", message: "this machine cannot run \(name)")
    }
    self.kernels = kernels
  }
}
