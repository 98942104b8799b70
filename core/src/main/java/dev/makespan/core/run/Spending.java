package dev.makespan.core.run;

import dev.makespan.core.plan.Budget;
import dev.makespan.core.plan.Task;
import dev.makespan.core.plan.TaskId;
import dev.makespan.core.task.Attempt;
import dev.makespan.core.task.TaskEvent;
import dev.makespan.core.task.TaskLife;
import dev.makespan.core.task.TaskState;
import dev.makespan.core.task.Traces.Usage;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a run has used, and each of its tasks that has a budget, against their limits. Counted from
 * the events of attempts; attempts at merging are not counted.
 */
final class Spending {

  /** A live attempt's use is written down in so many steps of a limit at most. */
  static final int STEPS = 50;

  private final RunSpec spec;
  private final Account ofRun;
  private final Map<TaskId, Account> ofTasks = new LinkedHashMap<>();
  private Budget limit;
  private boolean tasksAreLimited;

  Spending(RunSpec spec) {
    this(spec, spec.plan().budget(), new Account(spec.speed()));
  }

  private Spending(RunSpec spec, Budget limit, Account ofRun) {
    this.spec = spec;
    this.limit = limit;
    this.ofRun = ofRun;
    this.tasksAreLimited = spec.plan().tasks().stream().anyMatch(t -> t.budget().isLimited());
  }

  Spending copy() {
    return of(spec, limit);
  }

  /** The same of an amended run: limits that people set stay while the plan's do. */
  Spending amended(RunSpec amended) {
    boolean same = amended.plan().budget().equals(spec.plan().budget());
    return of(amended, same ? limit : amended.plan().budget());
  }

  private Spending of(RunSpec other, Budget limit) {
    Spending copy = new Spending(other, limit, ofRun.copy());
    ofTasks.forEach((task, account) -> copy.ofTasks.put(task, account.copy()));
    return copy;
  }

  Budget limit() {
    return limit;
  }

  void limit(Budget set) {
    limit = set;
  }

  /** Whether anything has a limit. */
  boolean isLimited() {
    return tasksAreLimited || limit.isLimited();
  }

  void note(Task task, TaskLife before, TaskLife after, TaskEvent event, Instant at) {
    Account ofTask = task.budget().isLimited() ? ofTask(task.id()) : null;
    note(ofRun, before, after, event, at);
    if (ofTask != null) {
      note(ofTask, before, after, event, at);
    }
    if (event instanceof TaskEvent.Reopened) {
      ofTasks.remove(task.id());
    }
  }

  private void note(Account account, TaskLife before, TaskLife after, TaskEvent event, Instant at) {
    boolean worked = isWorked(before.state());
    boolean works = isWorked(after.state());
    if (works && !worked) {
      account.begin(micros(at));
    } else if (worked && !works) {
      long since = micros(after.attempts().getLast().leasedAt());
      account.end(since, micros(at), !(event instanceof TaskEvent.Returned));
    }
    Attempt last = after.attempts().isEmpty() ? null : after.attempts().getLast();
    if (last != null && before.attempts().size() == after.attempts().size()) {
      Usage known = before.lastUsage();
      if (!known.equals(after.lastUsage())) {
        account.use(known, after.lastUsage());
      }
    }
  }

  /** Whether an agent is at it: its time counts. */
  private static boolean isWorked(TaskState state) {
    return switch (state) {
      case TaskState.Leased _, TaskState.Running _, TaskState.Cancelling _ -> true;
      case TaskState.Held held -> held.keptFence() != 0;
      case TaskState.Waiting _,
          TaskState.Ready _,
          TaskState.Verifying _,
          TaskState.Integrating _,
          TaskState.Backoff _,
          TaskState.Done _,
          TaskState.Failed _,
          TaskState.Cancelled _,
          TaskState.Skipped _ ->
          false;
    };
  }

  private Account ofTask(TaskId task) {
    return ofTasks.computeIfAbsent(task, _ -> new Account(spec.speed()));
  }

  private long micros(Instant at) {
    return ChronoUnit.MICROS.between(spec.createdAt(), at);
  }

  private Instant instant(long micros) {
    return spec.createdAt().plus(micros, ChronoUnit.MICROS);
  }

  Spent spent(Instant now) {
    return ofRun.spent(micros(now));
  }

  @Nullable Exhausted findExhausted(Budget under, Instant now) {
    return ofRun.findExhausted(under, micros(now));
  }

  @Nullable Exhausted findExhausted(Task task, Instant now) {
    Account account = ofTasks.get(task.id());
    return account == null ? null : account.findExhausted(task.budget(), micros(now));
  }

  /** When the run's time is used up; null: not by what runs now. */
  @Nullable Instant findEnd(Instant now) {
    long at = ofRun.exhaustedAt(limit, micros(now));
    return at < 0 ? null : instant(at);
  }

  /** When a task's time is used up; null: not by what runs now. */
  @Nullable Instant findEnd(Task task, Instant now) {
    Account account = ofTasks.get(task.id());
    long at = account == null ? -1 : account.exhaustedAt(task.budget(), micros(now));
    return at < 0 ? null : instant(at);
  }

  /** Whether it is worth an event that a live attempt has used so much. */
  boolean matters(Task task, Usage known, Usage now) {
    Account account = ofTasks.get(task.id());
    return ofRun.matters(limit, known, now)
        || (account != null && account.matters(task.budget(), known, now));
  }
}
