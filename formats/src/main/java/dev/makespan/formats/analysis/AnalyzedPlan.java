package dev.makespan.formats.analysis;

import dev.makespan.core.analysis.CriticalPath;
import dev.makespan.core.analysis.PlanAnalysis;
import dev.makespan.core.finding.PlanReview;
import dev.makespan.core.graph.TaskGraph;
import dev.makespan.core.plan.Plan;
import dev.makespan.core.plan.PlanPart;
import dev.makespan.core.plan.Position;
import dev.makespan.core.plan.Role;
import dev.makespan.core.plan.TaskId;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * A plan with all that was found out about it: what every outer form is made from.
 *
 * @param pools slots of each role that the analysis was made for
 * @param fileName of the plan, as its author knows it
 * @param places where a part stands in that file; empty: not known
 */
public record AnalyzedPlan(
    Plan plan,
    Map<Role, Integer> pools,
    PlanAnalysis analysis,
    PlanReview review,
    String fileName,
    Function<PlanPart, Optional<Position>> places) {

  public AnalyzedPlan {
    pools = new LinkedHashMap<>(pools);
  }

  /** One longest chain of needs, from its first task to its last. */
  List<TaskId> criticalPath() {
    return Arrays.stream(CriticalPath.of(TaskGraph.of(plan)).path())
        .mapToObj(task -> plan.tasks().get(task).id())
        .toList();
  }

  /** Critical tasks beside that chain. */
  List<TaskId> alsoCritical(List<TaskId> path) {
    Set<TaskId> onPath = new LinkedHashSet<>(path);
    return analysis.criticalTasks().stream().filter(task -> !onPath.contains(task)).toList();
  }

  /** Whether some remedies win time together. */
  boolean hasProposal() {
    return !review.proposal().applied().isEmpty();
  }

  /** {@code plan.yaml:17:5}; the file alone where the line is not known. */
  String placeOf(PlanPart part) {
    return places
        .apply(part)
        .map(at -> fileName + ":" + at.line() + ":" + at.column())
        .orElse(fileName);
  }
}
