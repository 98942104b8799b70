package dev.makespan.core.task;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The life of one task as the design tells it, in as few lines as that takes and without a look at
 * how {@link TaskRules} decides: words for states, numbers for counters, no history.
 */
final class TaskModel {

  static final int WORK_LIMIT = 3;
  static final int INFRA_LIMIT = 4;
  static final int GATE_LIMIT = 2;
  static final int YIELD_LIMIT = 5;

  private final boolean approval;
  private String state = "Waiting";
  private long live;
  private long highest;
  private int work;
  private int infra;
  private int gate;
  private int yields;
  private boolean commit;
  private boolean leftOut;
  private final List<String> open = new ArrayList<>();

  /** Attempts whose question is open or was answered. */
  private final Set<Long> known = new HashSet<>();

  private long asking;

  /** {@code approval}: a person has the last word on what was reported. */
  TaskModel(boolean approval) {
    this.approval = approval;
  }

  @Override
  public String toString() {
    return "%s live %d work %d infra %d gate %d yields %d open %s"
        .formatted(state, live, work, infra, gate, yields, open);
  }

  long live() {
    return live;
  }

  /** Changes what the command changes; whether it was accepted. */
  boolean take(TaskCommand command) {
    return switch (command) {
      case TaskCommand.MakeReady _ -> from("Waiting") && to("Ready");
      case TaskCommand.EndBackoff _ -> from("Backoff") && to("Ready");
      case TaskCommand.Skip _ -> from("Waiting") && to("Skipped");
      case TaskCommand.Lease c -> from("Ready") && c.fence() > highest && lease(c.fence());
      case TaskCommand.Accept c -> isLive(c.fence()) && started();
      case TaskCommand.Return c -> isLive(c.fence()) && from("Leased") && givenBack();
      case TaskCommand.ReachMilestone c -> isLive(c.fence()) && from("Running", "Held");
      case TaskCommand.Checkpoint c -> isLive(c.fence()) && from("Running", "Held");
      case TaskCommand.Use c -> isLive(c.fence()) && from("Running", "Held");
      case TaskCommand.HoldOverBudget c when c.fence() == 0 -> from("Backoff") && to("Held");
      case TaskCommand.HoldOverBudget c ->
          isLive(c.fence()) && from("Leased", "Running", "Held") && end("Held");
      case TaskCommand.GrantFiles c -> isLive(c.fence()) && from("Running", "Held");
      case TaskCommand.Succeed c -> isLive(c.fence()) && succeed(c);
      case TaskCommand.Land c -> isLive(c.fence()) && from("Integrating") && end("Done");
      case TaskCommand.Reject c -> isLive(c.fence()) && from("Integrating") && reject();
      case TaskCommand.Drop _ -> from("Integrating") && reject();
      case TaskCommand.Fail c -> isLive(c.fence()) && fail(c.retryable());
      case TaskCommand.Lose c -> isLive(c.fence()) && lose(true);
      case TaskCommand.TimeOut c -> isLive(c.fence()) && !from("Held") && lose(false);
      case TaskCommand.RaiseBlocker c -> raise(c);
      case TaskCommand.ConfirmCancel c ->
          isLive(c.fence()) && from("Cancelling") && end("Cancelled");
      case TaskCommand.Cancel _ -> cancel();
      case TaskCommand.Retry _ -> retry();
      case TaskCommand.LeaveOut _ -> leaveOut();
      case TaskCommand.Approve _ ->
          approval && (from("Done", "Integrating") || (from("Verifying") && accepted()));
      case TaskCommand.Decline _ -> approval && from("Verifying") && reject();
      case TaskCommand.AnswerBlocker c -> answer(c.blocker());
    };
  }

  private boolean from(String... states) {
    return List.of(states).contains(state);
  }

  private boolean to(String next) {
    state = next;
    return true;
  }

  private boolean end(String next) {
    live = 0;
    dropQuestions();
    return to(next);
  }

