package dev.makespan.core.finding;

import dev.makespan.core.plan.MilestoneId;
import dev.makespan.core.plan.Task;

/** Names for milestones that a task does not have yet. */
final class MilestoneNames {

  private static final int MAX_ID = 63;

  private MilestoneNames() {}

  /** {@code wanted}, or that with the first number from 2 that is free. */
  static MilestoneId free(Task task, String wanted) {
    MilestoneId name = new MilestoneId(wanted);
    for (int number = 2; isTaken(task, name); number++) {
      String suffix = "-" + number;
      int room = Math.min(wanted.length(), MAX_ID - suffix.length());
      name = new MilestoneId(wanted.substring(0, room) + suffix);
    }
    return name;
  }

  private static boolean isTaken(Task task, MilestoneId name) {
    return task.milestones().stream().anyMatch(milestone -> milestone.id().equals(name));
  }
}
