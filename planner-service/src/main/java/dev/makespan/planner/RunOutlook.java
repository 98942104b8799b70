package dev.makespan.planner;

import dev.makespan.core.plan.MilestoneId;
import dev.makespan.core.plan.Plan;
import dev.makespan.core.plan.Role;
import dev.makespan.core.plan.TaskId;
import dev.makespan.core.schedule.ForecastTerms;
import dev.makespan.core.schedule.RunForecast;
import dev.makespan.core.schedule.TaskStanding;
import dev.makespan.core.task.Attempt;
import dev.makespan.planner.SchedulerClient.RunOfPlan;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Why tasks of a live run are not running, and when it will be done. */
public final class RunOutlook {

  static final int DEFAULT_SAMPLES = 1_000;
  static final int MAX_SAMPLES = 100_000;

  /** Drawn durations of one forecast that nobody asked more samples of. */
  private static final int WORK = 10_000_000;

  /**
   * What is asked.
   *
   * @param seed 0: 1
   * @param samples 0: as many as are good for a look
   * @param agents slots by role, instead of the agents that are there
   */
  public record Wish(long seed, int samples, Map<String, Integer> agents) {
    public Wish {
      agents = new TreeMap<>(agents);
    }
  }

  private final SchedulerClient scheduler;
  private final Computation computation;
  private final InstantSource clock;

  RunOutlook(SchedulerClient scheduler, Computation computation, InstantSource clock) {
    this.scheduler = scheduler;
    this.computation = computation;
    this.clock = clock;
  }

  /** Of one task, or of all that are neither running nor over. */
  public Answer<ObservedExplanation> explain(long runId, String task) {
    List<Violation> wrong = run(runId).id("task", task).violations();
    return wrong.isEmpty()
        ? scheduler.explain(runId, task)
        : Answer.refused(Refusal.invalid(wrong));
  }

  /** The same wish at the same moment gives the same forecast. */
  public Answer<LiveForecast> forecast(long runId, Wish wish) {
    List<Violation> wrong =
        run(runId)
            .require(
                wish.samples() >= 0 && wish.samples() <= MAX_SAMPLES,
                "samples",
                "expected 0 to " + MAX_SAMPLES + ", was " + wish.samples())
            .violations();
    if (!wrong.isEmpty()) {
      return Answer.refused(Refusal.invalid(wrong));
    }
    return scheduler.runOfPlan(runId).then(found -> forecast(found, wish));
  }

  private Answer<LiveForecast> forecast(RunOfPlan found, Wish wish) {
    if (found.run().state().isFinal()) {
      return Answer.refused(
          Refusal.of(
              Refusal.Kind.PRECONDITION,
              "RUN_FINISHED",
              "run %d has ended: %s".formatted(found.run().id(), found.run().state())));
    }
    return Pools.of(found.plan(), wish.agents())
        .then(_ -> scheduler.explain(found.run().id(), ""))
        .then(there -> compute(found, slots(found.plan(), there, wish), wish));
  }

  private Answer<LiveForecast> compute(RunOfPlan found, Map<Role, Integer> slots, Wish wish) {
    ObservedRun run = found.run();
    Instant now = clock.instant();
    long seed = wish.seed() == 0 ? 1 : wish.seed();
    ForecastTerms terms = ForecastTerms.of(seed, samples(wish, found.plan()));
    List<TaskStanding> standings =
        run.tasks().stream().map(task -> standing(task, run.speed(), now)).toList();
    List<TaskId> waiting =
        run.tasks().stream().filter(RunOutlook::needsPerson).map(ObservedTask::id).toList();
    return computation
        .run(() -> RunForecast.of(found.plan(), standings, slots, terms))
        .map(forecast ->
            new LiveForecast(run.id(), run.speed(), now, seed, forecast, slots, waiting));
  }

  private static int samples(Wish wish, Plan plan) {
    int bearable = WORK / Math.max(1, plan.tasks().size());
    return wish.samples() == 0 ? Math.clamp(bearable, 1, DEFAULT_SAMPLES) : wish.samples();
  }

  /** As asked, or what is connected; a role without any agent gets what the plan assumes. */
  private static Map<Role, Integer> slots(Plan plan, ObservedExplanation there, Wish wish) {
    Map<Role, Integer> slots = new TreeMap<>(plan.pools());
    there
        .roles()
        .forEach((role, count) -> {
          if (count.slots() > 0 && plan.pools().containsKey(role)) {
            slots.put(role, count.slots());
          }
        });
    wish.agents().forEach((role, count) -> slots.put(new Role(role), count));
    return slots;
  }

  private static boolean needsPerson(ObservedTask task) {
    return task.state() == ObservedTask.State.HELD || task.state() == ObservedTask.State.VERIFYING;
  }

  private static TaskStanding standing(ObservedTask task, double speed, Instant now) {
    List<MilestoneId> reached = List.copyOf(task.milestones().keySet());
    return switch (task.state()) {
      case DONE -> new TaskStanding.Done(lasted(task, speed, now));
      case FAILED, CANCELLED, SKIPPED, CANCELLING, VERIFYING, INTEGRATING ->
          new TaskStanding.Gone();
      case LEASED, RUNNING -> new TaskStanding.Live(lasted(task, speed, now), reached);
      case HELD ->
          isOpen(task)
              ? new TaskStanding.Live(lasted(task, speed, now), reached)
              : new TaskStanding.Open(reached);
      case WAITING, READY, BACKOFF -> new TaskStanding.Open(reached);
    };
  }

  private static boolean isOpen(ObservedTask task) {
    return !task.attempts().isEmpty()
        && task.attempts().getLast().outcome() == Attempt.Outcome.OPEN;
  }

  /** Of the last attempt, so far or in the end, in plan time. */
  private static Duration lasted(ObservedTask task, double speed, Instant now) {
    if (task.attempts().isEmpty()) {
      return Duration.ZERO;
    }
    Attempt last = task.attempts().getLast();
    Instant from = last.startedAt();
    Instant until = last.finishedAt() == null ? now : last.finishedAt();
    if (from == null || until.isBefore(from)) {
      return Duration.ZERO;
    }
    return Duration.ofMillis(Math.round(Duration.between(from, until).toNanos() / 1e6 * speed));
  }

  private static Texts run(long runId) {
    return new Texts().require(runId > 0, "run_id", "expected a number above 0, was " + runId);
  }
}
