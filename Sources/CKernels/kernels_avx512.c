#if defined(__x86_64__)

#include "internal.h"

#pragma clang fp contract(off)
#pragma clang attribute push( \
    __attribute__((target("avx512f,avx512dq,avx512bw,avx512vl,avx2,fma"))), apply_to = function)

#define W 16
#define ROWS 12
#define VECTORS 2
#define NAME "avx512"
#define SYMBOL saddle_kernels_avx512
#include "vector_table.h"

#pragma clang attribute pop

#endif
