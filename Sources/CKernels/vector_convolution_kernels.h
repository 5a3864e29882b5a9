// The convolution and its two gradients, included once per instruction set.

static void convolution(const saddle_convolution *g, saddle_share share, float *workspace) {
  if (saddle_has_narrow_results(g)) return narrow_convolution(g, share, workspace);
  windows x = windows_of(g);
  int64_t column = g->channels, row = g->kernel_columns * column;
  taps w = {g->weights, row, column, 1, g->kernel_rows * row};
  convolve_windows(
      &x, g->count, w, result_grid(g), g->features, g->results, &g->epilogue, share, workspace);
}

// ---- The gradient by the images -------------------------------------------------------------

static void clear_grid(grid y, saddle_range images, int rows, int columns, int count) {
  for (int64_t n = images.first; n < images.end; n++) {
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
    const saddle_convolution *g, int phase_y, int phase_x, saddle_share share,
    float *workspace) {
  tap_axis vertical = phase_of(phase_y, g->height, g->kernel_rows, g->stride_y, g->top);
  tap_axis horizontal = phase_of(phase_x, g->width, g->kernel_columns, g->stride_x, g->left);
  grid dx = image_grid(g, phase_y, phase_x);
  if (vertical.taps == 0 || horizontal.taps == 0) {
    clear_grid(dx, saddle_part(g->count, 1, share), vertical.pixels, horizontal.pixels, g->channels);
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
  convolve_windows(
      &dy, g->count, w, dx, g->channels, g->images, &g->epilogue, share, workspace);
}

static void convolution_input_gradient(
    const saddle_convolution *g, saddle_share share, float *workspace) {
  if (saddle_has_narrow_images(g)) return narrow_input_gradient(g, share, workspace);
  for (int phase_y = 0; phase_y < g->stride_y && phase_y < g->height; phase_y++) {
    for (int phase_x = 0; phase_x < g->stride_x && phase_x < g->width; phase_x++) {
      input_gradient_phase(g, phase_y, phase_x, share, workspace);
    }
  }
}

// ---- The gradient by the weights ------------------------------------------------------------

// Packs what the windows first..<first + depth have at one position of the kernel, channels
// channel..<channel + columns, where that is inside of the image; finds the runs of such windows.
static int pack_position(
    const windows *g, int64_t first, int depth, int position, int channel, int columns,
    float *packed, int64_t features, contraction_run *runs) {
  int a = position / g->kernel_columns, b = position % g->kernel_columns;
  int width = panel_width(columns), packed_rows = 0, count = 0;
  window_position p = position_of(g, first);
  for (int done = 0, end; done < depth; done += end - p.column, p = next_row(g, p)) {
    end = smaller(g->columns, p.column + depth - done);
    int y = p.row * g->stride_y - g->top + a;
    if (y < 0 || y >= g->height) continue;
    const float *line = g->images + ((p.image * g->height + y) * g->width) * g->channels + channel;
    for (int j = p.column; j < end; j++) {
      int x = j * g->stride_x - g->left + b;
      if (x < 0 || x >= g->width) continue;
      copy_floats(line + (int64_t)x * g->channels, columns, packed + (int64_t)packed_rows * width);
      int64_t left = (done + j - p.column) * features;
      if (count > 0 && runs[count - 1].left + runs[count - 1].length * features == left) {
        runs[count - 1].length++;
      } else {
        runs[count++] = (contraction_run){.left = left, .right = packed_rows, .length = 1};
      }
      packed_rows++;
    }
  }
  return count;
}

// All elements of windows first..<first + depth, padding as zeros: a single run.
static int pack_elements(
    const windows *g, int64_t first, int depth, int element, int columns, float *packed,
    contraction_run *runs) {
  int width = panel_width(columns);
  if (columns < width) clear_floats(depth * width, packed);
  pack_windows(g, position_of(g, first), depth, element, columns, width, packed);
  runs[0] = (contraction_run){.left = 0, .right = 0, .length = depth};
  return 1;
}

// dw[o, p] = the sum over windows of dy[window, o] * window[p]. Padding is left out where the
// panels of every instruction set have elements of one position of the kernel.
static void convolution_weight_gradient(
    const saddle_convolution *g, saddle_share share, float *workspace) {
  if (saddle_has_narrow_results(g)) return narrow_weight_gradient(g, share, workspace);
  windows x = windows_of(g);
  int elements = g->kernel_rows * g->kernel_columns * g->channels;
  saddle_block own = saddle_block_of(g->features, SADDLE_ROW_UNIT, elements, share);
  int64_t total = (int64_t)g->count * g->rows * g->columns, from[ROWS], to[ROWS];
  row_offsets(1, from);
  row_offsets(elements, to);
  contraction_run *runs = (contraction_run *)(workspace + SADDLE_PRODUCT_FLOATS);
  for (int64_t first = 0; first < total; first += SADDLE_CONTRACTION_BLOCK) {
    int depth = total - first < SADDLE_CONTRACTION_BLOCK ? (int)(total - first)
                                                         : SADDLE_CONTRACTION_BLOCK;
    for (int j = own.columns.first; j < own.columns.end; j += PANEL) {
      int columns = smaller(own.columns.end - j, PANEL);
      int count = g->channels % SADDLE_WIDEST_PANEL == 0
                      ? pack_position(
                            &x, first, depth, j / g->channels, j % g->channels, columns, workspace,
                            g->features, runs)
                      : pack_elements(&x, first, depth, j, columns, workspace, runs);
      if (count == 0 && first > 0) continue;
      for (int o = own.rows.first; o < own.rows.end; o += ROWS) {
        product_runs(
            smaller(own.rows.end - o, ROWS), columns, runs, count,
            g->results + first * g->features + o, from, g->features, workspace,
            g->weights + (int64_t)o * elements + j, to, first > 0, NULL);
      }
    }
  }
}
