package dev.makespan.core.schedule;

import java.util.List;

/**
 * Tasks that nothing orders and that must not touch one file at the same time: a writer excludes
 * every other, readers share.
 *
 * @param writers task indexes, ascending
 * @param readers task indexes, ascending; none of the writers
 */
public record FileLock(String path, List<Integer> writers, List<Integer> readers) {

  public FileLock {
    writers = List.copyOf(writers);
    readers = List.copyOf(readers);
  }
}
