#ifndef SADDLE_TEAM_H
#define SADDLE_TEAM_H

#include "saddle_kernels.h"

// How many shares of a step `threads` threads should be offered: 1 where to divide it costs more
// than it gains.
int32_t saddle_share_count(saddle_step step, int32_t threads);

// Threads that compute the shares of a step together.
typedef struct saddle_team saddle_team;

// A team of the calling thread and `threads` - 1 others, of fewer where the system refuses some;
// null for want of memory.
saddle_team *saddle_team_create(int32_t threads);

// Ends the threads of a team that nobody uses any more.
void saddle_team_end(saddle_team *team);

// Computes `count` steps in order, large ones by all threads of the team. While one thread does so,
// any other that calls this computes its steps alone. `workspaces` holds as many workspaces as the
// team was to have threads, `distance` floats from one to the next: each of as many floats as any
// step needs. No memory is allocated.
void saddle_team_run(
    saddle_team *team, const saddle_kernels *kernels, const saddle_step *steps, int64_t count,
    float *workspaces, int64_t distance);

#endif
