#ifndef SADDLE_INTERNAL_H
#define SADDLE_INTERNAL_H

#include "saddle_kernels.h"
#include "saddle_philox.h"

// Copies `count` elements of an operand's iteration space from flat index `first` on.
void saddle_gather(const saddle_operand *operand, int64_t first, int count, float *result);

extern const saddle_kernels saddle_kernels_portable;
#if defined(__x86_64__)
extern const saddle_kernels saddle_kernels_avx2;
extern const saddle_kernels saddle_kernels_avx512;
#endif

#endif
