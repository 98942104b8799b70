package dev.makespan.core.dispatch;

import dev.makespan.core.plan.MilestoneId;
import dev.makespan.core.plan.Need;
import dev.makespan.core.plan.Task;
import dev.makespan.core.run.Run;
import dev.makespan.core.schedule.Pace;
import dev.makespan.core.task.Attempt;
import dev.makespan.core.task.TaskLife;
import dev.makespan.core.task.TaskState;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * When each task of a run can start and be done at the earliest, as far as needs and phases go:
 * planned durations, scaled as those of the role have turned out so far. What waits for a person is
 * open-ended, and so is what waits for that. O(tasks + needs + phases).
 */
final class Expectations {

  /** The end of time stands for "nobody can say". */
  private static final Instant NEVER = Instant.MAX;

  private final Run run;
  private final Instant now;
  private final Pace pace = new Pace();
  private final Instant[] start;
  private final Instant[] finish;
  private final Instant[] phaseEnd;

  private Expectations(Run run, Instant now) {
    this.run = run;
    this.now = now;
    this.start = new Instant[run.size()];
    this.finish = new Instant[run.size()];
    this.phaseEnd = new Instant[run.spec().plan().phases().size()];
  }

  static Expectations of(Run run, Instant now) {
    Expectations expectations = new Expectations(run, now);
    expectations.measure();
    expectations.walk();
    return expectations;
  }

  @Nullable Instant findStart(int task) {
    return known(start[task]);
  }

  @Nullable Instant findFinish(int task) {
    return known(finish[task]);
  }

  @Nullable Instant findReach(int task, @Nullable MilestoneId milestone) {
    return known(reach(task, milestone));
  }

  /** When all of a phase, by its number, is done and open. */
  @Nullable Instant findPhaseEnd(int phase) {
    return known(phaseEnd[phase]);
  }

  private static @Nullable Instant known(@Nullable Instant at) {
    return at == null || at.equals(NEVER) ? null : at;
  }

  private void measure() {
    double speed = run.spec().speed();
    for (int i = 0; i < run.size(); i++) {
      TaskLife life = run.life(i);
      Attempt last = life.attempts().isEmpty() ? null : life.attempts().getLast();
      boolean measured =
          life.state() instanceof TaskState.Done
              && last != null
              && last.startedAt() != null
              && last.finishedAt() != null;
      if (measured && last != null) {
        Duration took = Duration.between(last.startedAt(), last.finishedAt());
        pace.add(
            run.task(i).role(),
            run.task(i).duration(),
            Duration.ofMillis(Math.round(took.toMillis() * speed)));
      }
    }
  }

  /** In an order in which every task comes after its needs and after the phases before its own. */
  private void walk() {
    WaitingOrder order = WaitingOrder.of(run.spec().plan());
    for (int node : order.nodes()) {
      if (node < run.size()) {
        int gate = order.gateBefore(node);
        Instant opened = gate == WaitingOrder.NONE ? now : phaseEnd[gate];
        expect(node, opened == null ? NEVER : opened);
      } else {
        end(node - run.size(), order);
      }
    }
  }

  private void end(int phase, WaitingOrder order) {
    Instant end = now;
    for (int task : order.waitedFor(run.size() + phase)) {
      Instant done = task < run.size() ? finish[task] : phaseEnd[task - run.size()];
      end = later(end, done == null ? NEVER : done);
    }
    phaseEnd[phase] = run.checkpoints().missing(phase).isEmpty() ? end : NEVER;
  }

  private void expect(int task, Instant phaseStart) {
    TaskState state = run.life(task).state();
    Instant needsMet = needsMet(task, phaseStart);
    switch (state) {
      case TaskState.Done _ -> set(task, now, now);
      case TaskState.Skipped s -> set(task, NEVER, s.byPerson() ? now : NEVER);
      case TaskState.Failed _, TaskState.Cancelled _, TaskState.Cancelling _ ->
          set(task, NEVER, NEVER);
      case TaskState.Held _, TaskState.Verifying _, TaskState.Integrating _ ->
          set(task, NEVER, NEVER);
      case TaskState.Leased _, TaskState.Running _ -> set(task, now, liveFinish(task));
      case TaskState.Backoff s -> planned(task, later(needsMet, s.until()));
      case TaskState.Ready _, TaskState.Waiting _ -> planned(task, needsMet);
    }
  }

  private Instant needsMet(int task, Instant phaseStart) {
    Instant met = later(now, phaseStart);
    for (Need need : run.task(task).needs()) {
      met = later(met, reach(run.indexOf(need.task()), need.milestone()));
    }
    return met;
  }

  private Instant reach(int task, @Nullable MilestoneId milestone) {
    if (milestone != null && run.life(task).milestones().containsKey(milestone)) {
      return now;
    }
    Instant done = finish[task] == null ? NEVER : finish[task];
    if (milestone == null || run.life(task).state().isFinal()) {
      return done;
    }
    Instant begin = beginOf(task);
    Duration after = real(run.task(task), run.task(task).milestone(milestone).after());
    return begin.equals(NEVER) ? NEVER : later(now, begin.plus(after));
  }

  private Instant beginOf(int task) {
    Attempt last = run.life(task).attempts().isEmpty() ? null : run.life(task).attempts().getLast();
    boolean live = run.life(task).state().liveFence() != 0;
    if (live && last != null) {
      return last.startedAt() == null ? now : last.startedAt();
    }
    return start[task] == null ? NEVER : start[task];
  }

  private Instant liveFinish(int task) {
    Attempt last = run.life(task).attempts().getLast();
    Instant begin = last.startedAt() == null ? now : last.startedAt();
    return later(now, begin.plus(real(run.task(task), run.task(task).duration())));
  }

  private void planned(int task, Instant begin) {
    boolean open = begin.equals(NEVER);
    set(task, begin, open ? NEVER : begin.plus(real(run.task(task), run.task(task).duration())));
  }

  private Duration real(Task task, Duration planned) {
    return run.spec().realTime(pace.scaled(task.role(), planned));
  }

  private void set(int task, Instant begin, Instant end) {
    start[task] = begin;
    finish[task] = end;
  }

  private static Instant later(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }
}
