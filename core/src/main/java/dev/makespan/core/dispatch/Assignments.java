package dev.makespan.core.dispatch;

import dev.makespan.core.plan.Gate;
import dev.makespan.core.plan.Need;
import dev.makespan.core.plan.NumberRange;
import dev.makespan.core.plan.Plan;
import dev.makespan.core.plan.Task;
import dev.makespan.core.run.Run;
import dev.makespan.core.session.GatewaySays;
import dev.makespan.core.session.TaskContext;
import dev.makespan.core.session.TaskSpec;
import dev.makespan.core.session.TaskSurroundings;
import dev.makespan.core.task.Attempt;
import dev.makespan.core.task.Blocker;
import dev.makespan.core.task.TaskLife;
import dev.makespan.core.task.TaskRef;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes down for an agent all that it needs to do a task. */
final class Assignments {

  private Assignments() {}

  /** Predecessors beyond this are counted and not listed. */
  static final int MAX_PREDECESSORS = 100;

  static GatewaySays.Assign of(Run run, int index, TaskRef ref, Duration lease) {
    Task task = run.task(index);
    return new GatewaySays.Assign(
        ref,
        run.life(index).attempts().size(),
        lease,
        deadline(run, task),
        spec(run, index, ref),
        context(run, index));
  }

  private static TaskContext context(Run run, int index) {
    Plan plan = run.spec().plan();
    Task task = run.task(index);
    if (run.isIntegration(index)) {
      return new TaskContext(plan.name(), plan.title(), "", List.of(), 0, Batches.head(run));
    }
    return new TaskContext(
        plan.name(),
        plan.title(),
        run.life(index).lastCheckpoint(),
        task.needs().stream()
            .limit(MAX_PREDECESSORS)
            .map(need -> predecessor(run, need))
            .distinct()
            .toList(),
        Math.max(0, task.needs().size() - MAX_PREDECESSORS),
        Batches.withHead(run, Deliveries.accepted(run, index)));
  }

  /** What is known of a need: of a task that is not done yet, neither metrics nor outputs. */
  private static TaskContext.Predecessor predecessor(Run run, Need need) {
    int index = run.indexOf(need.task());
    List<Attempt> attempts = run.life(index).attempts();
    return new TaskContext.Predecessor(
        need.task(),
        run.task(index).title(),
        attempts.isEmpty() ? Map.of() : attempts.getLast().metrics(),
        attempts.isEmpty() ? Map.of() : attempts.getLast().delivery().outputs());
  }

  /** How long a task may run, in real time; null: as long as it likes. */
  static @Nullable Duration deadline(Run run, Task task) {
    Duration timeout = task.execution().timeout();
    return timeout == null ? null : run.spec().realTime(timeout);
  }

  private static TaskSpec spec(Run run, int index, TaskRef ref) {
    Task task = run.task(index);
    return new TaskSpec(
        task.title(),
        task.role(),
        task.duration(),
        run.spec().speed(),
        run.spec().simulated(),
        task.execution().work(),
        task.execution().env(),
        task.files(),
        task.milestones(),
        metrics(task),
        triedByAgent(task),
        ranges(run.spec().plan(), task),
        previousFailure(run.life(index)),
        surroundings(run, task, ref));
  }

  private static TaskSurroundings surroundings(Run run, Task task, TaskRef ref) {
    if (run.isIntegration(run.indexOf(ref.task()))) {
      return Batches.surroundings(run, ref);
    }
    return new TaskSurroundings(
        Deliveries.workspace(run, ref),
        task.execution().context(),
        task.execution().secrets(),
        task.execution().publishes(),
        task.completion().deliverables(),
        task.completion().artifacts());
  }

  private static List<Gate.Metric> metrics(Task task) {
    List<Gate.Metric> metrics = new ArrayList<>();
    for (Gate gate : task.completion().gates()) {
      if (gate instanceof Gate.Metric metric) {
        metrics.add(metric);
      }
    }
    return metrics;
  }

  private static List<String> triedByAgent(Task task) {
    List<String> gates = new ArrayList<>();
    for (Gate gate : task.completion().gates()) {
      switch (gate) {
        case Gate.Run _, Gate.PresentFile _ -> gates.add(gate.toString());
        case Gate.Metric _, Gate.Approval _ -> {}
      }
    }
    return gates;
  }

  /** Numbers are handed out in the plan's order, so that every attempt gets the same ones. */
  private static List<TaskSpec.AssignedRange> ranges(Plan plan, Task task) {
    List<TaskSpec.AssignedRange> ranges = new ArrayList<>();
    for (NumberRange range : plan.ranges()) {
      if (task.ranges().contains(range.name())) {
        int n = plan.askersBefore(task.id(), range.name());
        ranges.add(new TaskSpec.AssignedRange(range.name(), range.firstOf(n), range.lastOf(n)));
      }
    }
    return ranges;
  }

  /** Why the last attempt that tried failed, or what it asked and was answered. */
  private static String previousFailure(TaskLife life) {
    for (Attempt attempt : life.attempts().reversed()) {
      switch (attempt.outcome()) {
        case FAILED, REJECTED, LOST -> {
          return attempt.message();
        }
        case BLOCKED -> {
          String answers = answers(life, attempt.fence());
          return answers.isEmpty() ? attempt.message() : answers;
        }
        case OPEN, DONE, RETURNED, CANCELLED -> {}
      }
    }
    return "";
  }

  private static String answers(TaskLife life, long fence) {
    List<String> answers = new ArrayList<>();
    for (Blocker blocker : life.blockers()) {
      Blocker.Answer answer = blocker.answer();
      if (blocker.fence() == fence && answer != null) {
        answers.add(
            "asked: %s; answered by %s: %s".formatted(blocker.text(), answer.by(), answer.text()));
      }
    }
    return String.join("\n", answers);
  }
}
