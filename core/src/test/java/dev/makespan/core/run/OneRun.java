package dev.makespan.core.run;

import dev.makespan.core.plan.Plan;
import dev.makespan.core.plan.TaskId;
import dev.makespan.core.task.AgentId;
import dev.makespan.core.task.RunId;
import dev.makespan.core.task.TaskCommand;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A run under its rules alone: commands in, states as text out. */
final class OneRun {

  static final Instant T0 = Instant.parse("2026-01-01T00:00:00Z");

  private static final AgentId AGENT = new AgentId("a1");

  private final RunRules rules = new RunRules(new RunRules.RunLimits(3, 5));
  private final RunSpec spec;
  private final Run run;
  private final List<RunEvent> journal = new ArrayList<>();
  private long fence;

  private OneRun(Plan plan, boolean simulated) {
    this.spec = new RunSpec(new RunId(1), plan, 1, Map.of(), simulated, 1, T0);
    this.run = new Run(spec);
    accept(new RunCommand.Start());
  }

  static OneRun of(String... plan) {
    return new OneRun(PlanText.plan(plan), false);
  }

  static OneRun of(Plan plan) {
    return new OneRun(plan, false);
  }

  static OneRun simulated(String... plan) {
    return new OneRun(PlanText.plan(plan), true);
  }

  Run run() {
    return run;
  }

  RunDecision decide(RunCommand command) {
    RunDecision decision = rules.decide(run, command, 0);
    switch (decision) {
      case RunDecision.Accepted accepted -> accepted.changes().forEach(this::apply);
      case RunDecision.Refused _ -> {}
    }
    return decision;
  }

  private void apply(RunEvent.Change change) {
    RunEvent event = new RunEvent(spec.id(), run.position() + 1, T0, change);
    run.apply(event);
    journal.add(event);
  }

  OneRun accept(RunCommand command) {
    if (decide(command) instanceof RunDecision.Refused refused) {
      throw new AssertionError(refused.message());
    }
    return this;
  }

  RunDecision.Refused refuse(RunCommand command) {
    if (decide(command) instanceof RunDecision.Refused refused) {
      return refused;
    }
    throw new AssertionError("expected a refusal of " + command);
  }

  OneRun accept(String task, TaskCommand command) {
    return accept(new RunCommand.OnTask(new TaskId(task), command));
  }

  RunDecision.Refused refuse(String task, TaskCommand command) {
    return refuse(new RunCommand.OnTask(new TaskId(task), command));
  }

  OneRun start(String task) {
    accept(task, new TaskCommand.Lease(AGENT, ++fence));
    return accept(task, new TaskCommand.Accept(fence));
  }

  OneRun done(String task) {
    start(task);
    return accept(task, new TaskCommand.Succeed(fence, "r" + fence, Map.of(), Map.of()));
  }

  OneRun fail(String task) {
    start(task);
    return accept(task, new TaskCommand.Fail(fence, "r" + fence, "broken", false));
  }

  /** Such as {@code DONE a:Done b:Ready}. */
  String states() {
    StringBuilder text = new StringBuilder(run.state().name());
    for (int i = 0; i < run.size(); i++) {
      text.append(' ').append(run.task(i).id()).append(':');
      text.append(run.life(i).state().getClass().getSimpleName());
    }
    return text.toString();
  }

  /** The same run as its journal tells it. */
  Run replayed() {
    return Run.replay(spec, journal);
  }
}
