#include "CPairs.h"

#include <stdint.h>
#include <string.h>

// A product and a sum stay two roundings, whatever the processor could fuse.
#pragma clang fp contract(off)

/// A coordinate of the four vectors of a panel.
typedef double quadruple __attribute__((vector_size(32)));

/// As many numbers as keep the units of a processor busy.
enum { width = 16 };
typedef double numbers __attribute__((vector_size(8 * width)));
typedef int64_t bits __attribute__((vector_size(8 * width)));

#define VARIANT(name) name##_portable
#include "loops.h"
#undef VARIANT

#if defined(__x86_64__)
#pragma clang attribute push(__attribute__((target("avx2"))), apply_to = function)
#define VARIANT(name) name##_avx2
#include "loops.h"
#undef VARIANT
#pragma clang attribute pop

#define CALL(name, ...) \
  (__builtin_cpu_supports("avx2") ? name##_avx2(__VA_ARGS__) : name##_portable(__VA_ARGS__))
#else
#define CALL(name, ...) name##_portable(__VA_ARGS__)
#endif

void saddle_pair_tiles(
  const void *panel, struct saddle_panels others, size_t depth, enum saddle_pair_quantity quantity,
  void *result, size_t result_stride, int adds) {
  CALL(pair_tiles, panel, others, depth, quantity, result, result_stride, adds);
}

void saddle_gaussian_sums(
  void *values, size_t count, const struct saddle_gaussian_term *terms, size_t term_count) {
  CALL(gaussian_sums, values, count, terms, term_count);
}

void saddle_exponentials(void *values, size_t count) {
  const struct saddle_gaussian_term identity = {0, 0, 1};
  CALL(gaussian_sums, values, count, &identity, 1);
}
