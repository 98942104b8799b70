package dev.makespan.core.dispatch;

import dev.makespan.core.run.RunCommand;
import dev.makespan.core.session.GatewaySays;
import dev.makespan.core.task.AgentId;
import dev.makespan.core.task.TaskCommand;
import dev.makespan.core.task.TaskRef;
import dev.makespan.core.task.TaskState;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is due: unanswered assignments, leases, timeouts and pauses, each by its own clock. */
final class Clocks {

  private final Books books;
  private final ShardSettings settings;
  private final AgentRules agents;

  Clocks(Books books, ShardSettings settings, AgentRules agents) {
    this.books = books;
    this.settings = settings;
    this.agents = agents;
  }

  @Nullable Instant nextDeadline() {
    Timer next = books.timers().peek();
    return next == null ? null : next.at();
  }

  /** Handles everything that is due; never early. */
  void tick(Stepping step) {
    Timer due = books.timers().poll(step.now());
    while (due != null) {
      LiveRun live = books.findRun(due.run());
      if (live != null && due.task() < live.run().places()) {
        fire(due, live, step);
      }
      due = books.timers().poll(step.now());
    }
  }

  private void fire(Timer timer, LiveRun live, Stepping step) {
    TaskState state = live.run().life(timer.task()).state();
    switch (timer.kind()) {
      case DELIVERY -> {
        if (state instanceof TaskState.Leased s && s.fence() == timer.fence()) {
          takeBack(timer, live, s, step);
        }
      }
      case LEASE -> {
        if (state.liveFence() == timer.fence() && books.findLease(timer.fence()) != null) {
          expire(timer, live, step);
        }
      }
      case DEADLINE -> {
        boolean runs = state instanceof TaskState.Running s && s.fence() == timer.fence();
        if (runs && isOver(timer, live, step)) {
          timeOut(timer, live, step);
        }
      }
      case BACKOFF -> {
        if (state instanceof TaskState.Backoff s && s.until().equals(timer.at())) {
          onTask(timer, live, new TaskCommand.EndBackoff(), step);
        }
      }
      case BUDGET ->
          step.measure(
              live, timer.fence() == 0 ? List.of() : List.of(live.run().task(timer.task()).id()));
      case REST -> books.fleet().rested();
    }
  }

  private void takeBack(Timer timer, LiveRun live, TaskState.Leased state, Stepping step) {
    TaskRef ref = books.refOf(live, timer.task(), timer.fence());
    Agent agent = books.fleet().findAgent(state.agent());
    if (agent != null) {
      agents.restFrom(agent, ref, step);
    }
    step.tellHolder(live, timer.task(), new GatewaySays.Retract(ref));
    String reason =
        "agent "
            + state.agent()
            + " did not answer within "
            + settings.delivery().toMillis()
            + " ms";
    onTask(timer, live, new TaskCommand.Return(timer.fence(), reason), step);
  }

  private void expire(Timer timer, LiveRun live, Stepping step) {
    Instant until = books.findLease(timer.fence());
    if (until != null && until.isAfter(step.now())) {
      books.arm(until, Timer.Kind.LEASE, live, timer.task(), timer.fence());
      return;
    }
    TaskRef ref = books.refOf(live, timer.task(), timer.fence());
    step.tellHolder(live, timer.task(), new GatewaySays.LeaseLost(ref));
    AgentId id = live.run().life(timer.task()).attempts().getLast().agent();
    Agent agent = books.fleet().findAgent(id);
    if (agent != null) {
      books.fleet().fallSilent(agent);
    }
    String reason = "the lease of agent " + id + " ran out";
    onTask(timer, live, new TaskCommand.Lose(timer.fence(), reason), step);
  }

  /** Not when the task was held meanwhile, since which it has all its time again. */
  private static boolean isOver(Timer timer, LiveRun live, Stepping step) {
    Duration deadline = Assignments.deadline(live.run(), live.run().task(timer.task()));
    return deadline != null
        && live.run().life(timer.task()).state() instanceof TaskState.Running s
        && !s.since().plus(deadline).isAfter(step.now());
  }

  private void timeOut(Timer timer, LiveRun live, Stepping step) {
    TaskRef ref = books.refOf(live, timer.task(), timer.fence());
    step.tellHolder(live, timer.task(), new GatewaySays.LeaseLost(ref));
    String message =
        "not done within its timeout of " + live.run().task(timer.task()).execution().timeout();
    onTask(timer, live, new TaskCommand.TimeOut(timer.fence(), message), step);
  }

  private static void onTask(Timer timer, LiveRun live, TaskCommand command, Stepping step) {
    step.decide(live, new RunCommand.OnTask(live.run().task(timer.task()).id(), command));
  }
}
