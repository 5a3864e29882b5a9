#include "shares.h"

#include "saddle_team.h"

// The least that is worth being a share of its own, in the units of `cost`: some times what it
// takes until another thread has seen an offer.
#define SADDLE_SHARE_COST 3000
// More shares than threads, so that one that is held up leaves some to the others.
#define SADDLE_SHARES_PER_THREAD 2

static int64_t product_cost(int64_t multiplications) { return multiplications / 64; }

static int64_t elements(const saddle_layout *layout) {
  int64_t count = 1;
  for (int d = 0; d < layout->axes; d++) count *= layout->extent[d];
  return count;
}

// About the nanoseconds that a fast core needs.
static int64_t cost(saddle_step step) {
  switch (step.kind) {
    case SADDLE_STEP_PRODUCT: {
      const saddle_product *g = step.descriptor;
      return product_cost((int64_t)g->m * g->n * g->k);
    }
    case SADDLE_STEP_CONVOLUTION:
    case SADDLE_STEP_CONVOLUTION_INPUT_GRADIENT:
    case SADDLE_STEP_CONVOLUTION_WEIGHT_GRADIENT: {
      const saddle_convolution *g = step.descriptor;
      int64_t window = (int64_t)g->kernel_rows * g->kernel_columns * g->channels;
      return product_cost((int64_t)g->count * g->rows * g->columns * g->features * window);
    }
    case SADDLE_STEP_ELEMENTWISE: {
      const saddle_elementwise *program = step.descriptor;
      return program->count * (program->instruction_count + program->operand_count) / 16;
    }
    case SADDLE_STEP_REDUCTION: {
      const saddle_reduction *r = step.descriptor;
      return r->outer * r->reduced * r->inner / 8;
    }
    case SADDLE_STEP_PERMUTATION: {
      const saddle_permutation *p = step.descriptor;
      return elements(&p->layout) / 2;
    }
    case SADDLE_STEP_PLACEMENT: {
      const saddle_placement *p = step.descriptor;
      return p->count / 8 + elements(&p->layout) / 2;
    }
    case SADDLE_STEP_GATHER:
    case SADDLE_STEP_SCATTER: {
      const saddle_rows *r = step.descriptor;
      return r->count * r->width / 8;
    }
    case SADDLE_STEP_COPY: {
      const saddle_copy *copy = step.descriptor;
      return copy->count / 8;
    }
    default: return 0;
  }
}

// The shares at most that have something to compute, where these may be few.
static int64_t most_shares(saddle_step step) {
  switch (step.kind) {
    case SADDLE_STEP_REDUCTION: {
      const saddle_reduction *r = step.descriptor;
      return saddle_reduces_by_columns(r) ? saddle_units(r->inner, SADDLE_COLUMN_UNIT) : r->outer;
    }
    case SADDLE_STEP_PLACEMENT: return saddle_placed_parts(step.descriptor);
    default: return INT32_MAX;
  }
}

int32_t saddle_share_count(saddle_step step, int32_t threads) {
  if (threads == 1) return 1;
  int64_t count = (int64_t)threads * SADDLE_SHARES_PER_THREAD;
  int64_t worthwhile = cost(step) / SADDLE_SHARE_COST, most = most_shares(step);
  if (worthwhile < count) count = worthwhile;
  if (most < count) count = most;
  return count < 1 ? 1 : (int32_t)count;
}
