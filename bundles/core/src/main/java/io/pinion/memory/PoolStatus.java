package io.pinion.memory;

/**
 * What a {@link BufferPool} holds and how; sizes in bytes.
 *
 * @param leased how much is on lease
 * @param held how much memory there is behind the arenas
 * @param limit how much that may be
 * @param arenas in how many pieces
 * @param huge how much of it is on huge pages
 * @param pinned how much of it is pinned
 * @param unpinned why the rest of it is not; empty when there is none
 * @param waiting how many threads wait for a lease
 * @param leaks how many leases were never closed, and found
 */
public record PoolStatus(
        long leased,
        long held,
        long limit,
        int arenas,
        long huge,
        long pinned,
        String unpinned,
        int waiting,
        long leaks) {}
