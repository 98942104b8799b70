package dev.makespan.scheduler.grpc;

import dev.makespan.core.merge.Integration;
import dev.makespan.core.plan.PhaseId;
import dev.makespan.core.plan.Plan;
import dev.makespan.core.plan.TaskId;
import dev.makespan.core.run.BudgetChange;
import dev.makespan.core.run.RunCommand;
import dev.makespan.core.task.TaskCommand;
import dev.makespan.formats.plan.PlanProto;
import dev.makespan.formats.run.BudgetProto;
import dev.makespan.proto.scheduler.v1.AmendRunRequest;
import dev.makespan.proto.scheduler.v1.AnswerBlockerRequest;
import dev.makespan.proto.scheduler.v1.ApproveRequest;
import dev.makespan.proto.scheduler.v1.ChangeMergesRequest;
import dev.makespan.proto.scheduler.v1.ResumeRunRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

/** Checks what a planner wants of a live run; throws the status that names all problems. */
final class ChangeReader {

  static final int MAX_NAME = 1_000;
  static final int MAX_TEXT = 4_096;

  private final List<FieldProblem> problems = new ArrayList<>();

  private ChangeReader() {}

  static RunCommand pause(String reason) {
    ChangeReader reader = new ChangeReader();
    reader.text("reason", reason, MAX_TEXT);
    return reader.read(() -> new RunCommand.Pause(reason));
  }

  static RunCommand resume(ResumeRunRequest request) {
    ChangeReader reader = new ChangeReader();
    reader.text("by", request.getBy(), MAX_NAME);
    try {
      BudgetChange budget = BudgetProto.fromProto(request.getBudget());
      return reader.read(() -> new RunCommand.Resume(budget, request.getBy()));
    } catch (IllegalArgumentException e) {
      throw Statuses.invalid("budget", String.valueOf(e.getMessage()));
    }
  }

  /** For one task, with a reason. */
  static RunCommand onTask(String task, String reason, Function<String, TaskCommand> command) {
    ChangeReader reader = new ChangeReader();
    reader.text("reason", reason, MAX_TEXT);
    return reader.onTask(task, command.apply(reason));
  }

  static RunCommand amend(AmendRunRequest request) {
    ChangeReader reader = new ChangeReader();
    reader.require(
        request.getPlanVersion() > 0,
        "plan_version",
        "expected 1 or more, was " + request.getPlanVersion());
    try {
      Plan plan = PlanProto.fromProto(request.getPlan());
      return reader.read(() -> new RunCommand.Amend(plan, request.getPlanVersion()));
    } catch (IllegalArgumentException e) {
      throw Statuses.invalid("plan", String.valueOf(e.getMessage()));
    }
  }

  static RunCommand approve(ApproveRequest request) {
    ChangeReader reader = new ChangeReader();
    reader.name("name", request.getName());
    reader.text("by", request.getBy(), MAX_NAME);
    reader.text("note", request.getNote(), MAX_TEXT);
    return switch (request.getSubjectCase()) {
      case TASK -> reader.onTask(request.getTask(), judgement(request));
      case PHASE -> reader.checkpoint(request);
      case SUBJECT_NOT_SET -> throw Statuses.invalid("subject", "expected a task or a phase");
    };
  }

  private static TaskCommand judgement(ApproveRequest request) {
    return request.getDecline()
        ? new TaskCommand.Decline(request.getName(), request.getBy(), request.getNote())
        : new TaskCommand.Approve(request.getName(), request.getBy(), request.getNote());
  }

  private RunCommand checkpoint(ApproveRequest request) {
    require(!request.getDecline(), "decline", "a phase's checkpoint is left closed instead");
    try {
      PhaseId phase = new PhaseId(request.getPhase());
      return read(() ->
          new RunCommand.ApproveCheckpoint(
              phase, request.getName(), request.getBy(), request.getNote()));
    } catch (IllegalArgumentException e) {
      throw Statuses.invalid("phase", String.valueOf(e.getMessage()));
    }
  }

  static RunCommand answer(AnswerBlockerRequest request) {
    ChangeReader reader = new ChangeReader();
    reader.text("blocker", request.getBlocker(), MAX_NAME);
    reader.name("text", request.getText(), MAX_TEXT);
    reader.text("by", request.getBy(), MAX_NAME);
    return reader.onTask(
        request.getTask(),
        new TaskCommand.AnswerBlocker(request.getBlocker(), request.getText(), request.getBy()));
  }

  /** Of the merge queue. */
  static RunCommand merges(ChangeMergesRequest request) {
    ChangeReader reader = new ChangeReader();
    String by = request.getBy();
    reader.text("by", by, MAX_NAME);
    return switch (request.getChangeCase()) {
      case HOLD -> {
        String reason = request.getHold().getReason();
        reader.text("hold.reason", reason, MAX_TEXT);
        yield reader.read(() -> new RunCommand.HoldMerges(reason, by));
      }
      case RELEASE -> reader.read(() -> new RunCommand.ReleaseMerges(by));
      case REORDER -> {
        List<TaskId> first =
            request.getReorder().getFirstList().stream().map(ChangeReader::task).toList();
        reader.require(
            first.size() <= MAX_NAME, "reorder.first", "expected at most " + MAX_NAME + " tasks");
        yield reader.read(() -> new RunCommand.ReorderMerges(first, by));
      }
      case DROP -> {
        String note = request.getDrop().getNote();
        reader.text("drop.note", note, MAX_TEXT);
        yield reader.onTask(request.getDrop().getTask(), new TaskCommand.Drop(by, note));
      }
      case RETRY -> {
        String reason = request.getRetry().getReason();
        reader.text("retry.reason", reason, MAX_TEXT);
        yield reader.read(
            () -> new RunCommand.OnTask(Integration.TASK, new TaskCommand.Retry(reason)));
      }
      case CHANGE_NOT_SET ->
          throw Statuses.invalid("change", "expected hold, release, reorder, drop or retry");
    };
  }

  static TaskId task(String task) {
    try {
      return new TaskId(task);
    } catch (IllegalArgumentException e) {
      throw Statuses.invalid("task", String.valueOf(e.getMessage()));
    }
  }

  private RunCommand onTask(String task, TaskCommand command) {
    TaskId id = task(task);
    return read(() -> new RunCommand.OnTask(id, command));
  }

  private RunCommand read(Supplier<RunCommand> command) {
    if (!problems.isEmpty()) {
      throw Statuses.invalid(problems);
    }
    return command.get();
  }

  private void name(String field, String text) {
    name(field, text, MAX_NAME);
  }

  private void name(String field, String text, int limit) {
    require(!text.isEmpty(), field, "expected one, was empty");
    text(field, text, limit);
  }

  private void text(String field, String text, int limit) {
    require(
        text.length() <= limit && text.indexOf('\0') < 0,
        field,
        "expected at most " + limit + " characters, none of them NUL");
  }

  private void require(boolean holds, String field, String expected) {
    if (!holds) {
      problems.add(new FieldProblem(field, expected));
    }
  }
}
