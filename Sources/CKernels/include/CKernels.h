#ifndef SADDLE_CKERNELS_H
#define SADDLE_CKERNELS_H

#include "saddle_elementary.h"
#include "saddle_kernels.h"
#include "saddle_memory.h"
#include "saddle_philox.h"
#include "saddle_team.h"

#endif
