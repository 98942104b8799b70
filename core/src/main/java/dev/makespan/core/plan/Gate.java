package dev.makespan.core.plan;

import org.jspecify.annotations.Nullable;

/** One line of a definition of done. */
public sealed interface Gate {

  /** A command that must succeed in the task's workspace. */
  record Run(String command) implements Gate {
    @Override
    public String toString() {
      return "run: " + command;
    }
  }

  /**
   * A bound on a reported metric, both ends included.
   *
   * @param min null: none
   * @param max null: none
   */
  record Metric(String name, @Nullable Double min, @Nullable Double max) implements Gate {
    @Override
    public String toString() {
      return "metric: "
          + name
          + (min == null ? "" : " >= " + min)
          + (max == null ? "" : " <= " + max);
    }
  }

  /** A person says yes. */
  record Approval(String name) implements Gate {
    @Override
    public String toString() {
      return "approval: " + name;
    }
  }

  /** A file that must exist. */
  record PresentFile(String path) implements Gate {
    @Override
    public String toString() {
      return "file: " + path;
    }
  }
}
