package dev.makespan.gateway;

import java.util.concurrent.ExecutorService;

/**
 * Threads that may wait for the store.
 *
 * @param writers a few for all that is written, so that no flood takes the disk from the others
 * @param readers one for each that reads
 */
public record RecordThreads(ExecutorService writers, ExecutorService readers) {}
