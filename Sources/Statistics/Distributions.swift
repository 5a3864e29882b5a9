import CGSL

/// Quantiles from the GNU Scientific Library, whose default error handler, which ends the process,
/// is replaced.
enum Distributions {
  private static let returnsStatuses: Void = { _ = gsl_set_error_handler_off() }()

  /// The p-quantile of Student's t with `degrees` > 0 degrees of freedom, 0 < p < 1.
  static func studentQuantile(_ p: Double, degrees: Double) -> Double {
    returnsStatuses
    return gsl_cdf_tdist_Pinv(p, degrees)
  }

  /// The p-quantile of the standard normal distribution, 0 < p < 1.
  static func normalQuantile(_ p: Double) -> Double {
    returnsStatuses
    return gsl_cdf_ugaussian_Pinv(p)
  }

  /// The p-quantile of the beta distribution with parameters a, b > 0, 0 < p < 1.
  static func betaQuantile(_ p: Double, a: Double, b: Double) -> Double {
    returnsStatuses
    return gsl_cdf_beta_Pinv(p, a, b)
  }
}
