package dev.makespan.planner.wire;

import com.google.protobuf.Timestamp;
import dev.makespan.core.plan.Role;
import dev.makespan.core.run.RunState;
import dev.makespan.planner.ObservedExplanation;
import dev.makespan.proto.run.v1.Explanation;
import dev.makespan.proto.run.v1.Reason;
import dev.makespan.proto.run.v1.RoleAgents;
import dev.makespan.proto.run.v1.TaskExplanation;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An explanation in the form in which the scheduler sent it. */
public record WireExplanation(Explanation message) implements ObservedExplanation {

  /** The message of an explanation; every one of this service is one of these. */
  public static Explanation toProto(ObservedExplanation explanation) {
    return ((WireExplanation) explanation).message();
  }

  @Override
  public long runId() {
    return message.getRunId();
  }

  @Override
  public RunState state() {
    return RunProto.fromProto(message.getState());
  }

  @Override
  public Instant at() {
    return Times.fromProto(message.getExplainTime());
  }

  @Override
  public List<ExplainedTask> tasks() {
    return message.getTasksList().stream().map(WireExplanation::task).toList();
  }

  @Override
  public int tasksLeftOut() {
    return message.getTasksLeftOut();
  }

  @Override
  public Map<Role, AgentCount> roles() {
    Map<Role, AgentCount> roles = new LinkedHashMap<>();
    for (RoleAgents role : message.getRolesList()) {
      roles.put(
          new Role(role.getRole()),
          new AgentCount(role.getAgents(), role.getSlots(), role.getFree()));
    }
    return roles;
  }

  private static ExplainedTask task(TaskExplanation task) {
    return new ExplainedTask(
        task.getTask(),
        name(task.getState().name(), "TASK_STATE_"),
        task.getReasonsList().stream().map(WireExplanation::reason).toList(),
        at(task.hasEarliestStartTime(), task.getEarliestStartTime()));
  }

  private static ExplainedReason reason(Reason reason) {
    return new ExplainedReason(
        name(reason.getKind().name(), "REASON_KIND_"),
        reason.getText(),
        at(reason.hasExpectedTime(), reason.getExpectedTime()),
        facts(reason));
  }

  private static Map<String, Object> facts(Reason reason) {
    Map<String, Object> facts = new LinkedHashMap<>();
    put(facts, "task", reason.getTask());
    put(facts, "milestone", reason.getMilestone());
    put(facts, "phase", reason.getPhase());
    put(facts, "path", reason.getPath());
    put(facts, "agent", reason.getAgent());
    put(facts, "role", reason.getRole());
    put(facts, "resource", reason.getResource());
    put(facts, "blocker", reason.getBlocker());
    if (reason.getGatesCount() > 0) {
      facts.put("gates", List.copyOf(reason.getGatesList()));
    }
    if (reason.hasSinceTime()) {
      facts.put("sinceTime", Times.fromProto(reason.getSinceTime()));
    }
    if (reason.hasLeaseTime()) {
      facts.put("leaseTime", Times.fromProto(reason.getLeaseTime()));
    }
    putCounts(facts, reason);
    return facts;
  }

  private static void putCounts(Map<String, Object> facts, Reason reason) {
    switch (reason.getKind()) {
      case REASON_KIND_PHASE_CLOSED -> facts.put("openTasks", reason.getOpenTasks());
      case REASON_KIND_RESOURCE_SHORT -> {
        facts.put("wanted", reason.getWanted());
        facts.put("free", reason.getFree());
        facts.put("capacity", reason.getCapacity());
      }
      case REASON_KIND_NO_AGENT -> {
        facts.put("connected", reason.getConnected());
        facts.put("busy", reason.getBusy());
        facts.put("resting", reason.getResting());
        facts.put("draining", reason.getDraining());
        facts.put("silent", reason.getSilent());
        facts.put("paused", reason.getPaused());
      }
      case REASON_KIND_BUDGET -> {
        facts.put("budget", reason.getBudget());
        facts.put("used", reason.getUsed());
        facts.put("limit", reason.getLimit());
      }
      case REASON_KIND_MERGE -> {
        facts.put("position", reason.getPosition());
        facts.put("waiting", reason.getWaiting());
        facts.put("integrators", reason.getIntegrators());
      }
      default -> {}
    }
  }

  private static void put(Map<String, Object> facts, String name, String value) {
    if (!value.isEmpty()) {
      facts.put(name, value);
    }
  }

  private static @Nullable Instant at(boolean isSet, Timestamp time) {
    return isSet ? Times.fromProto(time) : null;
  }

  private static String name(String constant, String prefix) {
    return constant.replace(prefix, "").toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
