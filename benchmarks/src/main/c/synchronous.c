/*
 * The plain loop that Pinion's synchronous transfers are measured against: pread(2) or pwrite(2) by O_DIRECT at random
 * blocks, one thread, one buffer on a huge page.
 *
 *   synchronous read|write random FILE BLOCK_SIZE 1 1 TIMED_EVERY WARM_UP SECONDS [beside-a-thread]
 *
 * FILE may be a block device. With beside-a-thread there is a second thread, which does nothing: in a process of several, as a
 * virtual machine always is, the kernel counts each use of a descriptor (fs/file.c, __fget_light). One in TIMED_EVERY operations
 * (a power of two) is timed. Prints what print_sample does, of the time after the warm-up.
 */
#define _GNU_SOURCE
#include "sample.h"

#include <pthread.h>
#include <unistd.h>

/* How many operations there are between two looks at the clock, as in Pinion's load. */
#define TURNS 16

#define BESIDE_A_THREAD "beside-a-thread"

static void *do_nothing(void *nothing) {
  while (1) pause();
  return nothing;
}

static void start_a_thread(void) {
  pthread_t thread;
  errno = pthread_create(&thread, NULL, do_nothing, NULL);
  if (errno) fail("pthread_create");
}

int main(int count, char **arguments) {
  int beside = count == 11 && !strcmp(arguments[10], BESIDE_A_THREAD);
  if (count != 10 + beside || strcmp(arguments[2], "random") || strcmp(arguments[5], "1")) {
    fprintf(stderr, "usage: synchronous read|write random FILE BLOCK_SIZE 1 1 TIMED_EVERY WARM_UP SECONDS [%s]\n",
            BESIDE_A_THREAD);
    return 2;
  }
  if (beside) start_a_thread();
  int writing = !strcmp(arguments[1], "write");
  size_t size = atoi(arguments[4]);
  unsigned timed_mask = atoi(arguments[7]) - 1;
  int file = open_target(arguments[3], (writing ? O_RDWR : O_RDONLY) | O_DIRECT);
  uint64_t blocks = size_of(file, arguments[3]) / size;
  char *memory = huge_memory(HUGE_PAGE);

  uint64_t operations = 0;
  struct span span = begin_span(atof(arguments[8]), atof(arguments[9]));
  while (1) {
    for (unsigned turn = 0; turn < TURNS; turn++, operations++) {
      uint64_t begun = operations & timed_mask ? 0 : nanos();
      off_t at = next_random() % blocks * size;
      ssize_t done = writing ? pwrite(file, memory, size, at) : pread(file, memory, size, at);
      if (done != (ssize_t)size) fail(arguments[3]);
      if (begun && timed < MOST_TIMED) latencies[timed++] = nanos() - begun;
    }
    if (is_over(&span, &operations)) return 0;
  }
}
