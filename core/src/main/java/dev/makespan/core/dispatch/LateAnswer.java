package dev.makespan.core.dispatch;

import dev.makespan.core.plan.FileAccess;
import java.util.List;

/** What a live attempt hears that asks for more files. */
sealed interface LateAnswer {

  /**
   * It has them, until it ends.
   *
   * @param files under the plan's policies
   */
  record Granted(List<FileAccess> files) implements LateAnswer {
    public Granted {
      files = List.copyOf(files);
    }
  }

  /** Others have them; it gets all of them when they are free, before any task that starts. */
  record Queued(String reason) implements LateAnswer {}

  /** It will not get them by waiting. */
  record Refused(String reason) implements LateAnswer {}
}