  /** Nobody waits for the answers any more; whoever asks again asks anew. */
  private void dropQuestions() {
    if (!open.isEmpty()) {
      known.remove(asking);
      open.clear();
    }
  }

  private boolean isLive(long fence) {
    return fence != 0 && fence == live;
  }

  private boolean lease(long fence) {
    live = fence;
    highest = fence;
    return to("Leased");
  }

  private boolean started() {
    return from("Running", "Held") || (from("Leased") && to("Running"));
  }

  private boolean givenBack() {
    yields++;
    if (yields < YIELD_LIMIT) {
      return end("Ready");
    }
    yields--;
    infra++;
    return end("Failed");
  }

  /** A commit waits for its merge; without one there is nothing to merge. */
  private boolean accepted() {
    dropQuestions();
    return commit ? to("Integrating") : end("Done");
  }

  private boolean succeed(TaskCommand.Succeed c) {
    if (from("Cancelling")) {
      return end("Cancelled");
    }
    if (!from("Leased", "Running", "Held")) {
      return false;
    }
    if (c.metrics().isEmpty()) {
      return reject();
    }
    commit = !c.delivery().commit().isEmpty();
    if (approval) {
      dropQuestions();
      return to("Verifying");
    }
    return accepted();
  }

  private boolean reject() {
    gate++;
    return end(gate < GATE_LIMIT ? "Backoff" : "Failed");
  }

  private boolean fail(boolean retryable) {
    if (from("Cancelling")) {
      return end("Cancelled");
    }
    if (!from("Leased", "Running", "Held")) {
      return false;
    }
    work++;
    return end(retryable && work < WORK_LIMIT ? "Backoff" : "Failed");
  }

  private boolean lose(boolean agent) {
    return switch (state) {
      case "Leased" -> givenBack();
      case "Cancelling" -> end("Cancelled");
      case "Held" -> {
        live = 0;
        yield true;
      }
      case "Running" -> {
        int charged = agent ? ++infra : ++work;
        yield end(charged < (agent ? INFRA_LIMIT : WORK_LIMIT) ? "Backoff" : "Failed");
      }
      default -> false;
    };
  }

  private boolean raise(TaskCommand.RaiseBlocker c) {
    if (known.contains(c.fence())) {
      return true;
    }
    if (!isLive(c.fence()) || !from("Leased", "Running", "Held")) {
      return false;
    }
    known.add(c.fence());
    asking = c.fence();
    open.add(c.blocker());
    if (!c.keep()) {
      live = 0;
    }
    return to("Held");
  }

  private boolean answer(String blocker) {
    if (!open.remove(blocker)) {
      return false;
    }
    if (open.isEmpty() && from("Held")) {
      to(live == 0 ? "Ready" : "Running");
    }
    return true;
  }

  private boolean cancel() {
    if (from("Cancelling", "Cancelled")) {
      return true;
    }
    if (from("Done", "Failed", "Skipped")) {
      return false;
    }
    boolean agentIsAtWork = from("Leased", "Running") || (from("Held") && live != 0);
    return agentIsAtWork ? to("Cancelling") : end("Cancelled");
  }

  private boolean retry() {
    if (from("Waiting", "Ready", "Leased", "Running")) {
      return true;
    }
    if (from("Backoff")) {
      return to("Ready");
    }
    boolean over = from("Failed", "Cancelled") || (from("Skipped") && !leftOut);
    if (!over && !(from("Held") && live == 0)) {
      return false;
    }
    work = 0;
    infra = 0;
    gate = 0;
    yields = 0;
    return end("Waiting");
  }

  private boolean leaveOut() {
    if (from("Skipped") && leftOut) {
      return true;
    }
    boolean idle = from("Waiting", "Ready", "Backoff", "Failed", "Cancelled", "Skipped");
    if (!idle && !(from("Held") && live == 0)) {
      return false;
    }
    leftOut = true;
    return end("Skipped");
  }
}
