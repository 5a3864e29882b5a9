// Epilogues of contractions, included once per instruction set: what becomes of finished sums while
// they are in registers.

// An epilogue at a panel, whose part of the row it has; `result` is where the whole result begins.
typedef struct {
  saddle_epilogue epilogue;
  const float *result;
} panel_end;

INLINE int has_epilogue(const saddle_epilogue *e) {
  return e->row != NULL || e->factor != NULL || e->activation != SADDLE_NO_ACTIVATION;
}

// The epilogue at the panel whose first column is `column`.
INLINE panel_end end_of_panel(const saddle_epilogue *e, const float *result, int column) {
  panel_end end = {*e, result};
  if (e->row != NULL) end.epilogue.row += column;
  return end;
}

// `rows` and `vectors` are compile-time constants wherever functions on these sums are called.
typedef vf block_sums[ROWS][VECTORS];
#define EACH_SUM                                \
  _Pragma("clang loop unroll(full)")            \
  for (int i = 0; i < rows; i++)                \
    _Pragma("clang loop unroll(full)")          \
    for (int v = 0; v < vectors; v++)

INLINE void activate_sums(
    const int rows, const int vectors, block_sums sum, const saddle_epilogue *e, int64_t place,
    const int64_t *c_rows) {
  vf above = vf_splat(e->above), below = vf_splat(e->below), zero = vf_splat(0.0f);
  float *slopes = e->slopes;
  if (slopes != NULL) {
    EACH_SUM {
      vf slope = choose(sum[i][v] > 0.0f, above, below);
      *(vf *)(slopes + place + c_rows[i] + v * W) = slope;
      if (e->activation == SADDLE_LEAKY) sum[i][v] = sum[i][v] * slope;
    }
  } else if (e->activation == SADDLE_LEAKY) {
    EACH_SUM sum[i][v] = sum[i][v] * choose(sum[i][v] > 0.0f, above, below);
  }
  if (e->activation == SADDLE_RECTIFIED) {
    EACH_SUM sum[i][v] = v_max(sum[i][v], zero);
  }
}

// Row i of the sums goes to c + c_rows[i].
INLINE void finish_sums(
    const int rows, const int vectors, block_sums sum, const panel_end *end, const float *c,
    const int64_t *c_rows) {
  const saddle_epilogue *e = &end->epilogue;
  int64_t place = c - end->result;
  if (e->row != NULL) {
    EACH_SUM sum[i][v] = sum[i][v] + *(const vf *)(e->row + v * W);
  }
  if (e->activation != SADDLE_NO_ACTIVATION) activate_sums(rows, vectors, sum, e, place, c_rows);
  if (e->factor != NULL) {
    EACH_SUM sum[i][v] = sum[i][v] * *(const vf *)(e->factor + place + c_rows[i] + v * W);
  }
}

// The same, one by one, for sums that have been stored.
static void finish_rows(
    const panel_end *end, int rows, int columns, float *c, const int64_t *c_rows) {
  const saddle_epilogue *e = &end->epilogue;
  for (int i = 0; i < rows; i++) {
    for (int j = 0; j < columns; j++) {
      float *target = c + c_rows[i] + j, x = *target;
      int64_t place = target - end->result;
      if (e->row != NULL) x = x + e->row[j];
      if (e->activation != SADDLE_NO_ACTIVATION) {
        float slope = x > 0.0f ? e->above : e->below;
        if (e->slopes != NULL) e->slopes[place] = slope;
        x = e->activation == SADDLE_LEAKY ? x * slope : (x > 0.0f || x != x ? x : 0.0f);
      }
      if (e->factor != NULL) x = x * e->factor[place];
      *target = x;
    }
  }
}
