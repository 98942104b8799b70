package dev.makespan.core.dispatch;

import dev.makespan.core.plan.TaskId;
import dev.makespan.core.run.Run;
import dev.makespan.core.run.RunCommand;
import dev.makespan.core.run.RunDecision;
import dev.makespan.core.run.RunEvent;
import dev.makespan.core.run.RunRules;
import dev.makespan.core.session.GatewaySays;
import dev.makespan.core.session.SessionId;
import dev.makespan.core.task.RunId;
import dev.makespan.core.task.TaskCommand;
import dev.makespan.core.task.TaskDecision;
import dev.makespan.core.task.TaskRef;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;

/** One input's work: decides commands, applies what was decided, and collects what came of it. */
final class Stepping {

  private final Books books;
  private final RunRules rules;
  private final RandomGenerator chance;
  private final Instant now;
  private final List<RunEvent> events = new ArrayList<>();
  private final List<Effect> effects = new ArrayList<>();
  private final Set<LiveRun> integrating = new LinkedHashSet<>();
  private Map<RunId, Set<TaskId>> measured = new LinkedHashMap<>();

  Stepping(Books books, RunRules rules, RandomGenerator chance, Instant now) {
    this.books = books;
    this.rules = rules;
    this.chance = chance;
    this.now = now;
  }

  Instant now() {
    return now;
  }

  Outcome.Step outcome() {
    return new Outcome.Step(events, effects);
  }

  /** Whether nothing has happened so far. */
  boolean isEmpty() {
    return events.isEmpty();
  }

  void tell(SessionId session, GatewaySays message) {
    effects.add(new Effect.Tell(session, message));
  }

  /** Tells the agent of an attempt, if it is connected. */
  void tellHolder(LiveRun live, int task, GatewaySays message) {
    Agent agent = books.fleet().findAgent(live.run().life(task).attempts().getLast().agent());
    SessionId session = agent == null ? null : agent.findSession();
    if (session != null) {
      tell(session, message);
    }
  }

  void close(SessionId session, String reason) {
    effects.add(new Effect.CloseSession(session, reason));
  }

  RunDecision decide(LiveRun live, RunCommand command) {
    RunDecision decision = rules.decide(live.run(), command, chance.nextDouble());
    if (decision instanceof RunDecision.Accepted accepted) {
      Run run = live.run();
      for (RunEvent.Change change : accepted.changes()) {
        RunEvent event = new RunEvent(run.spec().id(), run.position() + 1, now, change);
        books.apply(event);
        events.add(event);
      }
      note(live, accepted);
    }
    return decision;
  }

  /** An amended run has other books. */
  private void note(LiveRun live, RunDecision.Accepted accepted) {
    if (!accepted.changes().isEmpty() && live.run().spec().integrates()) {
      integrating.add(books.run(live.run().spec().id()));
    }
    if (!accepted.changes().isEmpty() && live.run().hasLimits()) {
      List<TaskId> tasks = new ArrayList<>();
      for (RunEvent.Change change : accepted.changes()) {
        if (change instanceof RunEvent.TaskChanged changed) {
          tasks.add(changed.task());
        }
      }
      measure(live, tasks);
    }
  }

  /** Has these tasks, and their run, held against their budgets before the step ends. */
  void measure(LiveRun live, List<TaskId> tasks) {
    measured.computeIfAbsent(live.run().spec().id(), _ -> new LinkedHashSet<>()).addAll(tasks);
  }

  /** What is to be held against budgets since this was asked last: tasks by run. */
  Map<RunId, Set<TaskId>> takeMeasured() {
    if (measured.isEmpty()) {
      return Map.of();
    }
    Map<RunId, Set<TaskId>> taken = measured;
    measured = new LinkedHashMap<>();
    return taken;
  }

  /** Runs with a merge queue that something has happened to, as they stand. */
  List<LiveRun> integrating() {
    return integrating.isEmpty() ? List.of() : List.copyOf(integrating);
  }

  /** Decides for the task that {@code ref} names; a run or task that is gone is superseded. */
  RunDecision decide(TaskRef ref, TaskCommand command) {
    LiveRun live = books.findRun(ref.run());
    if (live == null || !live.run().contains(ref.task())) {
      return new RunDecision.Refused(TaskDecision.Refusal.SUPERSEDED, "no such task: " + ref);
    }
    return decide(live, new RunCommand.OnTask(ref.task(), command));
  }
}
