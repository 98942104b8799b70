package dev.makespan.core.dispatch;

import dev.makespan.core.dispatch.Explanation.RoleAgents;
import dev.makespan.core.dispatch.Explanation.TaskExplanation;
import dev.makespan.core.dispatch.Situation.AgentAtWork;
import dev.makespan.core.merge.BatchMember;
import dev.makespan.core.merge.Integration;
import dev.makespan.core.merge.MergeHold;
import dev.makespan.core.plan.Gate;
import dev.makespan.core.plan.Need;
import dev.makespan.core.plan.Phase;
import dev.makespan.core.plan.Role;
import dev.makespan.core.plan.Task;
import dev.makespan.core.plan.TaskId;
import dev.makespan.core.run.Exhausted;
import dev.makespan.core.run.MergeView;
import dev.makespan.core.run.Run;
import dev.makespan.core.run.RunState;
import dev.makespan.core.task.Blocker;
import dev.makespan.core.task.TaskLife;
import dev.makespan.core.task.TaskState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Says of tasks that are not running every reason why, and when they can start at the earliest. */
public final class Explain {

  /** Tasks of one explanation. */
  public static final int MAX_TASKS = 1_000;

  private final Situation situation;
  private final Run run;
  private final Expectations expectations;
  private final Contention contention;
  private @Nullable MergeView merges;

  private Explain(Situation situation) {
    this.situation = situation;
    this.run = situation.run();
    this.expectations = Expectations.of(run, situation.at());
    this.contention = new Contention(situation, expectations);
  }

  /** Of all tasks of a run, or of one. */
  public static Explanation of(Situation situation, @Nullable TaskId only) {
    Explain explain = new Explain(situation);
    List<TaskExplanation> tasks = new ArrayList<>();
    int leftOut = 0;
    for (int i = 0; i < explain.run.size(); i++) {
      if (only == null ? !explain.isOpen(i) : !explain.run.task(i).id().equals(only)) {
        continue;
      }
      if (tasks.size() < MAX_TASKS) {
        tasks.add(explain.task(i));
      } else {
        leftOut++;
      }
    }
    return new Explanation(
        explain.run.spec().id(),
        explain.run.state(),
        situation.at(),
        tasks,
        leftOut,
        explain.roles());
  }

  private boolean isOpen(int task) {
    TaskState state = run.life(task).state();
    return !state.isFinal() && !(state instanceof TaskState.Running);
  }

  private TaskExplanation task(int task) {
    List<Reason> reasons = new ArrayList<>();
    TaskState state = run.life(task).state();
    addReasonsOfRun(state, reasons);
    addReasonsOfState(task, state, reasons);
    Instant earliest = null;
    if (isUnstarted(state)) {
      addNeeds(task, reasons);
      addPhases(task, reasons);
      earliest = expectations.findStart(task);
    }
    if (state instanceof TaskState.Ready) {
      contention.addConflicts(task, reasons);
      contention.addResources(task, reasons);
      contention.addClaims(task, reasons);
      contention.addAgents(task, reasons);
      if (reasons.isEmpty()) {
        reasons.add(new Reason.NextInLine());
      }
    }
    return new TaskExplanation(
        run.task(task).id(), nameOf(state), reasons, earliest(earliest, reasons));
  }

  private static boolean isUnstarted(TaskState state) {
    return state instanceof TaskState.Waiting
        || state instanceof TaskState.Ready
        || state instanceof TaskState.Backoff;
  }

  static String nameOf(TaskState state) {
    return state.getClass().getSimpleName();
  }

  /** The latest of what each reason says; null when one of them can't say. */
  private static @Nullable Instant earliest(@Nullable Instant start, List<Reason> reasons) {
    Instant latest = start;
    for (Reason reason : reasons) {
      Instant until = untilOf(reason, start);
      if (latest == null || until == null) {
        return null;
      }
      latest = until.isAfter(latest) ? until : latest;
    }
    return latest;
  }

  private static @Nullable Instant untilOf(Reason reason, @Nullable Instant start) {
    return switch (reason) {
      case Reason.NeedOpen r -> r.expectedAt();
      case Reason.PhaseClosed r -> r.expectedAt();
      case Reason.LockHeld r -> r.expectedAt();
      case Reason.Claimed r -> r.expectedAt();
      case Reason.ResourceShort r -> r.expectedAt();
      case Reason.NoAgent r -> r.expectedAt();
      case Reason.BackingOff r -> r.until();
      case Reason.NextInLine _ -> start;
      case Reason.BlockerOpen _,
          Reason.ApprovalMissing _,
          Reason.NeedsPerson _,
          Reason.RunIsPaused _,
          Reason.BudgetSpent _,
          Reason.WaitsForMerge _,
          Reason.RunIsCancelling _,
          Reason.Stopping _ ->
          null;
    };
  }

  private void addReasonsOfRun(TaskState state, List<Reason> reasons) {
    if (run.state() == RunState.PAUSED && isUnstarted(state)) {
      Exhausted limit = run.findExhausted(situation.at());
      if (limit != null) {
        reasons.add(new Reason.BudgetSpent(null, limit));
      }
      if (limit == null || !run.reason().startsWith(Exhausted.REASON)) {
        reasons.add(new Reason.RunIsPaused(run.reason()));
      }
    }
    if (run.state() == RunState.CANCELLING && !state.isFinal()) {
      reasons.add(new Reason.RunIsCancelling(run.reason()));
    }
  }

