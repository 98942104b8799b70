package dev.makespan.planner.rest;

import dev.makespan.core.schedule.Overheads;
import dev.makespan.planner.Question;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A question about a plan: one of its parts. What is left out of a part has the planner's default.
 */
@RegisterForReflection
public record QuestionJson(
    @Nullable Analysis analysis,
    @Nullable Schedule schedule,
    @Nullable Curve curve,
    @Nullable Forecast forecast) {

  /** Empty unless it is one question. */
  Optional<Question> question() {
    Object[] parts = {analysis, schedule, curve, forecast};
    if (Stream.of(parts).filter(part -> part != null).count() != 1) {
      return Optional.empty();
    }
    if (analysis != null) {
      return Optional.of(analysis.question());
    }
    if (schedule != null) {
      return Optional.of(schedule.question());
    }
    return Optional.ofNullable(curve)
        .map(Curve::question)
        .or(() -> Optional.ofNullable(forecast).map(Forecast::question));
  }

  /** Asks for the analysis. */
  @RegisterForReflection
  public record Analysis(@Nullable Map<String, Integer> pools) {
    Question question() {
      return new Question.Analysis(orNone(pools));
    }
  }

  /**
   * Asks for a schedule.
   *
   * @param schedules how many to try
   * @param seconds how long to search, at most 600
   */
  @RegisterForReflection
  public record Schedule(
      @Nullable Map<String, Integer> pools,
      @Nullable Long seed,
      @Nullable Long schedules,
      @Nullable Double seconds) {
    Question question() {
      return new Question.Schedule(
          orNone(pools), orZero(seed), orZero(schedules), durationOf(seconds, Duration.ZERO));
    }
  }

  /**
   * Asks for the makespan by the number of agents.
   *
   * @param role left out: all roles together
   * @param mergeSeconds what merging a task that ran beside others takes
   * @param conflictChance that two tasks which write in one folder at once conflict
   * @param rework part of its work that a task then does again
   */
  @RegisterForReflection
  public record Curve(
      @Nullable Map<String, Integer> pools,
      @Nullable String role,
      @Nullable Integer mostAgents,
      @Nullable Long seed,
      @Nullable Long schedules,
      @Nullable Double mergeSeconds,
      @Nullable Double conflictChance,
      @Nullable Double rework) {
    Question question() {
      Overheads assumed = Overheads.ASSUMED;
      return new Question.Curve(
          orNone(pools),
          role == null ? "" : role,
          mostAgents == null ? 0 : mostAgents,
          orZero(seed),
          orZero(schedules),
          durationOf(mergeSeconds, assumed.merge()),
          or(conflictChance, assumed.conflictChance()),
          or(rework, assumed.rework()));
    }
  }

  /**
   * Asks when the plan will be done.
   *
   * @param roleCorrelation how far tasks of one role are late together
   * @param assumedBest for tasks with one value: the optimistic duration as a part of it
   * @param assumedWorst likewise the pessimistic one
   */
  @RegisterForReflection
  public record Forecast(
      @Nullable Map<String, Integer> pools,
      @Nullable Long seed,
      @Nullable Long schedules,
      @Nullable Integer samples,
      @Nullable Double roleCorrelation,
      @Nullable Double assumedBest,
      @Nullable Double assumedWorst) {
    Question question() {
      return new Question.Forecast(
          orNone(pools),
          orZero(seed),
          orZero(schedules),
          samples == null ? 0 : samples,
          or(roleCorrelation, 0),
          or(assumedBest, 1),
          or(assumedWorst, 1));
    }
  }

  private static Map<String, Integer> orNone(@Nullable Map<String, Integer> pools) {
    return pools == null ? Map.of() : pools;
  }

  private static long orZero(@Nullable Long number) {
    return number == null ? 0 : number;
  }

  private static double or(@Nullable Double number, double otherwise) {
    return number == null ? otherwise : number;
  }

  private static Duration durationOf(@Nullable Double seconds, Duration otherwise) {
    return seconds == null ? otherwise : Duration.ofMillis(Math.round(seconds * 1e3));
  }
}
