/*
 * The plain loop that Pinion's queues are measured against: io_uring by system calls alone, one thread, a registered file,
 * registered buffers on huge pages, as many operations in flight as the depth says, one call that submits and waits.
 *
 *   uring read|write|nop random|cached|sequential FILE BLOCK_SIZE DEPTH BATCH TIMED_EVERY WARM_UP SECONDS
 *
 * Random blocks, by O_DIRECT or from the page cache, or by O_DIRECT one after the other in passes, each of which is completed
 * before the next begins, one of writes with a flush. FILE may be a block device. One in TIMED_EVERY operations (a power of
 * two) is timed. Prints what print_sample does, of the time after the warm-up.
 */
#define _GNU_SOURCE
#include "sample.h"

#include <linux/io_uring.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

int main(int count, char **arguments) {
  if (count != 10) {
    fprintf(stderr,
            "usage: uring read|write|nop random|cached|sequential FILE BLOCK_SIZE DEPTH BATCH TIMED_EVERY WARM_UP SECONDS\n");
    return 2;
  }
  int writing = !strcmp(arguments[1], "write");
  int nop = !strcmp(arguments[1], "nop");
  int direct = strcmp(arguments[2], "cached") ? O_DIRECT : 0;
  int sequential = !strcmp(arguments[2], "sequential");
  unsigned size = atoi(arguments[4]), depth = atoi(arguments[5]), batch = atoi(arguments[6]);
  unsigned timed_mask = atoi(arguments[7]) - 1;

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
  uint64_t blocks = 1, next_block = 0;
  int file = -1;
  if (!nop) {
    file = open_target(arguments[3], (writing ? O_RDWR : O_RDONLY) | direct);
    uint64_t bytes = size_of(file, arguments[3]);
    blocks = (sequential && bytes > PASS ? PASS : bytes) / size;
    struct iovec vector = {memory, all};
    if (syscall(SYS_io_uring_register, ring, IORING_REGISTER_BUFFERS, &vector, 1)) fail("register buffers");
    if (syscall(SYS_io_uring_register, ring, IORING_REGISTER_FILES, &file, 1)) fail("register files");
  }

  unsigned *free_slots = malloc(depth * sizeof(unsigned)), free_count = depth;
  uint64_t *begun = malloc(depth * sizeof(uint64_t));
  for (unsigned i = 0; i < depth; i++) free_slots[i] = i;
  unsigned submitted = 0, reaped = 0;
  uint64_t operations = 0;
  struct span span = begin_span(atof(arguments[8]), atof(arguments[9]));
  for (uint64_t round = 0;; round++) {
    if (sequential && next_block == blocks && free_count == depth) {
      if (writing && fdatasync(file)) fail("fdatasync");
      next_block = 0;
    }
    unsigned prepared = 0;
    while (free_count && !(sequential && next_block == blocks)) {
      prepared++;
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
        entry->off = (sequential ? next_block++ : next_random() % blocks) * size;
        entry->addr = (uintptr_t)(memory + (size_t)slot * size);
        entry->len = size;
      }
    }
    __atomic_store_n(submit_tail, submitted, __ATOMIC_RELEASE);
    unsigned pending = depth - free_count;
    unsigned awaited = pending < batch ? pending : batch;
    if (syscall(SYS_io_uring_enter, ring, prepared, awaited, IORING_ENTER_GETEVENTS, NULL, 0) < 0 && errno != EINTR)
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
    if (is_over(&span, &operations)) return 0;
  }
}
