#if defined(__x86_64__)

#include "internal.h"

#pragma clang fp contract(off)
#pragma clang attribute push(__attribute__((target("avx2,fma"))), apply_to = function)

#define W 8
#define ROWS 6
#define VECTORS 2
#define NAME "avx2"
#define SYMBOL saddle_kernels_avx2
#include "vector_table.h"

#pragma clang attribute pop

#endif
