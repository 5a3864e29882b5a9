// Packed panels and the register block of all contractions, included once per instruction set. The
// macros ROWS and VECTORS give the block: ROWS rows of VECTORS vectors of W lanes. Every element of
// a result is one chain of fused multiply-adds in ascending p per block of SADDLE_CONTRACTION_BLOCK
// terms, whatever the block's shape, so the instruction set does not reach the result.

#define PANEL (VECTORS * W)

// Floats in a packed row of `columns` columns.
INLINE int panel_width(int columns) { return columns <= W ? W : PANEL; }

typedef float quad __attribute__((ext_vector_type(4), aligned(4)));

// Packs columns that are contiguous in memory four by four; returns how many columns are done.
static int pack_transposed(
    const float *b, int64_t b_column, int depth, int columns, int width, float *restrict packed) {
  int j = 0;
  for (; j + 4 <= columns; j += 4) {
    const float *source = b + j * b_column;
    int p = 0;
    for (; p + 4 <= depth; p += 4) {
      quad r0 = *(const quad *)(source + p), r1 = *(const quad *)(source + b_column + p);
      quad r2 = *(const quad *)(source + 2 * b_column + p);
      quad r3 = *(const quad *)(source + 3 * b_column + p);
      quad low01 = __builtin_shufflevector(r0, r1, 0, 4, 1, 5);
      quad high01 = __builtin_shufflevector(r0, r1, 2, 6, 3, 7);
      quad low23 = __builtin_shufflevector(r2, r3, 0, 4, 1, 5);
      quad high23 = __builtin_shufflevector(r2, r3, 2, 6, 3, 7);
      float *target = packed + (int64_t)p * width + j;
      *(quad *)target = __builtin_shufflevector(low01, low23, 0, 1, 4, 5);
      *(quad *)(target + width) = __builtin_shufflevector(low01, low23, 2, 3, 6, 7);
      *(quad *)(target + 2 * width) = __builtin_shufflevector(high01, high23, 0, 1, 4, 5);
      *(quad *)(target + 3 * width) = __builtin_shufflevector(high01, high23, 2, 3, 6, 7);
    }
    for (; p < depth; p++) {
      for (int i = 0; i < 4; i++) packed[(int64_t)p * width + j + i] = source[i * b_column + p];
    }
  }
  return j;
}

// Packs b[0..<depth, 0..<columns] into rows of `width` floats, zero beyond `columns`.
static void pack_panel(
    const float *b, int64_t b_row, int64_t b_column, int depth, int columns, int width,
    float *restrict packed) {
  if (b_column == 1 && columns == width) {
    for (int p = 0; p < depth; p++) {
      for (int v = 0; v < width; v += W) {
        *(vf *)(packed + (int64_t)p * width + v) = *(const vf *)(b + p * b_row + v);
      }
    }
    return;
  }
  if (b_column == 1) {
    for (int p = 0; p < depth; p++) {
      for (int j = 0; j < columns; j++) packed[(int64_t)p * width + j] = b[p * b_row + j];
      for (int j = columns; j < width; j++) packed[(int64_t)p * width + j] = 0;
    }
    return;
  }
  int first = b_row == 1 ? pack_transposed(b, b_column, depth, columns, width, packed) : 0;
  for (int j = first; j < columns; j++) {
    const float *source = b + j * b_column;
    for (int p = 0; p < depth; p++) packed[(int64_t)p * width + j] = source[p * b_row];
  }
  for (int j = columns; j < width; j++) {
    for (int p = 0; p < depth; p++) packed[(int64_t)p * width + j] = 0;
  }
}

// One register block: `rows` and `vectors` are compile-time constants at every call. Row i of the
// result begins at c + c_rows[i].
INLINE void product_block(
    const int rows, const int vectors, int depth, const float *a, int64_t a_row, int64_t a_column,
    const float *packed, float *c, const int64_t *c_rows, int columns, int accumulate) {
  vf sum[ROWS][VECTORS];
#pragma clang loop unroll(full)
  for (int i = 0; i < rows; i++) {
#pragma clang loop unroll(full)
    for (int v = 0; v < vectors; v++) sum[i][v] = vf_splat(0.0f);
  }
  for (int p = 0; p < depth; p++) {
    vf right[VECTORS];
#pragma clang loop unroll(full)
    for (int v = 0; v < vectors; v++) right[v] = *(const vf *)(packed + v * W);
#pragma clang loop unroll(full)
    for (int i = 0; i < rows; i++) {
      vf left = vf_splat(a[i * a_row]);
#pragma clang loop unroll(full)
      for (int v = 0; v < vectors; v++) sum[i][v] = v_fma(left, right[v], sum[i][v]);
    }
    packed += vectors * W;
    a += a_column;
  }
  if (columns == vectors * W) {
#pragma clang loop unroll(full)
    for (int i = 0; i < rows; i++) {
#pragma clang loop unroll(full)
      for (int v = 0; v < vectors; v++) {
        vf *target = (vf *)(c + c_rows[i] + v * W);
        *target = accumulate ? *target + sum[i][v] : sum[i][v];
      }
    }
    return;
  }
  float rest[VECTORS * W];
#pragma clang loop unroll(full)
  for (int i = 0; i < rows; i++) {
#pragma clang loop unroll(full)
    for (int v = 0; v < vectors; v++) *(vf *)(rest + v * W) = sum[i][v];
    for (int j = 0; j < columns; j++) {
      float *target = c + c_rows[i] + j;
      *target = accumulate ? *target + rest[j] : rest[j];
    }
  }
}

#define BLOCK_CASE(r)                                                                           \
  case r:                                                                                       \
    product_block(                                                                              \
        r, vectors, depth, a, a_row, a_column, packed, c, c_rows, columns, accumulate);         \
    break;

INLINE void product_rows_of(
    int rows, const int vectors, int depth, const float *a, int64_t a_row, int64_t a_column,
    const float *packed, float *c, const int64_t *c_rows, int columns, int accumulate) {
  switch (rows) {
    BLOCK_CASE(1)
    BLOCK_CASE(2)
    BLOCK_CASE(3)
    BLOCK_CASE(4)
#if ROWS > 4
    BLOCK_CASE(5)
    BLOCK_CASE(6)
#endif
#if ROWS > 6
    BLOCK_CASE(7)
    BLOCK_CASE(8)
    BLOCK_CASE(9)
    BLOCK_CASE(10)
    BLOCK_CASE(11)
    BLOCK_CASE(12)
#endif
  }
}

// c[i, j] = or += the sum over p of a[i, p] * packed[p, j] for up to ROWS rows and `columns` columns.
// `packed` has rows of panel_width(columns).
static void product_rows(
    int rows, int columns, int depth, const float *a, int64_t a_row, int64_t a_column,
    const float *packed, float *c, const int64_t *c_rows, int accumulate) {
  if (columns <= W) {
    product_rows_of(
        rows, 1, depth, a, a_row, a_column, packed, c, c_rows, columns, accumulate);
  } else {
    product_rows_of(
        rows, VECTORS, depth, a, a_row, a_column, packed, c, c_rows, columns, accumulate);
  }
}

// Row offsets of a matrix whose rows lie `stride` apart.
INLINE void row_offsets(int64_t stride, int64_t offsets[ROWS]) {
  for (int i = 0; i < ROWS; i++) offsets[i] = i * stride;
}

INLINE int smaller(int a, int b) { return a < b ? a : b; }
