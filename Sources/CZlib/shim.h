#ifndef SADDLE_CZLIB_H
#define SADDLE_CZLIB_H
#include <zlib.h>
#endif
