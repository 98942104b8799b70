package dev.makespan.planner.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.makespan.planner.Computations;
import dev.makespan.planner.Operation;
import dev.makespan.planner.Page;
import dev.makespan.planner.Question;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A computation that goes on without its caller.
 *
 * @param kind {@code analysis}, {@code schedule}, {@code curve} or {@code forecast}
 * @param state {@code running}, {@code done}, {@code failed} or {@code cancelled}
 * @param failureReason a stable name for programs; left out: it has not failed
 */
@RegisterForReflection
@JsonInclude(JsonInclude.Include.NON_NULL)
public record OperationJson(
    long id,
    String plan,
    int version,
    String kind,
    String state,
    ResultJson.ProgressJson progress,
    Instant createTime,
    @Nullable Instant finishTime,
    @Nullable String failureReason,
    @Nullable String failure) {

  static OperationJson of(Operation operation) {
    Operation.Failure failure = operation.failure();
    return new OperationJson(
        operation.id(),
        operation.plan().name(),
        operation.plan().version(),
        kindOf(operation.question()),
        operation.state().name().toLowerCase(Locale.ROOT),
        ResultJson.ProgressJson.of(operation.progress()),
        operation.createdAt(),
        operation.finishedAt(),
        failure == null ? null : failure.reason(),
        failure == null ? null : failure.message());
  }

  private static String kindOf(Question question) {
    return switch (question) {
      case Question.Analysis _ -> "analysis";
      case Question.Schedule _ -> "schedule";
      case Question.Curve _ -> "curve";
      case Question.Forecast _ -> "forecast";
    };
  }

  /**
   * What a client wants to have computed.
   *
   * @param version left out or 0: the newest
   */
  @RegisterForReflection
  public record Start(
      @Nullable String plan, @Nullable Integer version, @Nullable QuestionJson question) {}

  /**
   * A page of operations.
   *
   * @param nextPageToken empty: no more
   */
  @RegisterForReflection
  public record Listed(List<OperationJson> operations, String nextPageToken) {
    static Listed of(Page<Operation> page) {
      return new Listed(page.items().stream().map(OperationJson::of).toList(), page.nextToken());
    }
  }

  /** What this planner has computed since its start, and what it computes now. */
  @RegisterForReflection
  public record Figures(long computed, long fromStore, long joined, long cancelled, int underWay) {
    static Figures of(Computations.Figures figures) {
      return new Figures(
          figures.computed(),
          figures.fromStore(),
          figures.joined(),
          figures.cancelled(),
          figures.underWay());
    }
  }
}
