package dev.makespan.core.run;

import dev.makespan.core.plan.Task;
import dev.makespan.core.plan.TaskId;
import dev.makespan.core.task.TaskEvent;
import dev.makespan.core.task.TaskLife;
import dev.makespan.core.task.TaskState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One run: its spec and the lives of its tasks. Mutable, owned by one thread; changed by {@link
 * #apply} alone, so that the journal rebuilds it.
 */
public final class Run {

  private RunSpec spec;
  private final RunGraph graph;
  private final TaskLife[] lives;
  private final int[] openNeeds;
  private final int[] openInPhase;
  private int unfinished;
  private RunState state = RunState.RUNNING;
  private long position;
  private @Nullable Instant startedAt;
  private @Nullable Instant finishedAt;
  private String reason = "";

  public Run(RunSpec spec) {
    this.spec = spec;
    this.graph = new RunGraph(spec.plan());
    this.lives = new TaskLife[graph.size()];
    Arrays.fill(lives, TaskLife.BEGINNING);
    this.openInPhase = new int[graph.phases()];
    for (int p = 0; p < openInPhase.length; p++) {
      openInPhase[p] = graph.members(p).size();
    }
    this.openNeeds = new int[graph.size()];
    for (int i = 0; i < openNeeds.length; i++) {
      openNeeds[i] = graph.needs(i) + barriersBefore(i);
    }
    this.unfinished = graph.size();
  }

  /** A run as its journal says. */
  public static Run replay(RunSpec spec, List<RunEvent> journal) {
    Run run = new Run(spec);
    journal.forEach(run::apply);
    return run;
  }

  private int barriersBefore(int task) {
    int barriers = 0;
    for (int p = 0; p < graph.phaseOf(task); p++) {
      if (graph.isBarrier(p) && openInPhase[p] > 0) {
        barriers++;
      }
    }
    return barriers;
  }

  public RunSpec spec() {
    return spec;
  }

  public RunState state() {
    return state;
  }

  /** Why it failed or was cancelled; empty: it was not. */
  public String reason() {
    return reason;
  }

  /** Position of the last event; 0: none yet. */
  public long position() {
    return position;
  }

  public int size() {
    return lives.length;
  }

  public boolean contains(TaskId task) {
    return graph.contains(task);
  }

  /** The number of a task, in the plan's order from 0. */
  public int indexOf(TaskId task) {
    return graph.indexOf(task);
  }

  public Task task(int index) {
    return spec.plan().tasks().get(index);
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

  RunGraph graph() {
    return graph;
  }

  int unfinished() {
    return unfinished;
  }

  int openInPhase(int phase) {
    return openInPhase[phase];
  }

  /** Whether the need behind {@code edge} of {@code task} is met already. */
  boolean isMet(int task, RunGraph.Edge edge) {
    return lives[task].state() instanceof TaskState.Done
        || (edge.milestone() != null && lives[task].milestones().containsKey(edge.milestone()));
  }

  /** Applies one event that was decided for this run; the next position. */
  public void apply(RunEvent event) {
    if (event.position() != position + 1) {
      throw new IllegalStateException(
          "run " + spec.id() + ": expected event " + (position + 1) + ", was " + event.position());
    }
    position = event.position();
    switch (event.change()) {
      case RunEvent.RunStarted c -> spec = spec.withWeight(c.weight());
      case RunEvent.RunCancelRequested c -> {
        state = RunState.CANCELLING;
        reason = c.reason();
      }
      case RunEvent.RunFinished c -> {
        state = c.state();
        reason = c.reason();
        finishedAt = event.at();
      }
      case RunEvent.TaskChanged c -> apply(graph.indexOf(c.task()), c.event(), event.at());
    }
  }

  private void apply(int task, TaskEvent event, Instant at) {
    meetNeeds(task, event);
    lives[task] = lives[task].after(event, at);
    if (event instanceof TaskEvent.Started && startedAt == null) {
      startedAt = at;
    }
    if (lives[task].state().isFinal()) {
      unfinished--;
    }
    if (event instanceof TaskEvent.Done) {
      leavePhase(graph.phaseOf(task));
    }
  }

  private void meetNeeds(int task, TaskEvent event) {
    for (RunGraph.Edge edge : graph.edges(task)) {
      if (meets(event, edge) && !isMet(task, edge)) {
        openNeeds[edge.successor()]--;
      }
    }
  }

  static boolean meets(TaskEvent event, RunGraph.Edge edge) {
    return event instanceof TaskEvent.Done
        || (event instanceof TaskEvent.MilestoneReached reached
            && reached.milestone().equals(edge.milestone()));
  }

  private void leavePhase(int phase) {
    if (phase == RunGraph.NO_PHASE) {
      return;
    }
    openInPhase[phase]--;
    if (openInPhase[phase] == 0 && graph.isBarrier(phase)) {
      for (int later = phase + 1; later < graph.phases(); later++) {
        graph.members(later).forEach(task -> openNeeds[task]--);
      }
    }
  }

  /** What clients see of it. */
  public RunView view() {
    List<RunView.TaskView> tasks = new ArrayList<>(lives.length);
    for (int i = 0; i < lives.length; i++) {
      TaskLife life = lives[i];
      tasks.add(
          new RunView.TaskView(
              task(i).id(),
              life.state(),
              life.readyAt(),
              life.attempts(),
              life.milestones(),
              life.counters()));
    }
    return new RunView(spec, state, position, startedAt, finishedAt, reason, tasks);
  }
}
