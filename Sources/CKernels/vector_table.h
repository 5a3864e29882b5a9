// The table of one instruction set: NAME is its name, SYMBOL the exported constant.

#include "vector_math.h"
#include "vector_fma.h"
#include "vector_pack.h"
#include "vector_epilogue.h"
#include "vector_panel.h"
#include "vector_product.h"
#include "vector_window.h"
#include "vector_convolution.h"
#include "vector_convolution_narrow.h"
#include "vector_convolution_kernels.h"
#include "vector_elementwise.h"
#include "vector_philox.h"
#include "vector_peak.h"

const saddle_kernels SYMBOL = {
    .name = NAME,
    .product = product,
    .convolution = convolution,
    .convolution_input_gradient = convolution_input_gradient,
    .convolution_weight_gradient = convolution_weight_gradient,
    .elementwise = elementwise,
    .reduction = reduction,
    .normal = normal,
    .uniform = uniform,
    .multiply_add = multiply_add,
};
