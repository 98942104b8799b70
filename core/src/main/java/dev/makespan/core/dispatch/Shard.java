package dev.makespan.core.dispatch;

import dev.makespan.core.plan.Plan;
import dev.makespan.core.run.Run;
import dev.makespan.core.run.RunCommand;
import dev.makespan.core.run.RunEvent;
import dev.makespan.core.run.RunRules;
import dev.makespan.core.run.RunSpec;
import dev.makespan.core.task.Fences;
import dev.makespan.core.task.RunId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * All live runs of one writer and the agents that are there. Not thread-safe: one thread owns it.
 *
 * <p>Agents are not journaled: after a take-over their sessions are said again. Leases of restored
 * runs hold a whole lease from the restoration, since nobody knows when they were last renewed.
 */
public final class Shard {

  private static final int YIELD_LIMIT = 100;
  private static final Duration INTAKE_RETRY = Duration.ofSeconds(1);

  private final RandomGenerator chance;
  private final RunRules rules;
  private final Books books;
  private final AgentRules agents;
  private final Clocks clocks;
  private final ClientRules changes;
  private final Dispatch dispatch;

  /** The first shard, without runs and agents. */
  public Shard(long generation, ShardSettings settings, RandomGenerator chance) {
    this(1, generation, settings, chance);
  }

  /**
   * A shard without runs and agents.
   *
   * @param number of the shard; with the generation the upper part of every fence, see {@link
   *     Fences}
   * @param generation of the ownership
   * @param chance for the jitter of back-offs
   */
  public Shard(int number, long generation, ShardSettings settings, RandomGenerator chance) {
    this.chance = chance;
    this.rules = new RunRules(new RunRules.RunLimits(settings.infraLimit(), YIELD_LIMIT));
    this.books = new Books(settings);
    LateFiles lateFiles = new LateFiles(books);
    this.agents = new AgentRules(books, settings, lateFiles);
    this.clocks = new Clocks(books, settings, agents);
    this.changes = new ClientRules(books, agents);
    this.dispatch = new Dispatch(books, lateFiles, settings, Fences.origin(generation, number));
  }

  /** Takes over a run that was live; {@code journal} is all of its events in order. */
  public void restore(RunSpec spec, List<RunEvent> journal, Instant now) {
    restore(Run.replay(spec, journal), now);
  }

  /** Takes over a run that was live, as its journal has made it. */
  public void restore(Run run, Instant now) {
    books.open(run, now);
  }

  /** Decides, applies, and says what must be durable and done. Time never goes back. */
  public Outcome handle(ShardInput input, Instant now) {
    Stepping step = new Stepping(books, rules, chance, now);
    Outcome.Refused refused = take(input, step);
    if (refused != null) {
      return refused;
    }
    Merges.settle(step);
    Budgets.settle(books, step);
    dispatch.run(step);
    return step.outcome();
  }

  private Outcome.@Nullable Refused take(ShardInput input, Stepping step) {
    switch (input) {
      case ShardInput.StartRun i -> {
        return start(i.spec(), step);
      }
      case ShardInput.CancelRun i -> {
        return changes.cancel(i, step);
      }
      case ShardInput.ChangeRun i -> {
        return changes.change(i, step);
      }
      case ShardInput.ReopenRun i -> {
        return reopen(i, step);
      }
      case ShardInput.SessionOpened i -> agents.opened(i.hello(), step);
      case ShardInput.AgentSaid i -> agents.said(i.session(), i.message(), step);
      case ShardInput.ResultReported i -> agents.reported(i.session(), i.result(), step);
      case ShardInput.AgentsPaused i -> agents.paused(i.all(), step);
      case ShardInput.SessionClosed i -> books.fleet().disconnect(i.session());
      case ShardInput.Tick _ -> clocks.tick(step);
    }
    return null;
  }

  private Outcome.@Nullable Refused start(RunSpec spec, Stepping step) {
    Plan plan = spec.plan();
    if (plan.intakeLimit() > 0 && waitingRunsOf(plan.name()) >= plan.intakeLimit()) {
      return new Outcome.IntakeFull(
          plan.intakeLimit() + " runs of plan '" + plan.name() + "' wait already", INTAKE_RETRY);
    }
    books.open(new Run(spec), step.now());
    step.decide(books.run(spec.id()), new RunCommand.Start());
    return null;
  }

  /** A run that does not go on is not kept here. */
  private Outcome.@Nullable Refused reopen(ShardInput.ReopenRun input, Stepping step) {
    RunId id = input.run().spec().id();
    boolean away = books.findRun(id) == null;
    if (away) {
      books.open(input.run(), step.now());
    }
    Outcome.Refused refused = changes.change(new ShardInput.ChangeRun(id, input.command()), step);
    if (away && step.isEmpty()) {
      books.forget(id);
    }
    return refused;
  }

  private int waitingRunsOf(String plan) {
    int waiting = 0;
    for (LiveRun live : books.runs()) {
      if (live.run().isWaiting() && live.run().spec().plan().name().equals(plan)) {
        waiting++;
      }
    }
    return waiting;
  }

  /** What is kept beside the runs' states. */
  Books books() {
    return books;
  }

  /**
   * How many tasks dispatch has tried so far: its work, as a number that does not depend on time.
   */
  long examined() {
    return dispatch.examined();
  }

  /** When the next {@link ShardInput.Tick} has something to do; null: nothing is timed. */
  public @Nullable Instant nextDeadline() {
    return clocks.nextDeadline();
  }

  /** A run of this shard, live or finished since it was taken over or started; null: none. */
  public @Nullable Run findRun(RunId id) {
    LiveRun live = books.findRun(id);
    return live == null ? null : live.run();
  }

  /** A run and the agents as they stand, to explain; null: no such run. */
  public @Nullable Situation findSituation(RunId id, Instant now) {
    LiveRun live = books.findRun(id);
    return live == null ? null : Situation.of(books, live, now);
  }

  /** The agents that are there, or still hold something, by id. */
  public List<AgentView> agents() {
    List<AgentView> views = new ArrayList<>();
    for (Agent agent : books.fleet().agents()) {
      views.add(
          new AgentView(
              agent.id(),
              agent.findSession(),
              agent.roles(),
              agent.slots(),
              agent.free(),
              List.copyOf(agent.attempts()),
              agent.findHeardAt(),
              agent.isDraining(),
              agent.isSilent(),
              books.fleet().pausesOf(agent)));
    }
    views.sort(Comparator.comparing(AgentView::id));
    return views;
  }

  /** Forgets a finished run, of which nobody needs to hear any more. */
  public void forget(RunId id) {
    LiveRun live = books.findRun(id);
    if (live != null && live.run().state().isFinal()) {
      books.forget(id);
    }
  }
}
