package dev.makespan.core.analysis;

import dev.makespan.core.plan.FileAccess;
import dev.makespan.core.plan.FileMode;
import dev.makespan.core.plan.FilePattern;
import dev.makespan.core.plan.FilePolicy;
import dev.makespan.core.plan.Plan;
import dev.makespan.core.plan.Task;
import dev.makespan.core.plan.TaskId;
import java.util.ArrayList;
import java.util.List;

/** Finds tasks that write a file whose policy names another owner. */
final class Ownership {

  private Ownership() {}

  /** A write that the policy leaves to another. */
  record Breach(TaskId writer, FilePattern path, TaskId owner) {}

  static List<Breach> breaches(Plan plan) {
    List<Breach> breaches = new ArrayList<>();
    for (FilePolicy policy : plan.files()) {
      TaskId owner = policy.owner();
      if (owner == null) {
        continue;
      }
      for (Task task : plan.tasks()) {
        for (FileAccess access : task.files()) {
          if (!task.id().equals(owner)
              && access.mode() == FileMode.WRITE
              && access.path().overlaps(policy.path())) {
            breaches.add(new Breach(task.id(), access.path(), owner));
          }
        }
      }
    }
    return breaches;
  }
}
