package dev.makespan.core.run;

import dev.makespan.core.merge.Integration;
import dev.makespan.core.merge.MergeQueue;
import dev.makespan.core.plan.Budget;
import dev.makespan.core.plan.Task;
import dev.makespan.core.plan.TaskId;
import dev.makespan.core.task.TaskEvent;
import dev.makespan.core.task.TaskLife;
import dev.makespan.core.task.TaskState;
import dev.makespan.core.task.Traces;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One run: its spec and the lives of its tasks. Mutable, owned by one thread; changed by {@link
 * #apply} alone, so that the journal rebuilds it.
 */
public final class Run {

  private RunSpec spec;
  private RunGraph graph;
  private TaskLife[] lives;
  private int[] openNeeds;
  private int[] openInPhase;
  private Checkpoints checkpoints;
  private final MergeQueue merges;
  private Spending spending;
  private int unfinished;
  private RunState state = RunState.RUNNING;
  private long position;
  private Instant latest;
  private @Nullable Instant startedAt;
  private @Nullable Instant finishedAt;
  private String reason = "";

  public Run(RunSpec spec) {
    this(
        spec,
        new RunGraph(spec.plan(), spec.integrates()),
        new Checkpoints(spec),
        new MergeQueue(),
        new Spending(spec));
    Arrays.fill(lives, TaskLife.BEGINNING);
    recount();
  }

  private Run(
      RunSpec spec, RunGraph graph, Checkpoints checkpoints, MergeQueue merges, Spending spending) {
    this.spec = spec;
    this.graph = graph;
    this.lives = new TaskLife[graph.places()];
    this.openNeeds = new int[graph.size()];
    this.openInPhase = new int[graph.phases()];
    this.checkpoints = checkpoints;
    this.merges = merges;
    this.spending = spending;
    this.latest = spec.createdAt();
  }

  /** A run as its journal says. */
  public static Run replay(RunSpec spec, List<RunEvent> journal) {
    Run run = new Run(spec);
    journal.forEach(run::apply);
    return run;
  }

  /** The run as it stands now, for somebody who looks at it from elsewhere. */
  public Run snapshot() {
    return copy();
  }

  /** The same run, to try something on. */
  Run copy() {
    Run copy = new Run(spec, graph, checkpoints.copy(), merges.copy(), spending.copy());
    copy.lives = lives.clone();
    copy.openNeeds = openNeeds.clone();
    copy.openInPhase = openInPhase.clone();
    copy.unfinished = unfinished;
    copy.state = state;
    copy.position = position;
    copy.latest = latest;
    copy.startedAt = startedAt;
    copy.finishedAt = finishedAt;
    copy.reason = reason;
    return copy;
  }

  /** Counts anew what is otherwise kept up to date by events. */
  private void recount() {
    unfinished = 0;
    for (int i = 0; i < size(); i++) {
      unfinished += lives[i].state().isFinal() ? 0 : 1;
      if (graph.phaseOf(i) != RunGraph.NO_PHASE && !lives[i].state().isSatisfied()) {
        openInPhase[graph.phaseOf(i)]++;
      }
    }
    int[] closed = new int[graph.phases() + 1];
    for (int p = 0; p < graph.phases(); p++) {
      closed[p + 1] = closed[p] + (isClosed(p) ? 1 : 0);
    }
    for (int i = 0; i < size(); i++) {
      openNeeds[i] = closed[Math.max(0, graph.phaseOf(i))];
    }
    for (int i = 0; i < size(); i++) {
      for (RunGraph.Edge edge : graph.edges(i)) {
        openNeeds[edge.successor()] += isMet(lives[i], edge) ? 0 : 1;
      }
    }
  }

  public RunSpec spec() {
    return spec;
  }

  public RunState state() {
    return state;
  }

  /** Why it failed, was cancelled or is paused; empty: it was not. */
  public String reason() {
    return reason;
  }

  /** Position of the last event; 0: none yet. */
  public long position() {
    return position;
  }

  /** How many tasks its plan has. */
  public int size() {
    return graph.size();
  }

  /** How many lives it has: those of its plan's tasks, then that of its integration, if any. */
  public int places() {
    return lives.length;
  }

  /** Whether the number is that of the integration. */
  public boolean isIntegration(int index) {
    return index == graph.size();
  }

  /** The number of the integration; only of a run that integrates. */
  public int integration() {
    return graph.size();
  }

  /** Accepted work that waits to be merged, and what has landed. */
  public MergeQueue merges() {
    return merges;
  }

  /** When the last thing happened to it; before that, when it was made. */
  public Instant latest() {
    return latest;
  }

  /** Its limits: the plan's, or those that people have set since. */
  public Budget budget() {
    return spending.limit();
  }

  /** Whether it or a task of it has limits. */
  public boolean hasLimits() {
    return spending.isLimited();
  }

  /** The first of some limits that it has reached; null: none. */
  @Nullable Exhausted findExhausted(Budget limit, Instant now) {
    return spending.findExhausted(limit, now);
  }

  /** The first of its limits that it has reached; null: none. */
  public @Nullable Exhausted findExhausted(Instant now) {
    return spending.findExhausted(spending.limit(), now);
  }

  /** The first of a task's limits that is reached; null: none. */
  public @Nullable Exhausted findExhausted(int task, Instant now) {
    return spending.findExhausted(task(task), now);
  }

  /** When its time is used up by what runs now; null: never. */
  public @Nullable Instant findEndOfTime(Instant now) {
    return spending.findEnd(now);
  }

  /** When a task's time is used up by what runs now; null: never. */
  public @Nullable Instant findEndOfTime(int task, Instant now) {
    return spending.findEnd(task(task), now);
  }

  /** Whether a limit makes it worth an event that a live attempt has used so much. */
  public boolean matters(int task, Traces.Usage usage) {
    return spending.isLimited()
        && !isIntegration(task)
        && spending.matters(
            task(task), lives[task].lastUsage(), usage.atLeast(lives[task].lastUsage()));
  }

  public boolean contains(TaskId task) {
    return graph.contains(task);
  }

  /** The number of a task, in the plan's order from 0; an amendment may change it. */
  public int indexOf(TaskId task) {
    return graph.indexOf(task);
  }

  public Task task(int index) {
    return isIntegration(index) ? Integration.task() : spec.plan().tasks().get(index);
  }

  public TaskLife life(int index) {
    return lives[index];
  }

  /** Whether no task has started yet: the run counts against its plan's intake. */
  public boolean isWaiting() {
    return startedAt == null && !state.isFinal();
  }

  /** How many needs and barriers keep a task from being ready. */
  public int openNeeds(int index) {
    return openNeeds[index];
  }

  /** What people have said of the phases. */
  public Checkpoints checkpoints() {
    return checkpoints;
  }

  /** How many tasks of a phase, by its number, are not done yet. */
  public int openInPhase(int phase) {
    return openInPhase[phase];
  }

  /** Whether the phase with this number keeps all later ones waiting. */
  public boolean isClosed(int phase) {
    return graph.isBarrier(phase) && (openInPhase[phase] > 0 || !checkpoints.isOpen(phase));
  }

  /** Stubs that are wired with the batch that is being merged, in this order. */
  public List<WiringPoint> nextWirings() {
    return Wirings.all(this).stream()
        .filter(point -> point.progress() == WiringPoint.Progress.NEXT)
        .toList();
  }

  RunGraph graph() {
    return graph;
  }

  /** How long the work after a task's start takes at least, in milliseconds of plan time. */
  long tail(int task) {
    return graph.tail(spec.plan(), task);
  }

  int unfinished() {
    return unfinished;
  }

  /** Whether the need behind {@code edge} of {@code task} is met already. */
  boolean isMet(int task, RunGraph.Edge edge) {
    return isMet(lives[task], edge);
  }

  private static boolean isMet(TaskLife life, RunGraph.Edge edge) {
    return life.state().isSatisfied()
        || (edge.milestone() != null && life.milestones().containsKey(edge.milestone()));
  }

  /** Applies one event that was decided for this run; the next position. */
  public void apply(RunEvent event) {
    if (event.position() != position + 1) {
      throw new IllegalStateException(
          "run " + spec.id() + ": expected event " + (position + 1) + ", was " + event.position());
    }
    position = event.position();
    latest = event.at();
    apply(event.change(), event.at());
  }

  void apply(RunEvent.Change change, Instant at) {
    switch (change) {
      case RunEvent.RunStarted c -> spec = spec.withWeight(c.weight());
      case RunEvent.RunPaused c -> turn(RunState.PAUSED, c.reason());
      case RunEvent.RunResumed _ -> turn(RunState.RUNNING, "");
      case RunEvent.RunCancelRequested c -> turn(RunState.CANCELLING, c.reason());
      case RunEvent.RunFinished c -> {
        turn(c.state(), c.reason());
        finishedAt = at;
      }
      case RunEvent.RunReopened _ -> {
        turn(RunState.RUNNING, "");
        finishedAt = null;
      }
      case RunEvent.BudgetSet c -> spending.limit(c.limit());
      case RunEvent.RunAmended c -> amend(spec.amended(c.plan(), c.planVersion()));
      case RunEvent.CheckpointApproved c -> {
        int phase = checkpoints.phaseOf(c.phase());
        boolean wasClosed = phase != Checkpoints.NO_PHASE && isClosed(phase);
        checkpoints.approve(c, at);
        if (wasClosed && !isClosed(phase)) {
          openLater(phase);
        }
      }
      case RunEvent.BatchFormed c -> merges.form(c.fence(), c.members(), at);
      case RunEvent.BatchEnded c -> merges.end(c.report(), at);
      case RunEvent.MergesHeld c -> merges.hold(c.reason(), c.by(), at);
      case RunEvent.MergesReleased _ -> merges.release();
      case RunEvent.MergesReordered c -> merges.reorder(c.first());
      case RunEvent.TaskChanged c -> apply(graph.indexOf(c.task()), c.event(), at);
    }
  }

  private void turn(RunState next, String why) {
    state = next;
    reason = why;
  }

  /** Tasks keep their lives by their ids. */
  private void amend(RunSpec amended) {
    RunGraph next = new RunGraph(amended.plan(), amended.integrates());
    TaskLife[] moved = new TaskLife[next.places()];
    if (next.places() > next.size()) {
      moved[next.size()] = spec.integrates() ? lives[graph.size()] : TaskLife.BEGINNING;
    }
    for (int i = 0; i < next.size(); i++) {
      TaskId id = amended.plan().tasks().get(i).id();
      moved[i] = graph.contains(id) ? lives[graph.indexOf(id)] : TaskLife.BEGINNING;
    }
    spending = spending.amended(amended);
    spec = amended;
    graph = next;
    lives = moved;
    openNeeds = new int[next.size()];
    openInPhase = new int[next.phases()];
    checkpoints = checkpoints.of(amended);
    recount();
  }

  private void applyToIntegration(TaskEvent event, Instant at) {
    TaskLife after = lives[graph.size()].after(event, at);
    boolean anew = event instanceof TaskEvent.Reopened;
    lives[graph.size()] = anew ? after.withLatestAttemptAlone() : after;
    if (after.state().liveFence() == 0) {
      merges.dissolve();
    }
  }

  private void apply(int task, TaskEvent event, Instant at) {
    if (isIntegration(task)) {
      applyToIntegration(event, at);
      return;
    }
    TaskLife before = lives[task];
    TaskLife after = before.after(event, at);
    lives[task] = after;
    spending.note(task(task), before, after, event, at);
    boolean satisfied = after.state().isSatisfied() && !before.state().isSatisfied();
    if (satisfied || event instanceof TaskEvent.MilestoneReached) {
      meetNeeds(task, before);
    }
    if (after.state() instanceof TaskState.Integrating integrating) {
      merges.enter(task(task).id(), integrating.fence());
    } else if (before.state() instanceof TaskState.Integrating) {
      merges.leave(task(task).id());
    }
    if (event instanceof TaskEvent.Started && startedAt == null) {
      startedAt = at;
    }
    unfinished += (after.state().isFinal() ? 0 : 1) - (before.state().isFinal() ? 0 : 1);
    if (satisfied) {
      leavePhase(graph.phaseOf(task));
    }
  }

  private void meetNeeds(int task, TaskLife before) {
    for (RunGraph.Edge edge : graph.edges(task)) {
      if (isMet(task, edge) && !isMet(before, edge)) {
        openNeeds[edge.successor()]--;
      }
    }
  }

  static boolean meets(TaskEvent event, RunGraph.Edge edge) {
    return event instanceof TaskEvent.Done
        || (event instanceof TaskEvent.Skipped skipped && skipped.byPerson())
        || (event instanceof TaskEvent.MilestoneReached reached
            && reached.milestone().equals(edge.milestone()));
  }

  private void leavePhase(int phase) {
    if (phase == RunGraph.NO_PHASE) {
      return;
    }
    openInPhase[phase]--;
    if (openInPhase[phase] == 0 && graph.isBarrier(phase) && checkpoints.isOpen(phase)) {
      openLater(phase);
    }
  }

  private void openLater(int phase) {
    for (int later = phase + 1; later < graph.phases(); later++) {
      graph.members(later).forEach(task -> openNeeds[task]--);
    }
  }

  /** The merge queue as clients see it; only of a run that integrates. */
  public MergeView mergeView() {
    return MergeView.of(this);
  }

  /** What clients see of it, as it stood when the last thing happened to it. */
  public RunView view() {
    return view(latest);
  }

  /** What clients see of it. */
  public RunView view(Instant now) {
    List<RunView.TaskView> tasks = new ArrayList<>(size());
    for (int i = 0; i < size(); i++) {
      tasks.add(taskView(i));
    }
    return view(tasks, now);
  }

  /**
   * What clients see of it after a change: of a run of more than {@link
   * RunView#MAX_TASKS_OF_CHANGE} tasks those alone that the change was about.
   */
  public RunView viewOfChange(Set<TaskId> about) {
    if (size() <= RunView.MAX_TASKS_OF_CHANGE) {
      return view();
    }
    return view(
        about.stream()
            .filter(graph::contains)
            .map(graph::indexOf)
            .filter(index -> !isIntegration(index))
            .sorted()
            .map(this::taskView)
            .toList(),
        latest);
  }

  private RunView.TaskView taskView(int task) {
    TaskLife life = lives[task];
    return new RunView.TaskView(
        task(task).id(),
        life.state(),
        life.readyAt(),
        life.attempts(),
        life.milestones(),
        life.counters(),
        life.blockers());
  }

  private RunView view(List<RunView.TaskView> tasks, Instant now) {
    return new RunView(
        spec,
        state,
        position,
        startedAt,
        finishedAt,
        reason,
        tasks,
        checkpoints.all(this),
        spec.integrates() ? MergeView.of(this) : null,
        new BudgetView(budget(), spending.spent(now), findExhausted(now)));
  }
}
