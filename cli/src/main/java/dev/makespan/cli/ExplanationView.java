package dev.makespan.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.makespan.proto.run.v1.Explanation;
import dev.makespan.proto.run.v1.Reason;
import dev.makespan.proto.run.v1.RoleAgents;
import dev.makespan.proto.run.v1.TaskExplanation;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/** Why tasks are not running, for people and for programs. */
final class ExplanationView {

  private ExplanationView() {}

  static String text(Explanation explanation) {
    StringBuilder text = new StringBuilder();
    text.append(
        "Run %d is %s%n".formatted(explanation.getRunId(), States.name(explanation.getState())));
    for (RoleAgents role : explanation.getRolesList()) {
      text.append(
          "  %s: %s, %d of %s free%n"
              .formatted(
                  role.getRole(),
                  Texts.count(role.getAgents(), "agent"),
                  role.getFree(),
                  Texts.count(role.getSlots(), "slot")));
    }
    if (explanation.getTasksCount() == 0) {
      return text.append("nothing waits").toString();
    }
    for (TaskExplanation task : explanation.getTasksList()) {
      text.append(
          "%n%s is %s%s%n"
              .formatted(
                  task.getTask(), States.name(task.getState()), earliest(explanation, task)));
      task.getReasonsList()
          .forEach(reason -> text.append("  - ").append(reason.getText()).append('\n'));
    }
    if (explanation.getTasksLeftOut() > 0) {
      text.append("\nand ").append(explanation.getTasksLeftOut()).append(" more\n");
    }
    return text.toString().stripTrailing();
  }

  private static String earliest(Explanation explanation, TaskExplanation task) {
    if (!task.hasEarliestStartTime()) {
      return "";
    }
    Instant now = Protos.instant(explanation.getExplainTime());
    Duration left = Duration.between(now, Protos.instant(task.getEarliestStartTime()));
    return left.isPositive()
        ? ", and can start in %s at the earliest".formatted(Texts.duration(left))
        : ", and can start at any moment";
  }

  static ObjectNode json(Explanation explanation) {
    ObjectNode node = Json.object();
    node.put("run", explanation.getRunId());
    node.put("state", States.name(explanation.getState()));
    node.put("time", Protos.instant(explanation.getExplainTime()).toString());
    ArrayNode tasks = node.putArray("tasks");
    explanation.getTasksList().forEach(task -> put(tasks.addObject(), task));
    node.put("tasksLeftOut", explanation.getTasksLeftOut());
    ArrayNode roles = node.putArray("roles");
    for (RoleAgents role : explanation.getRolesList()) {
      roles
          .addObject()
          .put("role", role.getRole())
          .put("agents", role.getAgents())
          .put("slots", role.getSlots())
          .put("free", role.getFree());
    }
    return node;
  }

  private static void put(ObjectNode node, TaskExplanation task) {
    node.put("task", task.getTask());
    node.put("state", States.name(task.getState()));
    if (task.hasEarliestStartTime()) {
      node.put("earliestStartTime", Protos.instant(task.getEarliestStartTime()).toString());
    }
    ArrayNode reasons = node.putArray("reasons");
    task.getReasonsList().forEach(reason -> put(reasons.addObject(), reason));
  }

  private static void put(ObjectNode node, Reason reason) {
    String kind = reason.getKind().name().replace("REASON_KIND_", "");
    node.put("kind", kind.toLowerCase(Locale.ROOT).replace('_', '-'));
    node.put("text", reason.getText());
    if (reason.hasExpectedTime()) {
      node.put("expectedTime", Protos.instant(reason.getExpectedTime()).toString());
    }
    put(node, "task", reason.getTask());
    put(node, "milestone", reason.getMilestone());
    put(node, "phase", reason.getPhase());
    put(node, "path", reason.getPath());
    put(node, "agent", reason.getAgent());
    put(node, "role", reason.getRole());
    put(node, "resource", reason.getResource());
    put(node, "blocker", reason.getBlocker());
    put(node, "budget", reason.getBudget());
    if (reason.hasSinceTime()) {
      node.put("sinceTime", Protos.instant(reason.getSinceTime()).toString());
    }
    if (reason.hasLeaseTime()) {
      node.put("leaseTime", Protos.instant(reason.getLeaseTime()).toString());
    }
    if (reason.getGatesCount() > 0) {
      ArrayNode gates = node.putArray("gates");
      reason.getGatesList().forEach(gates::add);
    }
  }

  private static void put(ObjectNode node, String name, String value) {
    if (!value.isEmpty()) {
      node.put(name, value);
    }
  }
}
