// The table of one instruction set: NAME is its name, SYMBOL the exported constant.

#include "vector_math.h"
#include "vector_fma.h"
#include "vector_product.h"
#include "vector_elementwise.h"
#include "vector_philox.h"

const saddle_kernels SYMBOL = {
    .name = NAME,
    .product = product,
    .elementwise = elementwise,
    .reduction = reduction,
    .normal = normal,
    .uniform = uniform,
};
