package dev.makespan.core.dispatch;

import dev.makespan.core.plan.Role;
import dev.makespan.core.run.RunCommand;
import dev.makespan.core.run.RunDecision;
import dev.makespan.core.session.SessionId;
import dev.makespan.core.task.TaskCommand;
import dev.makespan.core.task.TaskRef;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Gives ready tasks to free agents, in order, as long as slots, locks and resources allow. Looks at
 * no task twice without a reason: one that can't start goes where it is woken from.
 */
final class Dispatch {

  /** So many of a run's tasks that no free agent may have are tried again at a time. */
  static final int MAX_RECONSIDERED = 32;

  private final Books books;
  private final LateFiles lateFiles;
  private final ShardSettings settings;
  private long lastFence;
  private long examined;

  Dispatch(Books books, LateFiles lateFiles, ShardSettings settings, long firstFence) {
    this.books = books;
    this.lateFiles = lateFiles;
    this.settings = settings;
    this.lastFence = firstFence;
  }

  /** How many tasks were tried so far. */
  long examined() {
    return examined;
  }

  void run(Stepping step) {
    reconsider();
    settle(step);
    ReadyQueue.Next next = books.ready().findFirst(books.fleet()::hasFree);
    while (next != null) {
      examined++;
      examine(next, step);
      settle(step);
      next = books.ready().findFirst(books.fleet()::hasFree);
    }
  }

  private void settle(Stepping step) {
    books.settle();
    lateFiles.sayGranted(step);
  }

  /** Tasks that no free agent could have are tried again when another is free. */
  private void reconsider() {
    if (books.setAside().isEmpty() || !books.fleet().takeNewlyFree()) {
      return;
    }
    for (LiveRun live : List.copyOf(books.setAside())) {
      live.reconsider(MAX_RECONSIDERED);
      if (!live.hasSetAside()) {
        books.setAside().remove(live);
      }
    }
  }

  private void examine(ReadyQueue.Next next, Stepping step) {
    LiveRun live = next.live();
    Obstacle obstacle = live.findObstacle(next.task(), step.now());
    if (obstacle != null) {
      live.park(next.task(), obstacle);
      books.unsettle(live);
    } else if (!lease(live, next.task(), next.role(), step)) {
      live.setAside(next.task());
      books.setAside().add(live);
      books.unsettle(live);
    }
  }

  private boolean lease(LiveRun live, int task, Role role, Stepping step) {
    TaskRef ref = books.refOf(live, task, lastFence + 1);
    Agent agent =
        books.fleet().findFree(role, ref, live.affinity().findPreferred(task), step.now());
    @Nullable SessionId session = agent == null ? null : agent.findSession();
    if (agent == null || session == null) {
      return false;
    }
    TaskCommand lease = new TaskCommand.Lease(agent.id(), ref.fence());
    if (step.decide(live, new RunCommand.OnTask(ref.task(), lease))
        instanceof RunDecision.Refused) {
      return false;
    }
    lastFence = ref.fence();
    step.tell(session, Assignments.of(live.run(), task, ref, settings.lease()));
    return true;
  }
}
