// Products of matrices, included once per instruction set.

static void product_panel(
    const saddle_product *g, saddle_range rows, int first_column, int columns,
    const panel_end *end, float *workspace) {
  int64_t c_rows[ROWS];
  row_offsets(g->n, c_rows);
  for (int first = 0; first < g->k; first += SADDLE_CONTRACTION_BLOCK) {
    int depth = smaller(g->k - first, SADDLE_CONTRACTION_BLOCK);
    const float *b = g->b + (int64_t)first * g->b_row + (int64_t)first_column * g->b_column;
    int is_last = first + depth == g->k;
    int blocks = (int)saddle_units(rows.end - rows.first, ROWS);
    panel right = panel_of(b, g->b_row, g->b_column, depth, columns, blocks, workspace);
    for (int64_t i = rows.first; i < rows.end; i += ROWS) {
      const float *a = g->a + i * g->a_row + (int64_t)first * g->a_column;
      float *c = g->c + i * g->n + first_column;
      product_rows(
          smaller(rows.end - i, ROWS), columns, depth, a, g->a_row, g->a_column, right, c,
          c_rows, first > 0, is_last ? end : NULL);
    }
  }
}

// A result of few columns: the rows of `a` become the vectors' lanes.
static void product_narrow(const saddle_product *g, saddle_share share, float *workspace) {
  saddle_range rows = saddle_part(g->m, SADDLE_WIDEST_PANEL, share);
  float block[SADDLE_NARROW_CHANNELS * PANEL];
  int64_t c_rows[ROWS];
  row_offsets(PANEL, c_rows);
  for (int i = rows.first; i < rows.end; i += PANEL) {
    int lanes = smaller(rows.end - i, PANEL);
    for (int first = 0; first < g->k; first += SADDLE_CONTRACTION_BLOCK) {
      int depth = smaller(g->k - first, SADDLE_CONTRACTION_BLOCK);
      const float *a = g->a + (int64_t)i * g->a_row + (int64_t)first * g->a_column;
      const float *b = g->b + (int64_t)first * g->b_row;
      // All lanes are computed, whatever they hold.
      panel right = {workspace, PANEL};
      if (lanes == PANEL) {
        right = panel_of(a, g->a_column, g->a_row, depth, PANEL, 1, workspace);
      } else {
        pack_panel(a, g->a_column, g->a_row, depth, lanes, PANEL, workspace);
      }
      product_rows(
          g->n, PANEL, depth, b, g->b_column, g->b_row, right, block, c_rows, first > 0, NULL);
    }
    for (int row = 0; row < lanes; row++) {
      for (int j = 0; j < g->n; j++) g->c[(int64_t)(i + row) * g->n + j] = block[j * PANEL + row];
    }
  }
}

static void product(const saddle_product *g, saddle_share share, float *workspace) {
  if (g->n <= SADDLE_NARROW_CHANNELS && g->m > g->n) return product_narrow(g, share, workspace);
  int is_finished = !has_epilogue(&g->epilogue);
  saddle_block part = saddle_block_of(g->m, SADDLE_ROW_UNIT, g->n, share);
  for (int j = part.columns.first; j < part.columns.end; j += PANEL) {
    panel_end end = end_of_panel(&g->epilogue, g->c, j);
    product_panel(
        g, part.rows, j, smaller(part.columns.end - j, PANEL), is_finished ? NULL : &end,
        workspace);
  }
}
