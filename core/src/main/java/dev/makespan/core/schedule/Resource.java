package dev.makespan.core.schedule;

import java.util.Locale;

/**
 * Something that tasks hold while they run.
 *
 * @param name a role, a resource's name, or a file's path
 */
public record Resource(Kind kind, String name, int capacity) {

  /** What it is in the plan. */
  public enum Kind {
    ROLE,
    RESOURCE,
    FILE
  }

  public Resource {
    if (capacity < 1) {
      throw new IllegalArgumentException(
          kind.name().toLowerCase(Locale.ROOT)
              + " "
              + name
              + ": expected at least 1 slot, was "
              + capacity);
    }
  }
}
