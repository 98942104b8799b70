package dev.makespan.core.schedule;

/** Looks on while a search goes on, and may end it. Called on the thread that searches. */
public interface SearchWatch {

  /** Nobody looks on: the search ends by its number of schedules. */
  SearchWatch NONE = () -> false;

  /** Whether to end with the best so far; asked once a schedule. */
  boolean isOver();

  /** A shorter schedule or a better bound was found. */
  default void improved(Solution solution) {}
}
