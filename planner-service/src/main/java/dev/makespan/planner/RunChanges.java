package dev.makespan.planner;

import dev.makespan.core.plan.Plan;
import java.util.List;

/** What clients do with runs that are live. */
public final class RunChanges {

  static final int MAX_NOTE = 4_000;
  static final int MAX_REORDERED = 1_000;

  private final Plans plans;
  private final ParameterBinding parameters;
  private final SchedulerClient scheduler;

  RunChanges(Plans plans, ParameterBinding parameters, SchedulerClient scheduler) {
    this.plans = plans;
    this.parameters = parameters;
    this.scheduler = scheduler;
  }

  /** Durable when answered; every change bears repetition. */
  public Answer<ObservedRun> change(long runId, RunChange change) {
    List<Violation> wrong = violations(runId, change);
    return wrong.isEmpty()
        ? scheduler.change(runId, change)
        : Answer.refused(Refusal.invalid(wrong));
  }

  /**
   * Goes on with another version of the run's plan, with the parameters that it has.
   *
   * @param planVersion 0: the newest
   */
  public Answer<ObservedRun> amend(long runId, int planVersion) {
    List<Violation> wrong = run(runId).violations();
    if (!wrong.isEmpty()) {
      return Answer.refused(Refusal.invalid(wrong));
    }
    return scheduler
        .run(runId)
        .then(run ->
            plans
                .plan(run.planName(), planVersion)
                .then(opened -> amended(run, opened.plan(), opened.stored().version())));
  }

  private Answer<ObservedRun> amended(ObservedRun run, Plan plan, int version) {
    return parameters
        .bind(plan, run.parameters())
        .then(bound -> scheduler.change(run.id(), new RunChange.Amend(bound, version)));
  }

  private static Texts run(long runId) {
    return new Texts().require(runId > 0, "run_id", "expected a number above 0, was " + runId);
  }

  private static List<Violation> violations(long runId, RunChange change) {
    Texts texts = run(runId);
    return switch (change) {
      case RunChange.Pause c -> texts.text("reason", c.reason(), Texts.MAX_REASON).violations();
      case RunChange.Resume c -> texts.line("by", c.by(), Texts.MAX_ID).violations();
      case RunChange.Amend _ -> texts.violations();
      case RunChange.CancelTask c -> task(texts, c.task(), c.reason());
      case RunChange.RetryTask c -> task(texts, c.task(), c.reason());
      case RunChange.SkipTask c -> task(texts, c.task(), c.reason());
      case RunChange.HoldMerges c ->
          texts
              .text("hold.reason", c.reason(), Texts.MAX_REASON)
              .line("by", c.by(), Texts.MAX_ID)
              .violations();
      case RunChange.ReleaseMerges c -> texts.line("by", c.by(), Texts.MAX_ID).violations();
      case RunChange.ReorderMerges c -> reordered(texts, c);
      case RunChange.DropMerge c ->
          required(texts, "drop.task", c.task())
              .text("drop.note", c.note(), MAX_NOTE)
              .line("by", c.by(), Texts.MAX_ID)
              .violations();
      case RunChange.RetryMerges c ->
          texts
              .text("retry.reason", c.reason(), Texts.MAX_REASON)
              .line("by", c.by(), Texts.MAX_ID)
              .violations();
      case RunChange.Approve c ->
          required(texts, "subject", c.subject())
              .line("name", c.name(), Texts.MAX_REASON)
              .require(!c.name().isEmpty(), "name", "expected an approval's name, was empty")
              .line("by", c.by(), Texts.MAX_ID)
              .text("note", c.note(), MAX_NOTE)
              .violations();
      case RunChange.AnswerBlocker c ->
          required(texts, "task", c.task())
              .line("blocker", c.blocker(), Texts.MAX_REASON)
              .require(!c.text().isEmpty(), "text", "expected an answer, was empty")
              .text("text", c.text(), MAX_NOTE)
              .line("by", c.by(), Texts.MAX_ID)
              .violations();
    };
  }

  private static List<Violation> reordered(Texts texts, RunChange.ReorderMerges c) {
    texts.require(
        c.first().size() <= MAX_REORDERED,
        "reorder.first",
        "expected at most " + MAX_REORDERED + " tasks, was " + c.first().size());
    c.first().stream().limit(MAX_REORDERED).forEach(task -> required(texts, "reorder.first", task));
    return texts.line("by", c.by(), Texts.MAX_ID).violations();
  }

  private static List<Violation> task(Texts texts, String task, String reason) {
    return required(texts, "task", task).text("reason", reason, Texts.MAX_REASON).violations();
  }

  private static Texts required(Texts texts, String field, String id) {
    return texts.id(field, id).require(!id.isEmpty(), field, "expected an id, was empty");
  }
}
