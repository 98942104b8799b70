package dev.makespan.core.dispatch;

import dev.makespan.core.plan.FilePattern;
import dev.makespan.core.plan.FilePolicy;
import dev.makespan.core.plan.Need;
import dev.makespan.core.plan.Plan;
import dev.makespan.core.plan.Workspace;
import dev.makespan.core.run.Run;
import dev.makespan.core.session.AcceptedWork;
import dev.makespan.core.session.AttemptWorkspace;
import dev.makespan.core.session.BranchPattern;
import dev.makespan.core.task.Attempt;
import dev.makespan.core.task.TaskLife;
import dev.makespan.core.task.TaskRef;
import dev.makespan.core.task.TaskState;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Where an attempt works, and the accepted work of others that it builds upon. */
final class Deliveries {

  private Deliveries() {}

  /** Null: the plan has no workspace, or the work is pretended. */
  static @Nullable AttemptWorkspace workspace(Run run, TaskRef ref) {
    Plan plan = run.spec().plan();
    Workspace workspace = plan.workspace();
    if (workspace == null || run.spec().simulated()) {
      return null;
    }
    return Batches.upon(
        run,
        new AttemptWorkspace(
            workspace.repository(),
            workspace.base(),
            BranchPattern.branch(workspace, ref),
            paths(plan, FilePolicy.Kind.APPEND),
            paths(plan, FilePolicy.Kind.REGENERATE)));
  }

  private static List<FilePattern> paths(Plan plan, FilePolicy.Kind kind) {
    return plan.files().stream()
        .filter(policy -> policy.kind() == kind)
        .map(FilePolicy::path)
        .toList();
  }

  /**
   * The nearest accepted commits that {@code index} needs. A commit holds what it was built upon,
   * so that the way back ends there; it goes through tasks that left none. O(needs on that way).
   */
  static List<AcceptedWork> accepted(Run run, int index) {
    Workspace workspace = run.spec().plan().workspace();
    if (workspace == null || run.spec().simulated()) {
      return List.of();
    }
    List<AcceptedWork> accepted = new ArrayList<>();
    Set<Integer> seen = new LinkedHashSet<>();
    Deque<Integer> open = new ArrayDeque<>();
    needs(run, index, seen, open);
    while (!open.isEmpty()) {
      int next = open.remove();
      Attempt done = doneOne(run.life(next));
      if (done == null || done.delivery().commit().isEmpty()) {
        needs(run, next, seen, open);
      } else {
        TaskRef ref = new TaskRef(run.spec().id(), run.task(next).id(), done.fence());
        accepted.add(
            new AcceptedWork(
                ref.task(), BranchPattern.branch(workspace, ref), done.delivery().commit()));
      }
    }
    return accepted;
  }

  /** What is needed only for a milestone is not accepted yet. */
  private static void needs(Run run, int index, Set<Integer> seen, Deque<Integer> open) {
    for (Need need : run.task(index).needs()) {
      int needed = run.indexOf(need.task());
      if (run.life(needed).state().isSatisfied() && seen.add(needed)) {
        open.add(needed);
      }
    }
  }

  private static @Nullable Attempt doneOne(TaskLife life) {
    return life.state() instanceof TaskState.Done && !life.attempts().isEmpty()
        ? life.attempts().getLast()
        : null;
  }
}
