// Products of matrices, included once per instruction set.

static void product_panel(
    const saddle_product *g, int first_column, int columns, float *workspace) {
  int64_t c_rows[ROWS];
  row_offsets(g->n, c_rows);
  for (int first = 0; first < g->k; first += SADDLE_CONTRACTION_BLOCK) {
    int depth = smaller(g->k - first, SADDLE_CONTRACTION_BLOCK);
    const float *b = g->b + (int64_t)first * g->b_row + (int64_t)first_column * g->b_column;
    pack_panel(b, g->b_row, g->b_column, depth, columns, panel_width(columns), workspace);
    for (int i = 0; i < g->m; i += ROWS) {
      const float *a = g->a + (int64_t)i * g->a_row + (int64_t)first * g->a_column;
      float *c = g->c + (int64_t)i * g->n + first_column;
      product_rows(
          smaller(g->m - i, ROWS), columns, depth, a, g->a_row, g->a_column, workspace, c, c_rows,
          first > 0);
    }
  }
}

// The most columns of a result that is computed as its transpose, with vectors along its rows.
#define NARROW 4

// A result of few columns: the rows of `a` become the vectors' lanes.
static void product_narrow(const saddle_product *g, float *workspace) {
  float block[NARROW * PANEL];
  int64_t c_rows[ROWS];
  row_offsets(PANEL, c_rows);
  for (int i = 0; i < g->m; i += PANEL) {
    int lanes = smaller(g->m - i, PANEL);
    for (int first = 0; first < g->k; first += SADDLE_CONTRACTION_BLOCK) {
      int depth = smaller(g->k - first, SADDLE_CONTRACTION_BLOCK);
      const float *a = g->a + (int64_t)i * g->a_row + (int64_t)first * g->a_column;
      const float *b = g->b + (int64_t)first * g->b_row;
      pack_panel(a, g->a_column, g->a_row, depth, lanes, PANEL, workspace);
      product_rows(
          g->n, PANEL, depth, b, g->b_column, g->b_row, workspace, block, c_rows, first > 0);
    }
    for (int row = 0; row < lanes; row++) {
      for (int j = 0; j < g->n; j++) g->c[(int64_t)(i + row) * g->n + j] = block[j * PANEL + row];
    }
  }
}

static void product(const saddle_product *g, float *workspace) {
  if (g->n <= NARROW && g->m > g->n) return product_narrow(g, workspace);
  for (int j = 0; j < g->n; j += PANEL) {
    product_panel(g, j, smaller(g->n - j, PANEL), workspace);
  }
}
