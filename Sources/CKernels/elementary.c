#include "saddle_elementary.h"

#include <math.h>
#include <stdint.h>
#include <string.h>

// Only IEEE additions, multiplications and divisions in a fixed order: the same bits everywhere.
// Intermediate results that would cost more than half an ULP are carried as unevaluated sums.
#pragma clang fp contract(off)

// An unevaluated sum: |lo| is at most half an ULP of hi unless said otherwise.
typedef struct {
  double hi, lo;
} Sum;

// a + b exactly, for |a| >= |b| or a = 0 (Dekker).
static inline Sum fast_two_sum(double a, double b) {
  double sum = a + b;
  return (Sum){sum, (a - sum) + b};
}

// a / b to about one ULP.
static inline double quotient(Sum a, Sum b) {
  double approximation = a.hi / b.hi;
  return approximation + (a.lo - approximation * b.lo) / b.hi;
}

// coefficients[0] + coefficients[1] x + … (Horner).
static inline double polynomial(const double *coefficients, int count, double x) {
  double result = coefficients[count - 1];
  for (int i = count - 2; i >= 0; i--) result = result * x + coefficients[i];
  return result;
}

static inline uint64_t bits_of(double x) {
  uint64_t bits;
  memcpy(&bits, &x, sizeof bits);
  return bits;
}

static inline double from_bits(uint64_t bits) {
  double x;
  memcpy(&x, &bits, sizeof x);
  return x;
}

// 2^n for -1022 <= n <= 1023.
static inline double power_of_two(int n) { return from_bits((uint64_t)(n + 1023) << 52); }

// ln 2 in two parts; the first has 20 trailing zeros: its product with an exponent is exact.
static const double ln2_hi = 0x1.62e42feep-1;
static const double ln2_lo = 0x1.a39ef35793c76p-33;

// Exponentials

// (e^r - 1 - r) / r² for |r| <= ln 2 / 2: its Taylor series to a relative error below 2^-55.
static inline double exp_series(double r) {
  static const double coefficients[] = {
      1.0 / 2,        1.0 / 6,         1.0 / 24,        1.0 / 120,
      1.0 / 720,      1.0 / 5040,      1.0 / 40320,     1.0 / 362880,
      1.0 / 3628800,  1.0 / 39916800,  1.0 / 479001600, 1.0 / 6227020800.0,
  };
  return polynomial(coefficients, sizeof coefficients / sizeof *coefficients, r);
}

// e^x - subtrahend for subtrahend 0 and -746 < x <= 710, or subtrahend 1 and -40 <= x <= 710.
static inline Sum exp_minus(double x, int subtrahend) {
  static const double log2e = 0x1.71547652b82fep+0;
  static const double shift = 0x1.8p52;
  double rounded = (x * log2e + shift) - shift;
  int n = (int)rounded;
  double hi = x - rounded * ln2_hi;
  double lo = rounded * ln2_lo;
  double r = hi - lo;
  double tail = (hi - r) - lo;

  // 2^n e^r - s = 2^n ((1 - s 2^-n) + r + (e^r - 1 - r)).
  double base = 1;
  if (subtrahend != 0 && n < 64) base -= power_of_two(-n);
  Sum sum = fast_two_sum(base, r);
  sum = fast_two_sum(sum.hi, sum.lo + (r * r * exp_series(r) + tail));
  double half = power_of_two(n / 2);
  double rest = power_of_two(n - n / 2);
  return (Sum){sum.hi * half * rest, sum.lo * half * rest};
}

double saddle_exp(double x) {
  if (x != x) return x;
  if (x > 710) return INFINITY;
  if (x < -746) return 0;
  return exp_minus(x, 0).hi;
}

double saddle_expm1(double x) {
  if (x != x || x == 0) return x;
  if (x > 710) return INFINITY;
  if (x < -40) return -1;
  return exp_minus(x, 1).hi;
}

// With t = e^(2|x|) - 1: tanh |x| = t / (t + 2).
double saddle_tanh(double x) {
  if (x != x) return x;
  double magnitude = fabs(x);
  if (magnitude > 20) return copysign(1, x);
  Sum t = exp_minus(2 * magnitude, 1);
  Sum denominator = t.hi < 2 ? fast_two_sum(2, t.hi) : fast_two_sum(t.hi, 2);
  denominator.lo += t.lo;
  return copysign(quotient(t, denominator), x);
}

// 1 / (1 + e^-x) for x >= 0, e^x / (1 + e^x) below.
double saddle_sigmoid(double x) {
  if (x != x) return x;
  if (x > 40) return 1;
  if (x < -40) return saddle_exp(x);
  Sum exponential = exp_minus(-fabs(x), 0);
  Sum denominator = fast_two_sum(1, exponential.hi);
  denominator.lo += exponential.lo;
  return quotient(x < 0 ? exponential : (Sum){1, 0}, denominator);
}

// Logarithms

