// For signal masks, which are not part of C11.
#define _POSIX_C_SOURCE 200809L

#include "saddle_team.h"

#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdlib.h>

#include "shares.h"

// The owner, whichever thread runs steps at the moment, offers the shares of one step after another
// and takes some itself; helpers take others if they are there in time. Nobody waits for a thread
// that has taken nothing, so helpers that the system does not run hold nothing up.

// Threads that wait look this often, and let others run between two looks, before they sleep: some
// 50 microseconds, more than most steps take that are not shared.
#define LOOKS 100
#define PAUSES 16

typedef struct {
  saddle_team *team;
  pthread_t thread;
  int32_t index;
} helper;

// What different threads write often lies in different cache lines.
struct saddle_team {
  // The shares that nobody has taken: the first in the upper half, the end in the lower one.
  _Alignas(64) _Atomic uint64_t offered;
  _Alignas(64) _Atomic int32_t unfinished;

  // The step whose shares are offered. Written while there are none, and read after one was taken.
  _Alignas(64) const saddle_kernels *kernels;
  saddle_step step;
  int32_t share_count;
  float *workspaces;
  int64_t distance;

  // Who sleeps waits for a signal under the mutex.
  _Alignas(64) _Atomic int are_helpers_asleep;
  _Atomic int is_owner_asleep;
  _Atomic int is_ending;
  atomic_flag is_owned;
  pthread_mutex_t mutex;
  pthread_cond_t offer_made, all_finished;

  int32_t helper_count;
  helper helpers[];
};

// ---- Shares ---------------------------------------------------------------------------------

static uint64_t shares(uint32_t first, uint32_t end) { return (uint64_t)first << 32 | end; }

static int is_offered(saddle_team *team) {
  uint64_t offered = atomic_load(&team->offered);
  return (uint32_t)(offered >> 32) != (uint32_t)offered;
}

// Takes a share; -1 where none is left. The owner's are the first and the helpers' the last ones, so
// that each thread mostly meets what it wrote itself in the step before.
static int32_t take(saddle_team *team, int is_owner) {
  uint64_t offered = atomic_load(&team->offered);
  for (;;) {
    uint32_t first = (uint32_t)(offered >> 32), end = (uint32_t)offered;
    if (first == end) return -1;
    uint64_t left = is_owner ? shares(first + 1, end) : shares(first, end - 1);
    if (atomic_compare_exchange_weak(&team->offered, &offered, left)) {
      return (int32_t)(is_owner ? first : end - 1);
    }
  }
}

// Computes shares until none is left; member 0 is the owner.
static void take_part(saddle_team *team, int32_t member) {
  for (int32_t index; (index = take(team, member == 0)) >= 0;) {
    saddle_share share = {index, team->share_count};
    saddle_compute(
        team->kernels, team->step, share, team->workspaces + member * team->distance);
    if (atomic_fetch_sub(&team->unfinished, 1) == 1 && atomic_load(&team->is_owner_asleep)) {
      pthread_mutex_lock(&team->mutex);
      pthread_cond_signal(&team->all_finished);
      pthread_mutex_unlock(&team->mutex);
    }
  }
}

// ---- Waiting --------------------------------------------------------------------------------

static void pause_between_looks(void) {
  for (int i = 0; i < PAUSES; i++) {
#if defined(__x86_64__)
    __builtin_ia32_pause();
#elif defined(__aarch64__)
    __asm__ volatile("yield");
#endif
  }
  sched_yield();
}

static int has_news(saddle_team *team) {
  return is_offered(team) || atomic_load(&team->is_ending);
}

// A flag that says who sleeps is set before the last look, and what is looked at is written before
// the flag is read: one of the two threads sees the other.
static void await_offer(saddle_team *team) {
  for (int look = 0; look < LOOKS; look++) {
    if (has_news(team)) return;
    pause_between_looks();
  }
  pthread_mutex_lock(&team->mutex);
  for (;;) {
    atomic_store(&team->are_helpers_asleep, 1);
    if (has_news(team)) break;
    pthread_cond_wait(&team->offer_made, &team->mutex);
  }
  pthread_mutex_unlock(&team->mutex);
}

