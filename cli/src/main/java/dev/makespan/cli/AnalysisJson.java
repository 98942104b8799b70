package dev.makespan.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.makespan.core.analysis.Hazard;
import dev.makespan.core.analysis.PlanAnalysis;
import dev.makespan.core.analysis.PlannedTask;
import dev.makespan.core.plan.Plan;
import dev.makespan.core.plan.Role;
import dev.makespan.core.plan.TaskId;
import java.util.List;
import java.util.Map;

/** An analysis for programs; all times in seconds. */
final class AnalysisJson {

  private AnalysisJson() {}

  static ObjectNode of(Plan plan, Map<Role, Integer> pools, PlanAnalysis analysis) {
    ObjectNode node = Json.object();
    node.put("plan", plan.name());
    Json.putSeconds(node, "sequentialSeconds", analysis.sequential());
    Json.putSeconds(node, "criticalPathSeconds", analysis.criticalPath());
    Json.putSeconds(node, "scheduleSeconds", analysis.schedule());
    Json.putSeconds(node, "lowerBoundSeconds", analysis.lowerBound());
    node.put("lowerBoundReason", analysis.lowerBoundReason());
    ObjectNode slots = node.putObject("pools");
    pools.forEach((role, count) -> slots.put(role.value(), count));
    putIds(node.putArray("criticalTasks"), analysis.criticalTasks());
    ArrayNode waves = node.putArray("waves");
    analysis.waves().forEach(wave -> putIds(waves.addArray(), wave));
    ArrayNode tasks = node.putArray("tasks");
    analysis.tasks().forEach(task -> put(tasks.addObject(), task));
    ArrayNode hazards = node.putArray("hazards");
    analysis.hazards().forEach(hazard -> put(hazards.addObject(), hazard));
    ArrayNode remarks = node.putArray("remarks");
    analysis.remarks().forEach(remarks::add);
    return node;
  }

  private static void put(ObjectNode node, PlannedTask task) {
    node.put("task", task.task().value());
    Json.putSeconds(node, "startSeconds", task.start());
    Json.putSeconds(node, "finishSeconds", task.finish());
    Json.putSeconds(node, "slackSeconds", task.slack());
    node.put("critical", task.critical());
    node.put("slot", task.slot());
  }

  private static void put(ObjectNode node, Hazard hazard) {
    node.put("path", hazard.path());
    node.put("kind", hazard.kind());
    putIds(node.putArray("tasks"), hazard.tasks());
    Json.putSeconds(node, "turnTakingCostSeconds", hazard.turnTakingCost());
  }

  private static void putIds(ArrayNode node, List<TaskId> ids) {
    ids.forEach(id -> node.add(id.value()));
  }
}
