package dev.makespan.planner.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.makespan.core.task.Attempt;
import dev.makespan.planner.ObservedRun;
import dev.makespan.planner.ObservedTask;
import dev.makespan.planner.Page;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A run. Times are real time; what has not happened is left out, and lists leave out tasks. */
@RegisterForReflection
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RunJson(
    long id,
    String planName,
    int planVersion,
    String state,
    double speed,
    boolean simulated,
    int weight,
    Map<String, String> parameters,
    Instant createTime,
    @Nullable Instant startTime,
    @Nullable Instant finishTime,
    @Nullable List<TaskRunJson> tasks,
    long position,
    String reason) {

  /** One task in a run. */
  @RegisterForReflection
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record TaskRunJson(
      String task,
      String state,
      @Nullable Instant readyTime,
      List<AttemptJson> attempts,
      Map<String, Instant> milestones,
      String reason) {

    static TaskRunJson of(ObservedTask task) {
      Map<String, Instant> milestones = new TreeMap<>();
      task.milestones().forEach((id, at) -> milestones.put(id.value(), at));
      return new TaskRunJson(
          task.id().value(),
          word(task.state()),
          task.readyAt(),
          task.attempts().stream().map(AttemptJson::of).toList(),
          milestones,
          task.reason());
    }
  }

  /** One agent's try at a task; the outcome is open while it goes on. */
  @RegisterForReflection
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record AttemptJson(
      int number,
      String agent,
      Instant leaseTime,
      @Nullable Instant startTime,
      @Nullable Instant finishTime,
      String outcome,
      String message,
      Map<String, Double> metrics) {

    static AttemptJson of(Attempt attempt) {
      return new AttemptJson(
          attempt.number(),
          attempt.agent().value(),
          attempt.leasedAt(),
          attempt.startedAt(),
          attempt.finishedAt(),
          word(attempt.outcome()),
          attempt.message(),
          attempt.metrics());
    }
  }

  /**
   * A page of runs, newest first.
   *
   * @param nextPageToken empty: no more
   */
  @RegisterForReflection
  public record Listed(List<RunJson> runs, String nextPageToken) {
    static Listed of(Page<ObservedRun> page) {
      return new Listed(
          page.items().stream().map(run -> RunJson.of(run, null)).toList(), page.nextToken());
    }
  }

  static RunJson of(ObservedRun run) {
    return of(run, run.tasks().stream().map(TaskRunJson::of).toList());
  }

  private static RunJson of(ObservedRun run, @Nullable List<TaskRunJson> tasks) {
    return new RunJson(
        run.id(),
        run.planName(),
        run.planVersion(),
        word(run.state()),
        run.speed(),
        run.simulated(),
        run.weight(),
        run.parameters(),
        run.createdAt(),
        run.startedAt(),
        run.finishedAt(),
        tasks,
        run.position(),
        run.reason());
  }

  static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }
}
