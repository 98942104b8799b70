package dev.makespan.planner.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.makespan.core.learn.FileDrift;
import dev.makespan.core.plan.TaskId;
import dev.makespan.core.report.ReportCheck;
import dev.makespan.core.report.RunReport;
import dev.makespan.core.report.TimelineEntry;
import dev.makespan.core.report.Turn;
import dev.makespan.core.report.TurnTaking;
import dev.makespan.core.task.Traces;
import dev.makespan.planner.RunAccount;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a run saved, and how it went; durations are plan time, from the run's first start. */
@RegisterForReflection
public record ReportJson(
    RunJson run,
    String state,
    double sequentialSeconds,
    double criticalPathSeconds,
    double plannedSeconds,
    double lowerBoundSeconds,
    double makespanSeconds,
    double savedSeconds,
    List<EntryJson> timeline,
    List<TurnsJson> turns,
    List<String> remarks,
    UsageJson usage,
    List<DriftJson> drifts,
    List<CheckJson> beforeIntegration,
    List<CheckJson> afterIntegration) {

  /** What all attempts have used together. */
  @RegisterForReflection
  public record UsageJson(long inputTokens, long outputTokens, double cost) {
    static UsageJson of(Traces.Usage usage) {
      return new UsageJson(usage.inputTokens(), usage.outputTokens(), usage.cost());
    }
  }

  /** An item of a checklist: ok, open, problem or people. */
  @RegisterForReflection
  public record CheckJson(String what, String standing, String detail) {
    static CheckJson of(ReportCheck check) {
      return new CheckJson(check.what(), RunJson.word(check.standing()), check.detail());
    }
  }

  /** Where a task's declared files and those that it changed differ. */
  @RegisterForReflection
  public record DriftJson(
      String task, int touched, List<String> undeclared, List<TaskJson.FileJson> untouched) {
    static DriftJson of(FileDrift drift) {
      return new DriftJson(
          drift.task().value(),
          drift.touched(),
          drift.undeclared(),
          drift.untouched().stream().map(TaskJson.FileJson::of).toList());
    }
  }

  /** One attempt; the finish is left out while it goes on. */
  @RegisterForReflection
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record EntryJson(
      String task,
      String agent,
      int attempt,
      double startSeconds,
      @Nullable Double finishSeconds,
      String outcome,
      double plannedSeconds) {
    static EntryJson of(TimelineEntry entry) {
      return new EntryJson(
          entry.task().value(),
          entry.agent(),
          entry.attempt(),
          Seconds.of(entry.start()),
          Seconds.ofNullable(entry.finish()),
          RunJson.word(entry.outcome()),
          Seconds.of(entry.planned()));
    }
  }

  /** How the tasks that write one file took turns. */
  @RegisterForReflection
  public record TurnsJson(String path, List<TurnJson> turns, double waitedSeconds) {
    static TurnsJson of(TurnTaking turns) {
      return new TurnsJson(
          turns.path().text(),
          turns.turns().stream().map(TurnJson::of).toList(),
          Seconds.of(turns.waited()));
    }
  }

  /** One turn; the finish is left out while the task has the file. */
  @RegisterForReflection
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record TurnJson(
      String task,
      double readySeconds,
      double startSeconds,
      @Nullable Double finishSeconds,
      double waitedSeconds,
      List<String> waitedFor) {
    static TurnJson of(Turn turn) {
      return new TurnJson(
          turn.task().value(),
          Seconds.of(turn.ready()),
          Seconds.of(turn.start()),
          Seconds.ofNullable(turn.finish()),
          Seconds.of(turn.waited()),
          turn.waitedFor().stream().map(TaskId::value).toList());
    }
  }

  static ReportJson of(RunAccount account) {
    RunReport report = account.report();
    return new ReportJson(
        RunJson.of(account.run()),
        RunJson.word(account.run().state()),
        Seconds.of(report.figures().sequential()),
        Seconds.of(report.figures().criticalPath()),
        Seconds.of(report.figures().planned()),
        Seconds.of(report.figures().lowerBound()),
        Seconds.of(report.makespan()),
        Seconds.of(report.saved()),
        report.timeline().stream().map(EntryJson::of).toList(),
        report.turns().stream().map(TurnsJson::of).toList(),
        report.remarks(),
        UsageJson.of(report.usage()),
        report.drifts().stream().map(DriftJson::of).toList(),
        report.beforeIntegration().stream().map(CheckJson::of).toList(),
        report.afterIntegration().stream().map(CheckJson::of).toList());
  }
}
