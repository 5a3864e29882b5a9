import CGSL
import Engine
import Foundation
import Records

/// What the Float64 metrics depend on besides the weights: equal fingerprints mean equal values to the last bit.
///
/// Training needs none of it, for it depends on no library. Metrics call the C library, whose functions choose their
/// code by what the processor can do, and the GNU Scientific Library. Swift neither fuses nor reorders operations, so
/// the compiler's version has no part in it.
public struct Fingerprint: RawRepresentable, Codable, Hashable, Sendable {
  /// One line, for example `x86_64 Linux, glibc 2.36, GSL 2.7.1, avx512`.
  public let rawValue: String

  /// Takes the text of a fingerprint.
  public init(rawValue: String) { self.rawValue = rawValue }

  /// The fingerprint of this machine.
  public static var current: Fingerprint {
    let gsl = String(cString: saddle_gsl_version())
    return Fingerprint(
      rawValue: "\(architecture) \(system), \(library), GSL \(gsl), \(Kernels.best.name)")
  }

  private static var architecture: String {
    #if arch(x86_64)
      "x86_64"
    #elseif arch(arm64)
      "arm64"
    #else
      "other architecture"
    #endif
  }

  private static var system: String {
    #if os(Linux)
      "Linux"
    #elseif os(macOS)
      "macOS"
    #else
      "other system"
    #endif
  }

  /// The C library with its version; where it is the system's own, the system's version.
  private static var library: String {
    #if canImport(Glibc)
      var text = [CChar](repeating: 0, count: 64)
      let length = confstr(Int32(_CS_GNU_LIBC_VERSION), &text, text.count)
      let known = text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }
      return length > 0 ? String(decoding: known, as: UTF8.self) : "glibc"
    #else
      let version = ProcessInfo.processInfo.operatingSystemVersion
      return "libc \(version.majorVersion).\(version.minorVersion).\(version.patchVersion)"
    #endif
  }
}
