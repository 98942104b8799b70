package dev.makespan.planner.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.makespan.core.task.Attempt;
import dev.makespan.core.task.Blocker;
import dev.makespan.planner.ObservedBudget;
import dev.makespan.planner.ObservedCheckpoint;
import dev.makespan.planner.ObservedRun;
import dev.makespan.planner.ObservedTask;
import dev.makespan.planner.Page;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
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
    @Nullable List<CheckpointJson> checkpoints,
    long position,
    String reason,
    @Nullable MergesJson merges,
    @Nullable BudgetJson budget) {

  /** What a run may use and has used; a limit of 0 is none, and an empty text: none is reached. */
  @RegisterForReflection
  @Schema(name = "RunBudget")
  public record BudgetJson(
      long tokens,
      long tokenLimit,
      double cost,
      double costLimit,
      double agentHours,
      double agentHourLimit,
      String exhausted) {

    static @Nullable BudgetJson of(@Nullable ObservedBudget budget) {
      return budget == null
          ? null
          : new BudgetJson(
              budget.tokens(),
              budget.limit().tokens(),
              budget.cost(),
              budget.limit().cost(),
              budget.agentHours(),
              budget.limit().agentHours(),
              budget.exhausted());
    }
  }

  /** One task in a run. */
  @RegisterForReflection
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record TaskRunJson(
      String task,
      String state,
      @Nullable Instant readyTime,
      List<AttemptJson> attempts,
      Map<String, Instant> milestones,
      String reason,
      List<BlockerJson> blockers,
      List<String> approvals,
      boolean leftOut) {

    static TaskRunJson of(ObservedTask task) {
      Map<String, Instant> milestones = new TreeMap<>();
      task.milestones().forEach((id, at) -> milestones.put(id.value(), at));
      return new TaskRunJson(
          task.id().value(),
          word(task.state()),
          task.readyAt(),
          task.attempts().stream().map(AttemptJson::of).toList(),
          milestones,
          task.reason(),
          task.blockers().stream().map(BlockerJson::of).toList(),
          task.approvals(),
          task.leftOut());
    }
  }

  /** A question of an agent; it is open while it has no answer. */
  @RegisterForReflection
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record BlockerJson(
      String id,
      String text,
      boolean kept,
      Instant raiseTime,
      @Nullable String answer,
      @Nullable String answeredBy,
      @Nullable Instant answerTime) {

    static BlockerJson of(Blocker blocker) {
      Blocker.Answer answer = blocker.answer();
      return new BlockerJson(
          blocker.id(),
          blocker.text(),
          blocker.kept(),
          blocker.raisedAt(),
          answer == null ? null : answer.text(),
          answer == null ? null : answer.by(),
          answer == null ? null : answer.at());
    }
  }

  /** A gate behind a phase; it is closed while nobody has approved it. */
  @RegisterForReflection
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record CheckpointJson(
      String phase,
      String gate,
      boolean reached,
      String by,
      String note,
      @Nullable Instant approveTime) {

    static CheckpointJson of(ObservedCheckpoint checkpoint) {
      return new CheckpointJson(
          checkpoint.phase(),
          checkpoint.gate(),
          checkpoint.reached(),
          checkpoint.by(),
          checkpoint.note(),
          checkpoint.approvedAt());
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
      Map<String, Double> metrics,
      String checkpoint) {

    static AttemptJson of(Attempt attempt) {
      return new AttemptJson(
          attempt.number(),
          attempt.agent().value(),
          attempt.leasedAt(),
          attempt.startedAt(),
          attempt.finishedAt(),
          word(attempt.outcome()),
          attempt.message(),
          attempt.metrics(),
          attempt.checkpoint());
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
          page.items().stream().map(run -> RunJson.of(run, null, null)).toList(), page.nextToken());
    }
  }

  static RunJson of(ObservedRun run) {
    return of(
        run,
        run.tasks().stream().map(TaskRunJson::of).toList(),
        run.checkpoints().stream().map(CheckpointJson::of).toList());
  }

  private static RunJson of(
      ObservedRun run,
      @Nullable List<TaskRunJson> tasks,
      @Nullable List<CheckpointJson> checkpoints) {
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
        checkpoints,
        run.position(),
        run.reason(),
        MergesJson.of(run.merges()),
        BudgetJson.of(run.budget()));
  }

  static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }
}