// n ln 2 + log(1 + f) + low for √½ <= 1 + f < √2 and |low| far below 1. With s = f / (2 + f):
// log(1 + f) = f - f²/2 + s (f²/2 + series(s²)), series(z) = 2z/3 + 2z²/5 + 2z³/7 + …
static inline double log_reduced(int n, double f, double low) {
  static const double coefficients[] = {
      2.0 / 3,  2.0 / 5,  2.0 / 7,  2.0 / 9,  2.0 / 11,
      2.0 / 13, 2.0 / 15, 2.0 / 17, 2.0 / 19, 2.0 / 21,
  };
  double s = f / (2 + f);
  double z = s * s;
  double series = z * polynomial(coefficients, sizeof coefficients / sizeof *coefficients, z);
  double half_square = 0.5 * f * f;
  double correction = s * (half_square + series) + (n * ln2_lo + low);
  return n * ln2_hi - ((half_square - correction) - f);
}

// log(2^exponent (u + low)) for a positive normal u and |low| <= ULP(u).
static inline double log_scaled(int exponent, double u, double low) {
  const uint64_t sqrt_half = 0x3fe6a09e667f3bcd;
  int64_t n = (int64_t)(bits_of(u) - sqrt_half) >> 52;
  double mantissa = from_bits(bits_of(u) - ((uint64_t)n << 52));
  return log_reduced((int)n + exponent, mantissa - 1, low / u);
}

double saddle_log(double x) {
  if (x != x || x == INFINITY) return x;
  if (x == 0) return -INFINITY;
  if (x < 0) return NAN;
  return x < 0x1p-1022 ? log_scaled(-54, x * 0x1p54, 0) : log_scaled(0, x, 0);
}

// log(1 + x + low) for x > -1 and |low| <= ULP(x).
static inline double log1p_sum(double x, double low) {
  if (x > -0.29 && x < 0.41) return log_reduced(0, x, low / (1 + x));
  Sum sum = x < 1 ? fast_two_sum(1, x) : fast_two_sum(x, 1);
  return log_scaled(0, sum.hi, sum.lo + low);
}

double saddle_log1p(double x) {
  if (x != x || x == 0 || x == INFINITY) return x;
  if (x == -1) return -INFINITY;
  if (x < -1) return NAN;
  return log1p_sum(x, 0);
}

// max(x, 0) + log(1 + e^-|x|).
double saddle_softplus(double x) {
  if (x != x || x > 40) return x;
  if (x < -40) return saddle_exp(x);
  Sum exponential = exp_minus(-fabs(x), 0);
  double logarithm = log1p_sum(exponential.hi, exponential.lo);
  return x > 0 ? x + logarithm : logarithm;
}

// Circular functions

// sin(πy) for |y| <= ¼: y (π + c₃y² + c₅y⁴ + …), cₙ = ±πⁿ/n!.
static inline double sinpi_series(double y) {
  static const double pi_hi = 0x1.921fb54442d18p+1;
  static const double pi_lo = 0x1.1a62633145c07p-53;
  static const double coefficients[] = {
      -0x1.4abbce625be53p+2, 0x1.466bc6775aae2p+1,  -0x1.32d2cce62bd86p-1,  0x1.50783487ee782p-4,
      -0x1.e3074fde8871fp-8, 0x1.e8f434d018d63p-12, -0x1.6fadb9f155744p-16, 0x1.aaec32af93359p-21,
  };
  double z = y * y;
  double rest = z * polynomial(coefficients, sizeof coefficients / sizeof *coefficients, z) + pi_lo;
  return y * pi_hi + y * rest;
}

// cos(πy) for |y| <= ¼: 1 + c₂y² + c₄y⁴ + …, cₙ = ±πⁿ/n!.
static inline double cospi_series(double y) {
  static const double coefficients[] = {
      -0x1.3bd3cc9be45dep+2, 0x1.03c1f081b5ac4p+2,   -0x1.55d3c7e3cbffap+0, 0x1.e1f506891babbp-3,
      -0x1.a6d1f2a204a8cp-6, 0x1.f9d38a3763cc3p-10,  -0x1.b6e24f44b128fp-14, 0x1.20c62c2f2d7f5p-18,
  };
  double z = y * y;
  return 1 + z * polynomial(coefficients, sizeof coefficients / sizeof *coefficients, z);
}

// x = 2k + quarter/2 + y with |y| <= ¼, exactly.
typedef struct {
  int quarter;
  double y;
} HalfTurns;

static inline HalfTurns reduce_half_turns(double x) {
  if (fabs(x) >= 0x1p53) return (HalfTurns){0, 0};  // an even number
  double turn = x - 2.0 * (double)(int64_t)(0.5 * x);
  int quarter = (int)(2 * turn + copysign(0.5, turn));
  return (HalfTurns){quarter & 3, turn - 0.5 * quarter};
}

double saddle_sinpi(double x) {
  if (!isfinite(x)) return NAN;
  HalfTurns reduced = reduce_half_turns(x);
  double magnitude =
      reduced.quarter & 1 ? cospi_series(reduced.y) : sinpi_series(reduced.y);
  double result = reduced.quarter & 2 ? -magnitude : magnitude;
  return result == 0 ? copysign(0, x) : result;
}

double saddle_cospi(double x) {
  if (!isfinite(x)) return NAN;
  HalfTurns reduced = reduce_half_turns(x);
  double magnitude =
      reduced.quarter & 1 ? sinpi_series(reduced.y) : cospi_series(reduced.y);
  int negative = reduced.quarter == 1 || reduced.quarter == 2;
  return (negative ? -magnitude : magnitude) + 0.0;  // no negative zero
}
