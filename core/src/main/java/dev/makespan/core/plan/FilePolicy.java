package dev.makespan.core.plan;

import org.jspecify.annotations.Nullable;

/**
 * How a path is shared between tasks.
 *
 * @param owner the task that alone writes; null unless {@code kind} is OWNER
 */
public record FilePolicy(FilePattern path, Kind kind, @Nullable TaskId owner) {

  /** What sharing a path means. */
  public enum Kind {
    LOCK,
    OWNER,
    APPEND,
    REGENERATE
  }

  public FilePolicy {
    if ((kind == Kind.OWNER) != (owner != null)) {
      throw new IllegalArgumentException("an owner policy, and no other, names its owner: " + path);
    }
  }
}
