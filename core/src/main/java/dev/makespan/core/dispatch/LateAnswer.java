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

  /**
   * Others have them; it gets all of them when they are free, before any task that starts.
   *
   * @param others that have them or asked before, by number; none when this was said before
   */
  record Queued(String reason, List<Integer> others) implements LateAnswer {
    public Queued {
      others = List.copyOf(others);
    }
  }

  /**
   * It will not get them by waiting.
   *
   * @param others that have them, by number; none: that is not why
   */
  record Refused(String reason, List<Integer> others) implements LateAnswer {
    public Refused {
      others = List.copyOf(others);
    }
  }
}
