package dev.makespan.core.dispatch;

import dev.makespan.core.plan.FileAccess;

/** What keeps a task, for which there is an agent, from its files and resources. */
sealed interface Obstacle {

  /** The end of what it waits for, to try again. */
  sealed interface Cause {}

  /** A task holds something, has asked for it while it runs, or has reserved it. */
  record Holder(int task) implements Cause {}

  /** Units of a resource are in use. */
  record Resource(String name) implements Cause {}

  Cause cause();

  /** A file that {@code holder} has, asked for late or has reserved. */
  record Locked(FileAccess wanted, int holder) implements Obstacle {
    @Override
    public Cause cause() {
      return new Holder(holder);
    }
  }

  /** Too few units of a resource are free. */
  record Scarce(String resource, int units, Cause cause) implements Obstacle {}
}
