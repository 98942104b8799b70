package dev.makespan.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.makespan.core.analysis.CriticalPath;
import dev.makespan.core.analysis.PlannedTask;
import dev.makespan.core.graph.TaskGraph;
import dev.makespan.core.plan.Plan;
import dev.makespan.core.plan.Role;
import dev.makespan.core.schedule.Solution;
import java.time.Duration;
import java.util.Map;

/** A schedule for programs; all times in seconds. */
final class SolutionJson {

  private SolutionJson() {}

  static ObjectNode of(Plan plan, Map<Role, Integer> pools, Solution solution, long seed) {
    ObjectNode node = Json.object();
    node.put("plan", plan.name());
    Json.putSeconds(node, "makespanSeconds", Duration.ofMillis(solution.schedule().makespan()));
    Json.putSeconds(node, "lowerBoundSeconds", Duration.ofMillis(solution.bound().value()));
    node.put("lowerBoundReason", solution.bound().reason());
    node.put("gapPercent", SolutionText.gapPercent(solution));
    node.put("optimal", solution.isOptimal());
    node.put("schedules", solution.schedules());
    node.put("seed", seed);
    ObjectNode slots = node.putObject("pools");
    pools.forEach((role, count) -> slots.put(role.value(), count));
    ArrayNode tasks = node.putArray("tasks");
    CriticalPath path = CriticalPath.of(TaskGraph.of(plan));
    for (PlannedTask task : PlannedTask.of(plan, path, solution.schedule())) {
      ObjectNode one = tasks.addObject().put("task", task.task().value());
      Json.putSeconds(one, "startSeconds", task.start());
      Json.putSeconds(one, "finishSeconds", task.finish());
      one.put("slot", task.slot());
    }
    return node;
  }
}
