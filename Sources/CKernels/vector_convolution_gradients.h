// The three kernels, included once per instruction set.

static void convolution(const saddle_convolution *g, float *workspace) {
  if (saddle_has_narrow_results(g)) return narrow_convolution(g, workspace);
  windows x = windows_of(g);
  int64_t column = g->channels, row = g->kernel_columns * column;
  taps w = {g->weights, row, column, 1, g->kernel_rows * row};
  convolve_windows(&x, g->count, w, result_grid(g), g->features, workspace);
}

// ---- The gradient by the images -------------------------------------------------------------

static void clear_grid(grid y, int64_t images, int rows, int columns, int count) {
  for (int64_t n = 0; n < images; n++) {
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < columns; j++) {
        clear_floats(count, y.memory + n * y.image + i * y.row + j * y.column);
      }
    }
  }
}

// For one phase of the stride the gradient is a convolution of dy with every stride-th kernel row
// and column in reverse.
static void input_gradient_phase(
    const saddle_convolution *g, int phase_y, int phase_x, float *workspace) {
  tap_axis vertical = phase_of(phase_y, g->height, g->kernel_rows, g->stride_y, g->top);
  tap_axis horizontal = phase_of(phase_x, g->width, g->kernel_columns, g->stride_x, g->left);
  grid dx = image_grid(g, phase_y, phase_x);
  if (vertical.taps == 0 || horizontal.taps == 0) {
    clear_grid(dx, g->count, vertical.pixels, horizontal.pixels, g->channels);
    return;
  }
  int64_t column = g->channels, row = g->kernel_columns * column;
  taps w = {
      g->weights + vertical.first * row + horizontal.first * column, vertical.step * row,
      horizontal.step * column, g->kernel_rows * row, 1};
  windows dy = {
      .images = g->results,
      .height = g->rows,
      .width = g->columns,
      .channels = g->features,
      .rows = vertical.pixels,
      .columns = horizontal.pixels,
      .kernel_rows = vertical.taps,
      .kernel_columns = horizontal.taps,
      .stride_y = 1,
      .stride_x = 1,
      .top = vertical.before,
      .left = horizontal.before,
  };
  convolve_windows(&dy, g->count, w, dx, g->channels, workspace);
}

static void convolution_input_gradient(const saddle_convolution *g, float *workspace) {
  if (saddle_has_narrow_images(g)) return narrow_input_gradient(g, workspace);
  for (int phase_y = 0; phase_y < g->stride_y && phase_y < g->height; phase_y++) {
    for (int phase_x = 0; phase_x < g->stride_x && phase_x < g->width; phase_x++) {
      input_gradient_phase(g, phase_y, phase_x, workspace);
    }
  }
}

// ---- The gradient by the weights ------------------------------------------------------------

// dw[o, p] = the sum over windows of dy[window, o] * window[p].
static void convolution_weight_gradient(const saddle_convolution *g, float *workspace) {
  if (saddle_has_narrow_results(g)) return narrow_weight_gradient(g, workspace);
  windows x = windows_of(g);
  int elements = g->kernel_rows * g->kernel_columns * g->channels;
  int64_t total = (int64_t)g->count * g->rows * g->columns;
  int64_t offsets[ROWS];
  row_offsets(elements, offsets);
  for (int64_t first = 0; first < total; first += SADDLE_CONTRACTION_BLOCK) {
    int depth = total - first < SADDLE_CONTRACTION_BLOCK ? (int)(total - first)
                                                         : SADDLE_CONTRACTION_BLOCK;
    window_position p = position_of(&x, first);
    const float *dy = g->results + first * g->features;
    for (int j = 0; j < elements; j += PANEL) {
      int columns = smaller(elements - j, PANEL), width = panel_width(columns);
      if (columns < width) clear_floats(depth * width, workspace);
      pack_windows(&x, p, depth, j, columns, width, workspace);
      for (int o = 0; o < g->features; o += ROWS) {
        product_rows(
            smaller(g->features - o, ROWS), columns, depth, dy + o, 1, g->features, workspace,
            g->weights + (int64_t)o * elements + j, offsets, first > 0);
      }
    }
  }
}
