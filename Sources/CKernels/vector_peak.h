// The arithmetic of products without their memory, included once per instruction set: what it
// reaches is the most that a product can.

static int64_t multiply_add(int64_t rounds, float *result) {
  const vf factor = vf_splat(0.5f), addend = vf_splat(1.0f);
  block_sums sum;
  // Chains that begin differently are not the same to the compiler. They all tend to 2.
#pragma clang loop unroll(full)
  for (int i = 0; i < ROWS; i++) {
#pragma clang loop unroll(full)
    for (int v = 0; v < VECTORS; v++) sum[i][v] = vf_splat((float)(i * VECTORS + v));
  }
  for (int64_t round = 0; round < rounds; round++) {
#pragma clang loop unroll(full)
    for (int i = 0; i < ROWS; i++) {
#pragma clang loop unroll(full)
      for (int v = 0; v < VECTORS; v++) sum[i][v] = v_fma(factor, sum[i][v], addend);
    }
  }
  vf total = vf_splat(0.0f);
#pragma clang loop unroll(full)
  for (int i = 0; i < ROWS; i++) {
#pragma clang loop unroll(full)
    for (int v = 0; v < VECTORS; v++) total = total + sum[i][v];
  }
  *result = total[0];
  return 2 * rounds * ROWS * VECTORS * W;
}
