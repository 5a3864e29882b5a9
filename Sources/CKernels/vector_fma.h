// v_fma(a, b, c) = a * b + c rounded once.

#ifdef EMULATE_FMA

// Without the instruction: the product of two Float32 is exact in Float64; the sum is rounded to
// odd there, which makes the final rounding to Float32 correct (Boldo and Melquiond 2008).
// Rounding to nearest in Float64 instead would round twice.
typedef double vd __attribute__((ext_vector_type(W)));
typedef int64_t vl __attribute__((ext_vector_type(W)));

INLINE vf v_fma(vf a, vf b, vf c) {
  vd product = __builtin_convertvector(a, vd) * __builtin_convertvector(b, vd);
  vd addend = __builtin_convertvector(c, vd);
  vd sum = product + addend;
  vd part = sum - product;
  vd error = (product - (sum - part)) + (addend - part);
  vl bits = ((vl)(sum));
  vl inexact = (error > 0.0) | (error < 0.0);
  vl even = (bits & 1) - 1;
  // Towards the error: away from zero when the signs agree.
  vl opposite = (((vl)(error)) ^ bits) >> 63;
  vl moved = bits + 1 + 2 * opposite;
  vl move = inexact & even;
  vl rounded = (moved & move) | (bits & ~move);
  return __builtin_convertvector(((vd)(rounded)), vf);
}

#else

INLINE vf v_fma(vf a, vf b, vf c) { return __builtin_elementwise_fma(a, b, c); }

#endif
