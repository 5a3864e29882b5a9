// The register block of all contractions, included once per instruction set. The macros ROWS and
// VECTORS give the block: ROWS rows of VECTORS vectors of W lanes. Every element of a result is one
// chain of fused multiply-adds in ascending p per block of SADDLE_CONTRACTION_BLOCK terms, whatever
// the block's shape, so the instruction set does not reach the result.

INLINE void clear_sums(const int rows, const int vectors, block_sums sum) {
  EACH_SUM sum[i][v] = vf_splat(0.0f);
}

// Adds the products of one column of the left factor with one row of a panel.
INLINE void add_products(
    const int rows, const int vectors, const float left[ROWS], const float *packed,
    block_sums sum) {
  vf right[VECTORS];
#pragma clang loop unroll(full)
  for (int v = 0; v < vectors; v++) right[v] = *(const vf *)(packed + v * W);
#pragma clang loop unroll(full)
  for (int i = 0; i < rows; i++) {
    vf splat = vf_splat(left[i]);
#pragma clang loop unroll(full)
    for (int v = 0; v < vectors; v++) sum[i][v] = v_fma(splat, right[v], sum[i][v]);
  }
}

// Row i of the result begins at c + c_rows[i]. `end` is what becomes of it, or null.
INLINE void store_sums(
    const int rows, const int vectors, block_sums sum, float *c, const int64_t *c_rows,
    int columns, int accumulate, const panel_end *end) {
  if (columns == vectors * W) {
    if (accumulate) {
      EACH_SUM sum[i][v] = *(vf *)(c + c_rows[i] + v * W) + sum[i][v];
    }
    if (end != NULL) finish_sums(rows, vectors, sum, end, c, c_rows);
    EACH_SUM *(vf *)(c + c_rows[i] + v * W) = sum[i][v];
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
  if (end != NULL) finish_rows(end, rows, columns, c, c_rows);
}

// Calls BLOCK(rows, vectors) with the constants that `rows` and `columns` are equal to.
#if ROWS > 6
#define EACH_BLOCK_ABOVE_6(v) \
  case 7: BLOCK(7, v) break;  \
  case 8: BLOCK(8, v) break;  \
  case 9: BLOCK(9, v) break;  \
  case 10: BLOCK(10, v) break;\
  case 11: BLOCK(11, v) break;\
  case 12: BLOCK(12, v) break;
#else
#define EACH_BLOCK_ABOVE_6(v)
#endif
#if ROWS > 4
#define EACH_BLOCK_ABOVE_4(v) \
  case 5: BLOCK(5, v) break;  \
  case 6: BLOCK(6, v) break;
#else
#define EACH_BLOCK_ABOVE_4(v)
#endif
#define EACH_BLOCK(v)         \
  switch (rows) {             \
    case 1: BLOCK(1, v) break;\
    case 2: BLOCK(2, v) break;\
    case 3: BLOCK(3, v) break;\
    case 4: BLOCK(4, v) break;\
    EACH_BLOCK_ABOVE_4(v)     \
    EACH_BLOCK_ABOVE_6(v)     \
  }
#define DISPATCH_BLOCK                       \
  if (columns <= W) {                        \
    EACH_BLOCK(1)                            \
  } else {                                   \
    EACH_BLOCK(VECTORS)                      \
  }

INLINE void product_block(
    const int rows, const int vectors, int depth, const float *a, int64_t a_row, int64_t a_column,
    panel right, float *c, const int64_t *c_rows, int columns, int accumulate,
    const panel_end *end) {
  block_sums sum;
  clear_sums(rows, vectors, sum);
  for (int p = 0; p < depth; p++) {
    float left[ROWS];
#pragma clang loop unroll(full)
    for (int i = 0; i < rows; i++) left[i] = a[i * a_row];
    add_products(rows, vectors, left, right.memory, sum);
    right.memory += right.row;
    a += a_column;
  }
  store_sums(rows, vectors, sum, c, c_rows, columns, accumulate, end);
}

// c[i, j] = or += the sum over p of a[i, p] * right[p, j] for up to ROWS rows and `columns` columns.
static void product_rows(
    int rows, int columns, int depth, const float *a, int64_t a_row, int64_t a_column,
    panel right, float *c, const int64_t *c_rows, int accumulate, const panel_end *end) {
#define BLOCK(r, v) \
  product_block(r, v, depth, a, a_row, a_column, right, c, c_rows, columns, accumulate, end);
  DISPATCH_BLOCK
#undef BLOCK
}

// A run of a contraction: `length` columns of the left factor from offset `left` on, and the rows
// of a panel from `right` on.
typedef struct {
  int64_t left;
  int32_t right, length;
} contraction_run;

INLINE void runs_block(
    const int rows, const int vectors, const contraction_run *runs, int count, const float *a,
    const int64_t *a_rows, int64_t a_column, const float *packed, float *c, const int64_t *c_rows,
    int columns, int accumulate, const panel_end *end) {
  block_sums sum;
  clear_sums(rows, vectors, sum);
  for (int r = 0; r < count; r++) {
    const float *row[ROWS];
#pragma clang loop unroll(full)
    for (int i = 0; i < rows; i++) row[i] = a + (a_rows[i] + runs[r].left);
    const float *right = packed + (int64_t)runs[r].right * (vectors * W);
    for (int64_t p = 0; p < runs[r].length * a_column; p += a_column) {
      float left[ROWS];
#pragma clang loop unroll(full)
      for (int i = 0; i < rows; i++) left[i] = row[i][p];
      add_products(rows, vectors, left, right, sum);
      right += vectors * W;
    }
  }
  store_sums(rows, vectors, sum, c, c_rows, columns, accumulate, end);
}

// The same for a left factor whose rows begin at a + a_rows[i], and of which only runs take part.
static void product_runs(
    int rows, int columns, const contraction_run *runs, int count, const float *a,
    const int64_t *a_rows, int64_t a_column, const float *packed, float *c, const int64_t *c_rows,
    int accumulate, const panel_end *end) {
#define BLOCK(r, v) \
  runs_block(r, v, runs, count, a, a_rows, a_column, packed, c, c_rows, columns, accumulate, end);
  DISPATCH_BLOCK
#undef BLOCK
}

// Row offsets of a matrix whose rows lie `stride` apart.
INLINE void row_offsets(int64_t stride, int64_t offsets[ROWS]) {
  for (int i = 0; i < ROWS; i++) offsets[i] = i * stride;
}
