// Elementary functions on vectors of Float32 from basic IEEE operations, included once per
// instruction set. Lanes are independent, so the vector's width does not reach the result.
// Reductions of the argument follow Cody and Waite; polynomials are those of Cephes (S. Moshier).

typedef float vf __attribute__((ext_vector_type(W), aligned(4)));
typedef int32_t vi __attribute__((ext_vector_type(W), aligned(4)));
typedef uint32_t vu __attribute__((ext_vector_type(W), aligned(4)));
typedef uint64_t vu64 __attribute__((ext_vector_type(W), aligned(8)));

#define INLINE static inline __attribute__((always_inline, unused))

INLINE vf vf_splat(float x) { return (vf)(x); }
INLINE vi as_int(vf x) { return ((vi)(x)); }
INLINE vf as_float(vi x) { return ((vf)(x)); }
// mask lanes are 0 or -1
INLINE vf choose(vi mask, vf a, vf b) {
  return as_float((as_int(a) & mask) | (as_int(b) & ~mask));
}
INLINE vf v_abs(vf x) { return as_float(as_int(x) & 0x7fffffff); }
INLINE vf v_copysign(vf x, vf sign) {
  return as_float((as_int(x) & 0x7fffffff) | (as_int(sign) & (int32_t)0x80000000));
}
INLINE vf v_sqrt(vf x) { return __builtin_elementwise_sqrt(x); }
// a if a > b or a is NaN, else b: NaN in either operand comes out.
INLINE vf v_max(vf a, vf b) { return choose((a > b) | (a != a), a, b); }
INLINE vf v_min(vf a, vf b) { return choose((a < b) | (a != a), a, b); }

// Nearest integer (ties to even) of |x| < 2^22.
INLINE vf v_round(vf x) { return (x + 12582912.0f) - 12582912.0f; }

// 2^n for n in [-252, 254], applied in two steps so that results may be subnormal or overflow.
INLINE vf v_scale(vf x, vf n) {
  vi whole = __builtin_convertvector(n, vi);
  vi half = whole >> 1;
  vf first = as_float((half + 127) << 23);
  vf second = as_float((whole - half + 127) << 23);
  return x * first * second;
}

// x = n ln 2 + r + rest with |r| <= ln2 / 2, for |x| <= 104.
typedef struct {
  vf n, r, rest;
} reduced_exponent;

INLINE reduced_exponent reduce_exponent(vf x) {
  reduced_exponent e;
  e.n = v_round(x * 1.44269504088896341f);
  vf high = x - e.n * 0.693359375f;  // exact
  vf low = e.n * -2.12194440e-4f;
  e.r = high - low;
  e.rest = (high - e.r) - low;
  return e;
}

// exp(r + rest) - 1 - r.
INLINE vf exp_correction(reduced_exponent e) {
  vf r = e.r;
  vf p = vf_splat(1.9875691500e-4f);
  p = p * r + 1.3981999507e-3f;
  p = p * r + 8.3334519073e-3f;
  p = p * r + 4.1665795894e-2f;
  p = p * r + 1.6666665459e-1f;
  p = p * r + 5.0000001201e-1f;
  return p * (r * r) + e.rest;
}

INLINE vf clamp_exponent(vf x, float lowest) {
  vf clamped = choose(x < lowest, vf_splat(lowest), choose(x > 89.0f, vf_splat(89.0f), x));
  return choose(x != x, vf_splat(0.0f), clamped);
}

INLINE vf v_exp(vf x) {
  reduced_exponent e = reduce_exponent(clamp_exponent(x, -104.0f));
  vf sum = 1.0f + e.r;
  vf rest = (1.0f - sum) + e.r;
  vf y = v_scale(sum + (rest + exp_correction(e)), e.n);
  return choose(x != x, x, y);
}

INLINE vf v_expm1(vf x) {
  reduced_exponent e = reduce_exponent(clamp_exponent(x, -30.0f));
  vf correction = exp_correction(e);
  vf power = v_scale(vf_splat(1.0f), e.n);
  vf first = power - 1.0f, second = power * e.r;
  vf sum = first + second;
  vf part = sum - first;
  vf rest = (first - (sum - part)) + (second - part);
  vf small = sum + (rest + power * correction);
  vf large = v_scale((e.r + correction) + 1.0f, e.n);
  vf y = choose(e.n > 64.0f, large, small);
  y = choose(x == 0.0f, x, y);
  return choose(x != x, x, y);
}