  private void addReasonsOfState(int task, TaskState state, List<Reason> reasons) {
    switch (state) {
      case TaskState.Backoff s -> reasons.add(new Reason.BackingOff(s.until(), s.reason()));
      case TaskState.Held s -> addQuestions(task, s, reasons);
      case TaskState.Verifying s -> {
        List<String> missing = new ArrayList<>(approvals(run.task(task)));
        missing.removeAll(s.approvals());
        reasons.add(new Reason.ApprovalMissing(missing));
      }
      case TaskState.Cancelling s -> reasons.add(new Reason.Stopping(s.agent()));
      case TaskState.Failed s -> reasons.add(new Reason.NeedsPerson(s.reason()));
      case TaskState.Cancelled s -> reasons.add(new Reason.NeedsPerson(s.reason()));
      case TaskState.Skipped s -> reasons.add(new Reason.NeedsPerson(s.reason()));
      case TaskState.Waiting _,
          TaskState.Ready _,
          TaskState.Leased _,
          TaskState.Running _,
          TaskState.Done _ -> {}
      case TaskState.Integrating _ -> reasons.add(merge(task));
    }
  }

  private void addQuestions(int task, TaskState.Held held, List<Reason> reasons) {
    TaskLife life = run.life(task);
    for (Blocker blocker : life.openBlockers()) {
      reasons.add(new Reason.BlockerOpen(blocker.id(), blocker.text(), blocker.kept()));
    }
    Exhausted limit = run.findExhausted(task, situation.at());
    if (limit != null) {
      reasons.add(new Reason.BudgetSpent(run.task(task).id(), limit));
    } else if (life.openBlockers().isEmpty()) {
      reasons.add(new Reason.NeedsPerson(held.reason()));
    }
  }

  private Reason merge(int task) {
    MergeView queue = merges();
    TaskId id = run.task(task).id();
    Set<TaskId> merged = new LinkedHashSet<>();
    queue.batch().forEach(member -> merged.add(member.task()));
    int position = 0;
    int waiting = 0;
    for (BatchMember member : queue.waiting()) {
      waiting += merged.contains(member.task()) ? 0 : 1;
      position = member.task().equals(id) && !merged.contains(id) ? waiting : position;
    }
    MergeHold hold = queue.hold();
    int integrators = 0;
    for (AgentAtWork agent : situation.agents()) {
      if (agent.takes(Integration.ROLE)) {
        integrators++;
      }
    }
    return new Reason.WaitsForMerge(
        position,
        waiting,
        queue.agent(),
        integrators,
        hold == null ? "" : hold.by() + (hold.reason().isEmpty() ? "" : ": " + hold.reason()),
        queue.trouble());
  }

  /** Of a run with work that waits to be merged. */
  private MergeView merges() {
    if (merges == null) {
      merges = run.mergeView();
    }
    return merges;
  }

  private static List<String> approvals(Task task) {
    List<String> names = new ArrayList<>();
    for (Gate gate : task.completion().gates()) {
      if (gate instanceof Gate.Approval approval) {
        names.add(approval.name());
      }
    }
    return names;
  }

  private void addNeeds(int task, List<Reason> reasons) {
    for (Need need : run.task(task).needs()) {
      int needed = run.indexOf(need.task());
      TaskLife life = run.life(needed);
      boolean met =
          life.state().isSatisfied()
              || (need.milestone() != null && life.milestones().containsKey(need.milestone()));
      if (!met) {
        reasons.add(
            new Reason.NeedOpen(
                need.task(),
                need.milestone(),
                nameOf(life.state()),
                expectations.findReach(needed, need.milestone())));
      }
    }
  }

  private void addPhases(int task, List<Reason> reasons) {
    List<Phase> phases = run.spec().plan().phases();
    boolean member =
        phases.stream().anyMatch(p -> p.id().equals(run.task(task).placement().phase()));
    for (int p = 0; member && p < phases.size(); p++) {
      if (phases.get(p).id().equals(run.task(task).placement().phase())) {
        return;
      }
      if (run.isClosed(p)) {
        reasons.add(
            new Reason.PhaseClosed(
                phases.get(p).id(),
                run.openInPhase(p),
                run.checkpoints().missing(p),
                expectations.findPhaseEnd(p)));
      }
    }
  }

  private List<RoleAgents> roles() {
    Set<Role> wanted = new TreeSet<>();
    run.spec().plan().tasks().forEach(task -> wanted.add(task.role()));
    List<RoleAgents> roles = new ArrayList<>();
    for (Role role : wanted) {
      int agents = 0;
      int slots = 0;
      int free = 0;
      for (AgentAtWork agent : situation.agents()) {
        if (agent.takes(role)) {
          agents++;
          slots += agent.slots();
          free += agent.free();
        }
      }
      roles.add(new RoleAgents(role, agents, slots, free));
    }
    return roles;
  }
}
