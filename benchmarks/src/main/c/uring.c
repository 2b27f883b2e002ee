/*
 * The plain loop that Pinion's queues are measured against: io_uring by system calls alone, one thread, a registered file,
 * registered buffers on huge pages, as many operations in flight as the depth says, one call that submits and waits.
 *
 *   uring read|write|nop random|cached FILE BLOCK_SIZE DEPTH BATCH TIMED_EVERY WARM_UP SECONDS
 *
 * Random blocks, by O_DIRECT or from the page cache. One in TIMED_EVERY operations (a power of two) is timed. Prints
 * operations=N nanos=N cpu=N thread=N p50=N p99=N p999=N: after the warm-up, processor time of process and thread and latency
 * in nanoseconds; a percentile that fewer than ten of those timed lie beyond is left out.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <linux/io_uring.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <time.h>
#include <unistd.h>

#define HUGE_PAGE (2UL << 20)
#define MOST_TIMED (1 << 18)

static void fail(const char *what) {
  fprintf(stderr, "uring: %s: %s\n", what, strerror(errno));
  exit(1);
}

static uint64_t nanos(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return now.tv_sec * 1000000000UL + now.tv_nsec;
}

static uint64_t cpu(int whose) {
  struct rusage usage;
  getrusage(whose, &usage);
  return (usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) * 1000000000UL +
         (usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) * 1000UL;
}

static uint64_t state = 88172645463325252UL;

static uint64_t next_random(void) {
  state ^= state << 13;
  state ^= state >> 7;
  return state ^= state << 17;
}

static uint64_t latencies[MOST_TIMED];
static unsigned timed;

static int ascending(const void *one, const void *other) {
  uint64_t a = *(const uint64_t *)one, b = *(const uint64_t *)other;
  return (a > b) - (a < b);
}

static void print_percentile(const char *name, unsigned beyond) {
  if (timed >= 10 * beyond) printf(" %s=%lu", name, latencies[(uint64_t)timed * (beyond - 1) / beyond]);
}

static char *huge_memory(size_t length) {
  char *mapped = mmap(NULL, length + HUGE_PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (mapped == MAP_FAILED) fail("mmap");
  char *aligned = (char *)(((uintptr_t)mapped + HUGE_PAGE - 1) & -HUGE_PAGE);
  madvise(aligned, length, MADV_HUGEPAGE);
  memset(aligned, 1, length);
  return aligned;
}

int main(int count, char **arguments) {
  if (count != 10) {
    fprintf(stderr,
            "usage: uring read|write|nop random|cached FILE BLOCK_SIZE DEPTH BATCH TIMED_EVERY WARM_UP SECONDS\n");
    return 2;
  }
  int writing = !strcmp(arguments[1], "write");
  int nop = !strcmp(arguments[1], "nop");
  int direct = strcmp(arguments[2], "cached") ? O_DIRECT : 0;
  unsigned size = atoi(arguments[4]), depth = atoi(arguments[5]), batch = atoi(arguments[6]);
  unsigned timed_mask = atoi(arguments[7]) - 1;
  uint64_t warm_up = atof(arguments[8]) * 1e9, duration = atof(arguments[9]) * 1e9;

  struct io_uring_params parameters = {.flags = IORING_SETUP_SINGLE_ISSUER | IORING_SETUP_DEFER_TASKRUN};
  int ring = syscall(SYS_io_uring_setup, depth, &parameters);
  if (ring < 0) fail("io_uring_setup");
  size_t length = parameters.cq_off.cqes + parameters.cq_entries * sizeof(struct io_uring_cqe);
  size_t other = parameters.sq_off.array + parameters.sq_entries * sizeof(unsigned);
  char *shared = mmap(NULL, length > other ? length : other, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_POPULATE, ring,
                      IORING_OFF_SQ_RING);
  struct io_uring_sqe *entries = mmap(NULL, parameters.sq_entries * sizeof(struct io_uring_sqe), PROT_READ | PROT_WRITE,
                                      MAP_SHARED | MAP_POPULATE, ring, IORING_OFF_SQES);
  if (shared == MAP_FAILED || entries == MAP_FAILED) fail("mmap");
  unsigned *submit_tail = (unsigned *)(shared + parameters.sq_off.tail);
  unsigned submit_mask = *(unsigned *)(shared + parameters.sq_off.ring_mask);
  unsigned *array = (unsigned *)(shared + parameters.sq_off.array);
  unsigned *head = (unsigned *)(shared + parameters.cq_off.head);
  unsigned *tail = (unsigned *)(shared + parameters.cq_off.tail);
  unsigned mask = *(unsigned *)(shared + parameters.cq_off.ring_mask);
  struct io_uring_cqe *completions = (struct io_uring_cqe *)(shared + parameters.cq_off.cqes);
  for (unsigned i = 0; i <= submit_mask; i++) array[i] = i;

  size_t all = ((size_t)size * depth + HUGE_PAGE - 1) & -HUGE_PAGE;
  char *memory = huge_memory(all);
  uint64_t blocks = 1;
  if (!nop) {
    int file = open(arguments[3], (writing ? O_RDWR : O_RDONLY) | direct);
    struct stat found;
    if (file < 0 || fstat(file, &found)) fail(arguments[3]);
    blocks = found.st_size / size;
    struct iovec vector = {memory, all};
    if (syscall(SYS_io_uring_register, ring, IORING_REGISTER_BUFFERS, &vector, 1)) fail("register buffers");
    if (syscall(SYS_io_uring_register, ring, IORING_REGISTER_FILES, &file, 1)) fail("register files");
  }

  unsigned *free_slots = malloc(depth * sizeof(unsigned)), free_count = depth;
  uint64_t *begun = malloc(depth * sizeof(uint64_t));
  for (unsigned i = 0; i < depth; i++) free_slots[i] = i;
  unsigned submitted = 0, reaped = 0;
  uint64_t operations = 0, begin = nanos(), cpu_begin = 0, thread_begin = 0;
  int warm = 0;
  for (uint64_t round = 0;; round++) {
    unsigned prepared = free_count;
    while (free_count) {
      unsigned slot = free_slots[--free_count];
      begun[slot] = submitted & timed_mask ? 0 : nanos();
      struct io_uring_sqe *entry = entries + (submitted++ & submit_mask);
      memset(entry, 0, sizeof *entry);
      entry->user_data = slot;
      if (nop) {
        entry->opcode = IORING_OP_NOP;
      } else {
        entry->opcode = writing ? IORING_OP_WRITE_FIXED : IORING_OP_READ_FIXED;
        entry->flags = IOSQE_FIXED_FILE;
        entry->off = next_random() % blocks * size;
        entry->addr = (uintptr_t)(memory + (size_t)slot * size);
        entry->len = size;
      }
    }
    __atomic_store_n(submit_tail, submitted, __ATOMIC_RELEASE);
    if (syscall(SYS_io_uring_enter, ring, prepared, batch, IORING_ENTER_GETEVENTS, NULL, 0) < 0 && errno != EINTR)
      fail("io_uring_enter");
    unsigned end = __atomic_load_n(tail, __ATOMIC_ACQUIRE);
    for (; reaped != end; reaped++, operations++) {
      struct io_uring_cqe *completion = completions + (reaped & mask);
      if (completion->res != (nop ? 0 : (int)size)) {
        fprintf(stderr, "uring: result %d\n", completion->res);
        return 1;
      }
      unsigned slot = completion->user_data;
      if (begun[slot] && timed < MOST_TIMED) latencies[timed++] = nanos() - begun[slot];
      free_slots[free_count++] = slot;
    }
    __atomic_store_n(head, reaped, __ATOMIC_RELEASE);
    if (round % 16) continue;
    uint64_t now = nanos();
    if (!warm && now - begin > warm_up) {
      warm = 1;
      operations = 0;
      timed = 0;
      thread_begin = cpu(RUSAGE_THREAD);
      cpu_begin = cpu(RUSAGE_SELF);
      begin = nanos();
    } else if (warm && now - begin > duration) {
      uint64_t used = cpu(RUSAGE_SELF) - cpu_begin, thread = cpu(RUSAGE_THREAD) - thread_begin;
      printf("operations=%lu nanos=%lu cpu=%lu thread=%lu", operations, now - begin, used, thread);
      qsort(latencies, timed, sizeof *latencies, ascending);
      print_percentile("p50", 2);
      print_percentile("p99", 100);
      print_percentile("p999", 1000);
      putchar('\n');
      return 0;
    }
  }
}
