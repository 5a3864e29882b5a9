// Element-wise programs on cache-sized tiles and reductions, included once per instruction set.

#define EACH(expression)                                              \
  for (int i = 0; i < whole; i += W) {                                \
    *(vf *)(result + i) = (expression);                               \
  }

#define LOAD_A (*(const vf *)(a + i))
#define LOAD_B (*(const vf *)(b + i))
#define LOAD_C (*(const vf *)(c + i))

#define UNARY(name, expression)                                                  \
  case name: {                                                                   \
    if (scalars & 1) {                                                           \
      vf x = vf_splat(a[0]);                                                     \
      vf value = (expression);                                                   \
      EACH(value)                                                                \
    } else {                                                                     \
      for (int i = 0; i < whole; i += W) {                                       \
        vf x = LOAD_A;                                                           \
        *(vf *)(result + i) = (expression);                                      \
      }                                                                          \
    }                                                                            \
    break;                                                                       \
  }

#define BINARY(name, expression)                                                 \
  case name: {                                                                   \
    if (scalars & 1) {                                                           \
      vf x = vf_splat(a[0]);                                                     \
      for (int i = 0; i < whole; i += W) {                                       \
        vf y = (scalars & 2) ? vf_splat(b[0]) : LOAD_B;                          \
        *(vf *)(result + i) = (expression);                                      \
      }                                                                          \
    } else if (scalars & 2) {                                                    \
      vf y = vf_splat(b[0]);                                                     \
      for (int i = 0; i < whole; i += W) {                                       \
        vf x = LOAD_A;                                                           \
        *(vf *)(result + i) = (expression);                                      \
      }                                                                          \
    } else {                                                                     \
      for (int i = 0; i < whole; i += W) {                                       \
        vf x = LOAD_A;                                                           \
        vf y = LOAD_B;                                                           \
        *(vf *)(result + i) = (expression);                                      \
      }                                                                          \
    }                                                                            \
    break;                                                                       \
  }

// Applies one instruction to `whole` elements, a multiple of W.
INLINE void apply_whole(
    int operation, int scalars, int whole, float *result, const float *a, const float *b,
    const float *c) {
  const vf one = vf_splat(1.0f), zero = vf_splat(0.0f);
  switch (operation) {
    UNARY(SADDLE_COPY, x)
    UNARY(SADDLE_NEGATE, -x)
    UNARY(SADDLE_ABSOLUTE, v_abs(x))
    UNARY(SADDLE_SIGN, v_sign(x))
    UNARY(SADDLE_STEP, choose(x > 0.0f, one, zero))
    UNARY(SADDLE_RELU, v_max(x, zero))
    UNARY(SADDLE_SQUARE, x *x)
    UNARY(SADDLE_SQRT, v_sqrt(x))
    UNARY(SADDLE_RECIPROCAL, 1.0f / x)
    UNARY(SADDLE_EXP, v_exp(x))
    UNARY(SADDLE_EXPM1, v_expm1(x))
    UNARY(SADDLE_LOG, v_log(x))
    UNARY(SADDLE_LOG1P, v_log1p(x))
    UNARY(SADDLE_TANH, v_tanh(x))
    UNARY(SADDLE_SIGMOID, v_sigmoid(x))
    UNARY(SADDLE_SOFTPLUS, v_softplus(x))
    BINARY(SADDLE_ADD, x + y)
    BINARY(SADDLE_SUBTRACT, x - y)
    BINARY(SADDLE_MULTIPLY, x *y)
    BINARY(SADDLE_DIVIDE, x / y)
    BINARY(SADDLE_MAXIMUM, v_max(x, y))
    BINARY(SADDLE_MINIMUM, v_min(x, y))
    BINARY(SADDLE_GREATER, choose(x > y, one, zero))
    BINARY(SADDLE_EQUAL, choose(x == y, one, zero))
    case SADDLE_SELECT:
      for (int i = 0; i < whole; i += W) {
        vf mask = (scalars & 1) ? vf_splat(a[0]) : LOAD_A;
        vf x = (scalars & 2) ? vf_splat(b[0]) : LOAD_B;
        vf y = (scalars & 4) ? vf_splat(c[0]) : LOAD_C;
        *(vf *)(result + i) = choose(mask != 0.0f, x, y);
      }
      break;
  }
}

static void apply(
    int operation, int scalars, int count, float *result, const float *a, const float *b,
    const float *c) {
  int whole = count / W * W;
  if (whole > 0) apply_whole(operation, scalars, whole, result, a, b, c);
  int rest = count - whole;
  if (rest == 0) return;
  float block[4][W] = {{0}};
  for (int i = 0; i < rest; i++) {
    block[0][i] = (scalars & 1) ? a[0] : a[whole + i];
    if (operation >= SADDLE_ADD) block[1][i] = (scalars & 2) ? b[0] : b[whole + i];
    if (operation >= SADDLE_SELECT) block[2][i] = (scalars & 4) ? c[0] : c[whole + i];
  }
  apply_whole(operation, 0, W, block[3], block[0], block[1], block[2]);
  for (int i = 0; i < rest; i++) result[whole + i] = block[3][i];
}