static void await_end_of_step(saddle_team *team) {
  for (int look = 0; look < LOOKS; look++) {
    if (atomic_load(&team->unfinished) == 0) return;
    pause_between_looks();
  }
  pthread_mutex_lock(&team->mutex);
  atomic_store(&team->is_owner_asleep, 1);
  while (atomic_load(&team->unfinished) > 0) {
    pthread_cond_wait(&team->all_finished, &team->mutex);
  }
  atomic_store(&team->is_owner_asleep, 0);
  pthread_mutex_unlock(&team->mutex);
}

static void wake_helpers(saddle_team *team) {
  pthread_mutex_lock(&team->mutex);
  atomic_store(&team->are_helpers_asleep, 0);
  pthread_cond_broadcast(&team->offer_made);
  pthread_mutex_unlock(&team->mutex);
}

// ---- Steps ----------------------------------------------------------------------------------

static void compute_together(saddle_team *team, saddle_step step, int32_t share_count) {
  team->step = step;
  team->share_count = share_count;
  atomic_store(&team->unfinished, share_count);
  atomic_store(&team->offered, shares(0, (uint32_t)share_count));
  if (atomic_load(&team->are_helpers_asleep)) wake_helpers(team);
  take_part(team, 0);
  await_end_of_step(team);
}

void saddle_team_run(
    saddle_team *team, const saddle_kernels *kernels, const saddle_step *steps, int64_t count,
    float *workspaces, int64_t distance) {
  if (atomic_flag_test_and_set(&team->is_owned)) {
    saddle_run(kernels, steps, count, workspaces);
    return;
  }
  team->kernels = kernels;
  team->workspaces = workspaces;
  team->distance = distance;
  for (int64_t s = 0; s < count; s++) {
    int32_t share_count = saddle_share_count(steps[s], team->helper_count + 1);
    if (share_count > 1) {
      compute_together(team, steps[s], share_count);
    } else {
      saddle_compute(kernels, steps[s], SADDLE_WHOLE, workspaces);
    }
  }
  atomic_flag_clear(&team->is_owned);
}

// ---- Threads --------------------------------------------------------------------------------

static void *help(void *argument) {
  helper *self = argument;
  saddle_team *team = self->team;
  while (!atomic_load(&team->is_ending)) {
    take_part(team, self->index);
    await_offer(team);
  }
  return NULL;
}

// Signals are for the threads that the program knows.
static void start_helpers(saddle_team *team, int32_t count) {
  sigset_t all, before;
  sigfillset(&all);
  pthread_sigmask(SIG_SETMASK, &all, &before);
  for (int32_t i = 0; i < count; i++) {
    helper *next = &team->helpers[i];
    next->team = team;
    next->index = i + 1;
    if (pthread_create(&next->thread, NULL, help, next) != 0) break;
    team->helper_count++;
  }
  pthread_sigmask(SIG_SETMASK, &before, NULL);
}

saddle_team *saddle_team_create(int32_t threads) {
  int32_t count = threads > 1 ? threads - 1 : 0;
  size_t size = sizeof(saddle_team) + (size_t)count * sizeof(helper);
  saddle_team *team = aligned_alloc(64, (size + 63) / 64 * 64);
  if (team == NULL) return NULL;
  *team = (saddle_team){.is_owned = ATOMIC_FLAG_INIT};
  pthread_mutex_init(&team->mutex, NULL);
  pthread_cond_init(&team->offer_made, NULL);
  pthread_cond_init(&team->all_finished, NULL);
  start_helpers(team, count);
  return team;
}

void saddle_team_end(saddle_team *team) {
  atomic_store(&team->is_ending, 1);
  wake_helpers(team);
  for (int32_t i = 0; i < team->helper_count; i++) pthread_join(team->helpers[i].thread, NULL);
  pthread_cond_destroy(&team->all_finished);
  pthread_cond_destroy(&team->offer_made);
  pthread_mutex_destroy(&team->mutex);
  free(team);
}
