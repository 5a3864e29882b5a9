#ifndef SADDLE_SHARES_H
#define SADDLE_SHARES_H

#include "saddle_kernels.h"

// Which part of a result a share computes.

// Elements first..<end along one axis.
typedef struct {
  int64_t first, end;
} saddle_range;

typedef struct {
  saddle_range rows, columns;
} saddle_block;

static const saddle_share SADDLE_WHOLE = {0, 1};

// Rows of a contraction's result from one share to the next: a multiple of every ROWS.
#define SADDLE_ROW_UNIT 12
// The columns of a packed panel of the widest instruction set; those of the others divide them.
#define SADDLE_WIDEST_PANEL 32

// Columns of a reduction from one share to the next: a multiple of every vector's width.
#define SADDLE_COLUMN_UNIT 16

static inline int64_t saddle_units(int64_t total, int64_t unit) {
  return (total + unit - 1) / unit;
}

// The share's part of 0..<total in whole units, which may be empty; the last unit may be short.
static inline saddle_range saddle_part(int64_t total, int64_t unit, saddle_share share) {
  int64_t units = saddle_units(total, unit);
  int64_t first = units * share.index / share.count * unit;
  int64_t end = units * (share.index + 1) / share.count * unit;
  return (saddle_range){first < total ? first : total, end < total ? end : total};
}

// The share's part of a contraction's result: columns in whole panels, each of which is packed once
// then; or rows, where their shares are more nearly equal.
static inline saddle_block saddle_block_of(
    int64_t rows, int64_t row_unit, int64_t columns, saddle_share share) {
  int64_t row_units = saddle_units(rows, row_unit);
  int64_t column_units = saddle_units(columns, SADDLE_WIDEST_PANEL);
  int64_t most_rows = saddle_units(row_units, share.count);
  int64_t most_columns = saddle_units(column_units, share.count);
  int by_columns = most_columns * row_units <= most_rows * column_units;
  saddle_block block = {
      .rows = saddle_part(rows, row_unit, by_columns ? SADDLE_WHOLE : share),
      .columns = saddle_part(columns, SADDLE_WIDEST_PANEL, by_columns ? share : SADDLE_WHOLE),
  };
  // Without rows no panel needs to be packed.
  if (block.rows.first == block.rows.end) block.columns.end = block.columns.first;
  return block;
}

// How many parts a placement has: the indices of the source's first axis, where it has others too.
static inline int64_t saddle_placed_parts(const saddle_placement *p) {
  return p->layout.axes > 1 ? p->layout.extent[0] : 1;
}

// Whether a reduction's shares are columns rather than outer indices: whichever are more.
static inline int saddle_reduces_by_columns(const saddle_reduction *r) {
  return saddle_units(r->inner, SADDLE_COLUMN_UNIT) > r->outer;
}

#endif
