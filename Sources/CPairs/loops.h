// The loops, compiled once for each instruction set: VARIANT(name) is the name of a function.

/// The sums of four vectors with those of two panels, over the coordinates in ascending order.
static inline __attribute__((always_inline)) void VARIANT(sums)(
  const double *rows, const double *first, const double *second, size_t depth, int is_distance,
  quadruple left[4], quadruple right[4]) {
  for (int i = 0; i < 4; i++) left[i] = right[i] = (quadruple){0};
  for (size_t k = 0; k < depth; k++) {
    quadruple a, b;
    memcpy(&a, first + 4 * k, sizeof a);
    memcpy(&b, second + 4 * k, sizeof b);
#pragma clang loop unroll(full)
    for (int i = 0; i < 4; i++) {
      double x = rows[4 * k + i];
      if (is_distance) {
        left[i] += (x - a) * (x - a);
        right[i] += (x - b) * (x - b);
      } else {
        left[i] += x * a;
        right[i] += x * b;
      }
    }
  }
}

static inline __attribute__((always_inline)) void VARIANT(put)(
  const quadruple sums[4], double *result, size_t stride, int adds) {
  for (int i = 0; i < 4; i++) {
    quadruple value = sums[i];
    if (adds) {
      quadruple before;
      memcpy(&before, result + i * stride, sizeof before);
      value = before + value;
    }
    memcpy(result + i * stride, &value, sizeof value);
  }
}

static inline __attribute__((always_inline)) void VARIANT(all_tiles)(
  const double *rows, struct saddle_panels others, size_t depth, int is_distance, double *result,
  size_t stride, int adds) {
  const double *columns = others.elements;
  for (size_t q = 0; q < others.count; q += 2) {
    int has_second = q + 1 < others.count;
    const double *first = columns + q * others.stride;
    quadruple left[4], right[4];
    VARIANT(sums)(rows, first, first + has_second * others.stride, depth, is_distance, left, right);
    VARIANT(put)(left, result + 4 * q, stride, adds);
    if (has_second) VARIANT(put)(right, result + 4 * q + 4, stride, adds);
  }
}

static void VARIANT(pair_tiles)(
  const void *panel, struct saddle_panels others, size_t depth, enum saddle_pair_quantity quantity,
  void *result, size_t result_stride, int adds) {
  if (quantity == saddle_squared_distance)
    VARIANT(all_tiles)(panel, others, depth, 1, result, result_stride, adds);
  else
    VARIANT(all_tiles)(panel, others, depth, 0, result, result_stride, adds);
}

/// eˣ: x = k ln 2 + r with |r| ≤ ½ ln 2, times a Taylor polynomial of degree 13 for eʳ, whose remainder is below 2⁻⁵⁶.
static inline __attribute__((always_inline)) void VARIANT(exponential)(
  const numbers *argument, numbers *result) {
  numbers x = *argument;
  bits is_low = x <= -700, is_below = x < -700;
  numbers lowest = (numbers){0} - 700;
  numbers bounded = (numbers)((is_low & (bits)lowest) | (~is_low & (bits)x));
  // Adding 1.5·2⁵² rounds to a whole number and leaves it in the low bits of the mantissa.
  numbers shifted = bounded * 0x1.71547652b82fep0 + 0x1.8p52;
  numbers whole = shifted - 0x1.8p52;
  // ln 2 in two parts, the first with 20 trailing zeros so that its multiples are exact.
  numbers r = (bounded - whole * 0x1.62e42feep-1) - whole * 0x1.a39ef35793c76p-33;
  numbers sum = r * (1 / 6227020800.0) + (1 / 479001600.0);
  sum = sum * r + (1 / 39916800.0);
  sum = sum * r + (1 / 3628800.0);
  sum = sum * r + (1 / 362880.0);
  sum = sum * r + (1 / 40320.0);
  sum = sum * r + (1 / 5040.0);
  sum = sum * r + (1 / 720.0);
  sum = sum * r + (1 / 120.0);
  sum = sum * r + (1 / 24.0);
  sum = sum * r + (1 / 6.0);
  sum = sum * r + 0.5;
  sum = sum * r * r + r + 1;
  numbers power = (numbers)(((bits)shifted + 1023) << 52);
  *result = (numbers)(~is_below & (bits)(sum * power));
}

static void VARIANT(gaussian_sums)(
  void *values, size_t count, const struct saddle_gaussian_term *terms, size_t term_count) {
  for (size_t start = 0; start < count; start += width) {
    size_t size = (count - start < width ? count - start : width) * sizeof(double);
    numbers s = {0}, sum = {0}, term = {0};
    memcpy(&s, (double *)values + start, size);
    for (size_t index = 0; index < term_count; index++) {
      if (terms[index].is_power) {
        for (int n = 0; n < terms[index].squarings; n++) term *= term;
      } else {
        numbers exponent = s * terms[index].factor;
        VARIANT(exponential)(&exponent, &term);
      }
      sum += term;
    }
    memcpy((double *)values + start, &sum, size);
  }
}