// The workspace has a tile for each operand, and after them the pointers to the tiles in use.
static void elementwise(const saddle_elementwise *program, saddle_share share, float *workspace) {
  float **tiles = (float **)(workspace + (int64_t)program->operand_count * SADDLE_TILE_STRIDE);
  saddle_range own = saddle_part(program->count, program->tile, share);
  for (int o = 0; o < program->operand_count; o++) {
    saddle_operand *operand = &program->operands[o];
    float *tile = workspace + (int64_t)o * SADDLE_TILE_STRIDE;
    tiles[o] = operand->access == SADDLE_SCALAR ? operand->memory : tile;
    // One filling serves all tiles where the tile is a whole number of periods.
    if (operand->access == SADDLE_PERIODIC && program->tile % operand->period == 0) {
      int64_t filled = program->tile < program->count ? program->tile : program->count;
      saddle_gather(operand, 0, (int)filled, tile);
    }
  }
  for (int64_t first = own.first; first < own.end; first += program->tile) {
    int64_t left = own.end - first;
    int count = left < program->tile ? (int)left : program->tile;
    for (int o = 0; o < program->operand_count; o++) {
      saddle_operand *operand = &program->operands[o];
      switch (operand->access) {
        case SADDLE_CONTIGUOUS: tiles[o] = operand->memory + first; break;
        case SADDLE_PERIODIC:
          if (program->tile % operand->period == 0) break;
          // fall through
        case SADDLE_REPEATED:
        case SADDLE_STRIDED: saddle_gather(operand, first, count, tiles[o]); break;
        case SADDLE_SCALAR:
        case SADDLE_REGISTER: break;
      }
    }
    for (int n = 0; n < program->instruction_count; n++) {
      saddle_instruction s = program->instructions[n];
      apply(
          s.operation, s.scalars, count, tiles[s.result], tiles[s.a], tiles[s.b], tiles[s.c]);
    }
  }
}

// ---- Reductions -----------------------------------------------------------------------------

#define LANES SADDLE_COLUMN_UNIT
#define ROW_BLOCK 128

// Sum of a contiguous run: lane l takes elements l, l + 16, ...; lanes are then added as a binary
// tree (0 + 8, 1 + 9, ...; 0 + 4, ...). The order depends on the count alone.
static float sum_run(const float *x, int64_t count, int maximum) {
  float lanes[LANES];
  int64_t whole = count / LANES * LANES;
  if (count < LANES) {
    float total = x[0];
    for (int64_t i = 1; i < count; i++) {
      total = maximum ? (total > x[i] || total != total ? total : x[i]) : total + x[i];
    }
    return total;
  }
  vf sum[LANES / W];
  for (int v = 0; v < LANES / W; v++) sum[v] = *(const vf *)(x + v * W);
  for (int64_t i = LANES; i < whole; i += LANES) {
    for (int v = 0; v < LANES / W; v++) {
      vf next = *(const vf *)(x + i + v * W);
      sum[v] = maximum ? v_max(sum[v], next) : sum[v] + next;
    }
  }
  for (int v = 0; v < LANES / W; v++) *(vf *)(lanes + v * W) = sum[v];
  for (int64_t i = whole; i < count; i++) {
    float left = lanes[i - whole];
    lanes[i - whole] = maximum ? (left > x[i] || left != left ? left : x[i]) : left + x[i];
  }
  for (int width = LANES / 2; width > 0; width /= 2) {
    for (int l = 0; l < width; l++) {
      float left = lanes[l], right = lanes[l + width];
      lanes[l] = maximum ? (left > right || left != left ? left : right) : left + right;
    }
  }
  return lanes[0];
}

// Sums of some of the columns: each column is a chain over rows in blocks of ROW_BLOCK rows; block
// sums are added in order.
static void sum_columns(
    const float *x, float *result, int64_t rows, int64_t columns, saddle_range own, int maximum) {
  int64_t j = own.first;
  for (; j + W <= own.end; j += W) {
    vf total = vf_splat(0.0f);
    for (int64_t first = 0; first < rows; first += ROW_BLOCK) {
      int64_t end = first + ROW_BLOCK < rows ? first + ROW_BLOCK : rows;
      vf part = *(const vf *)(x + first * columns + j);
      for (int64_t r = first + 1; r < end; r++) {
        vf next = *(const vf *)(x + r * columns + j);
        part = maximum ? v_max(part, next) : part + next;
      }
      total = first == 0 ? part : (maximum ? v_max(total, part) : total + part);
    }
    *(vf *)(result + j) = total;
  }
  for (; j < own.end; j++) {
    float total = 0;
    for (int64_t first = 0; first < rows; first += ROW_BLOCK) {
      int64_t end = first + ROW_BLOCK < rows ? first + ROW_BLOCK : rows;
      float part = x[first * columns + j];
      for (int64_t r = first + 1; r < end; r++) {
        float next = x[r * columns + j];
        part = maximum ? (part > next || part != part ? part : next) : part + next;
      }
      total = first == 0 ? part
                         : (maximum ? (total > part || total != total ? total : part)
                                    : total + part);
    }
    result[j] = total;
  }
}

static void reduction(const saddle_reduction *r, saddle_share share) {
  int by_columns = saddle_reduces_by_columns(r);
  saddle_range outer = saddle_part(r->outer, 1, by_columns ? SADDLE_WHOLE : share);
  if (r->inner == 1) {
    for (int64_t o = outer.first; o < outer.end; o++) {
      r->result[o] = sum_run(r->source + o * r->reduced, r->reduced, r->is_maximum);
    }
    return;
  }
  saddle_range columns = saddle_part(r->inner, LANES, by_columns ? share : SADDLE_WHOLE);
  for (int64_t o = outer.first; o < outer.end; o++) {
    sum_columns(
        r->source + o * r->reduced * r->inner, r->result + o * r->inner, r->reduced, r->inner,
        columns, r->is_maximum);
  }
}