INLINE vf v_log(vf x) {
  vi tiny = x < 1.17549435e-38f;
  vf scaled = choose(tiny, x * 8388608.0f, x);
  vi bits = as_int(scaled);
  vf e = __builtin_convertvector((bits >> 23) - 126, vf) - choose(tiny, vf_splat(23.0f), vf_splat(0.0f));
  vf m = as_float((bits & 0x007fffff) | 0x3f000000);
  vi low = m < 0.707106781186547524f;
  e = e - choose(low, vf_splat(1.0f), vf_splat(0.0f));
  m = choose(low, m + m, m) - 1.0f;
  vf z = m * m;
  vf p = vf_splat(7.0376836292e-2f);
  p = p * m - 1.1514610310e-1f;
  p = p * m + 1.1676998740e-1f;
  p = p * m - 1.2420140846e-1f;
  p = p * m + 1.4249322787e-1f;
  p = p * m - 1.6668057665e-1f;
  p = p * m + 2.0000714765e-1f;
  p = p * m - 2.4999993993e-1f;
  p = p * m + 3.3333331174e-1f;
  vf y = m * (z * p);
  y = y + e * -2.12194440e-4f;
  y = y - 0.5f * z;
  vf result = (m + y) + e * 0.693359375f;
  vf infinity = vf_splat(__builtin_inff());
  result = choose(x == infinity, x, result);
  result = choose(x == 0.0f, -infinity, result);
  result = choose(x < 0.0f, vf_splat(__builtin_nanf("")), result);
  return choose(x != x, x, result);
}

// log(1 + x): the rounding error of 1 + x is put back to first order.
INLINE vf v_log1p(vf x) {
  vf u = 1.0f + x;
  vf error = x - (u - 1.0f);
  vf y = v_log(u) + error / u;
  y = choose(u == 1.0f, x, y);
  return choose((x == __builtin_inff()) | (u == 0.0f), v_log(u), y);
}

// An odd polynomial below 0.625, else tanh |x| = 1 - 2 / (e^{2|x|} + 1).
INLINE vf v_tanh(vf x) {
  vf a = v_abs(x), z = x * x;
  vf p = vf_splat(-5.70498872745e-3f);
  p = p * z + 2.06390887954e-2f;
  p = p * z - 5.37397155531e-2f;
  p = p * z + 1.33314422036e-1f;
  p = p * z - 3.33332819422e-1f;
  vf small = (p * z) * a + a;
  vf large = 1.0f - 2.0f / (v_exp(2.0f * a) + 1.0f);
  vf y = choose(a < 0.625f, small, large);
  return choose(x != x, x, v_copysign(y, x));
}

INLINE vf v_sigmoid(vf x) {
  vf e = v_exp(-v_abs(x));
  vf d = 1.0f + e;
  vf rest = e - (d - 1.0f);  // the rounding error of d
  vf y = choose(x >= 0.0f, vf_splat(1.0f), e) / d;
  return choose(x != x, x, y - y * rest / d);
}

INLINE vf v_softplus(vf x) {
  return v_max(x, vf_splat(0.0f)) + v_log1p(v_exp(-v_abs(x)));
}

INLINE vf v_sign(vf x) {
  vf one = v_copysign(vf_splat(1.0f), x);
  return choose((x == 0.0f) | (x != x), x, one);
}

// sin(pi x) and cos(pi x) for |x| < 2^21.
INLINE void v_sincospi(vf x, vf *sine, vf *cosine) {
  vf n = v_round(x + x);
  vf t = (x - 0.5f * n) * 3.14159265358979324f;
  vf z = t * t;
  vf s = vf_splat(-1.9515295891e-4f);
  s = s * z + 8.3321608736e-3f;
  s = s * z - 1.6666654611e-1f;
  s = (s * z) * t + t;
  vf c = vf_splat(2.443315711809948e-5f);
  c = c * z - 1.388731625493765e-3f;
  c = c * z + 4.166664568298827e-2f;
  c = (c * z) * z - 0.5f * z + 1.0f;
  vi quadrant = __builtin_convertvector(n, vi);
  vi odd = -(quadrant & 1);
  vi sine_sign = (quadrant & 2) << 30;
  vi cosine_sign = ((quadrant + 1) & 2) << 30;
  *sine = as_float(as_int(choose(odd, c, s)) ^ sine_sign);
  *cosine = as_float(as_int(choose(odd, s, c)) ^ cosine_sign);
}
