package dev.makespan.core.task;

import dev.makespan.core.task.TaskDecision.Accepted;
import dev.makespan.core.task.TaskDecision.Refusal;
import dev.makespan.core.task.TaskDecision.Refused;
import java.util.ArrayList;
import java.util.List;

/** What people may do to a task. */
final class PersonRules {

  private PersonRules() {}

  static TaskDecision decide(
      TaskLife life, TaskCommand.ByPerson command, TaskTerms terms, double chance) {
    return switch (command) {
      case TaskCommand.Cancel c -> cancel(life.state(), c);
      case TaskCommand.Retry c -> retry(life.state(), c);
      case TaskCommand.LeaveOut c -> leaveOut(life.state(), c);
      case TaskCommand.Approve c -> approve(life, c, terms);
      case TaskCommand.Decline c -> decline(life, c, terms, chance);
      case TaskCommand.Drop c -> drop(life, c, terms, chance);
      case TaskCommand.AnswerBlocker c -> BlockerRules.answer(life, c);
    };
  }

  private static TaskDecision cancel(TaskState state, TaskCommand.Cancel c) {
    return switch (state) {
      case TaskState.Waiting _,
          TaskState.Ready _,
          TaskState.Backoff _,
          TaskState.Verifying _,
          TaskState.Integrating _ ->
          Accepted.of(new TaskEvent.Cancelled(c.reason()));
      case TaskState.Held s ->
          Accepted.of(
              s.keptFence() == 0
                  ? new TaskEvent.Cancelled(c.reason())
                  : new TaskEvent.CancelRequested(s.keptFence()));
      case TaskState.Leased s -> Accepted.of(new TaskEvent.CancelRequested(s.fence()));
      case TaskState.Running s -> Accepted.of(new TaskEvent.CancelRequested(s.fence()));
      case TaskState.Cancelling _, TaskState.Cancelled _ -> Accepted.of();
      case TaskState.Done _, TaskState.Failed _, TaskState.Skipped _ ->
          TaskRules.invalid("a task that has ended is not cancelled", state);
    };
  }

  /** Nothing where it will be tried or is: the same wish may come twice. */
  private static TaskDecision retry(TaskState state, TaskCommand.Retry c) {
    return switch (state) {
      case TaskState.Backoff _ -> Accepted.of(new TaskEvent.Ready());
      case TaskState.Held s when s.keptFence() == 0 ->
          Accepted.of(new TaskEvent.Reopened(c.reason()));
      case TaskState.Skipped s when !s.byPerson() ->
          Accepted.of(new TaskEvent.Reopened(c.reason()));
      case TaskState.Failed _, TaskState.Cancelled _ ->
          Accepted.of(new TaskEvent.Reopened(c.reason()));
      case TaskState.Waiting _, TaskState.Ready _, TaskState.Leased _, TaskState.Running _ ->
          Accepted.of();
      case TaskState.Held _,
          TaskState.Skipped _,
          TaskState.Verifying _,
          TaskState.Integrating _,
          TaskState.Cancelling _,
          TaskState.Done _ ->
          TaskRules.invalid(
              "only a task that failed, is held without its agent, backs off or was cancelled or"
                  + " skipped is tried again",
              state);
    };
  }

  private static TaskDecision leaveOut(TaskState state, TaskCommand.LeaveOut c) {
    return switch (state) {
      case TaskState.Skipped s when s.byPerson() -> Accepted.of();
      case TaskState.Held s when s.keptFence() != 0 -> liveIsNotLeftOut(state);
      case TaskState.Waiting _,
          TaskState.Ready _,
          TaskState.Backoff _,
          TaskState.Held _,
          TaskState.Failed _,
          TaskState.Cancelled _,
          TaskState.Skipped _ ->
          Accepted.of(new TaskEvent.Skipped(c.reason(), true));
      case TaskState.Leased _,
          TaskState.Running _,
          TaskState.Verifying _,
          TaskState.Integrating _,
          TaskState.Cancelling _ ->
          liveIsNotLeftOut(state);
      case TaskState.Done _ -> TaskRules.invalid("a done task is not left out", state);
    };
  }

  private static Refused liveIsNotLeftOut(TaskState state) {
    return TaskRules.invalid("a live task is cancelled before it is left out", state);
  }

  private static TaskDecision approve(TaskLife life, TaskCommand.Approve c, TaskTerms terms) {
    TaskState state = life.state();
    List<String> wanted = Gates.approvals(terms);
    if (!wanted.contains(c.approval())) {
      return unknown(c.approval(), wanted);
    }
    if (state instanceof TaskState.Done || state instanceof TaskState.Integrating) {
      return Accepted.of();
    }
    if (!(state instanceof TaskState.Verifying verifying)) {
      return TaskRules.invalid("only reported work is approved", state);
    }
    if (verifying.approvals().contains(c.approval())) {
      return Accepted.of();
    }
    List<TaskEvent> events = new ArrayList<>();
    events.add(new TaskEvent.Approved(c.approval(), c.by(), c.note()));
    if (verifying.approved(c.approval()).approvals().containsAll(wanted)) {
      Delivery delivery = life.attempts().getLast().delivery();
      events.add(TaskRules.accepted(verifying.fence(), delivery, terms));
    }
    return new Accepted(events);
  }

  private static TaskDecision decline(
      TaskLife life, TaskCommand.Decline c, TaskTerms terms, double chance) {
    if (!(life.state() instanceof TaskState.Verifying verifying)) {
      return TaskRules.invalid("only reported work is declined", life.state());
    }
    List<String> wanted = Gates.approvals(terms);
    if (!wanted.contains(c.approval())) {
      return unknown(c.approval(), wanted);
    }
    String report = "approval: " + c.approval() + ": " + c.by() + " declined: " + c.note();
    return Accepted.of(TaskRules.rejected(life, verifying.fence(), report, terms, chance));
  }

  private static TaskDecision drop(
      TaskLife life, TaskCommand.Drop c, TaskTerms terms, double chance) {
    if (!(life.state() instanceof TaskState.Integrating integrating)) {
      return TaskRules.invalid("only work that waits for its merge is dropped", life.state());
    }
    String report = "dropped from the merge queue by " + c.by() + ": " + c.note();
    return Accepted.of(TaskRules.rejected(life, integrating.fence(), report, terms, chance));
  }

  private static Refused unknown(String approval, List<String> wanted) {
    return new Refused(
        Refusal.INVALID, "approval: expected one of " + wanted + ", was '" + approval + "'");
  }
}
