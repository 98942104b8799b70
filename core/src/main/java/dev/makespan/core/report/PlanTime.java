package dev.makespan.core.report;

import dev.makespan.core.task.Attempt;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * The run's clock in plan time: zero at the first start, faster than the wall's by the run's speed.
 * Rounded to milliseconds, the unit of schedules.
 */
record PlanTime(Instant zero, Instant end, double speed) {

  static PlanTime of(RunRecord run) {
    Instant zero = starts(run).min(Comparator.naturalOrder()).orElse(run.asOf());
    Instant lastFinish =
        startedAttempts(run)
            .map(attempt -> attempt.finishedAt() == null ? run.asOf() : attempt.finishedAt())
            .max(Comparator.naturalOrder())
            .orElse(zero);
    Instant end = run.finished() ? lastFinish : later(lastFinish, run.asOf());
    return new PlanTime(zero, later(zero, end), run.speed());
  }

  private static Stream<Attempt> startedAttempts(RunRecord run) {
    return run.tasks().stream()
        .flatMap(task -> task.attempts().stream())
        .filter(attempt -> attempt.startedAt() != null);
  }

  private static Stream<Instant> starts(RunRecord run) {
    return startedAttempts(run).map(attempt -> Objects.requireNonNull(attempt.startedAt()));
  }

  private static Instant later(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }

  Duration makespan() {
    return at(end);
  }

  Duration at(Instant instant) {
    return between(zero, instant);
  }

  Duration between(Instant from, Instant to) {
    Duration real = Duration.between(from, to);
    double millis = (real.getSeconds() * 1e3 + real.getNano() / 1e6) * speed;
    return Duration.ofMillis(Math.round(millis));
  }
}
