#ifndef SADDLE_CPNG_H
#define SADDLE_CPNG_H
#include <png.h>
#endif
