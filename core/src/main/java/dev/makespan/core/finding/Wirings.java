package dev.makespan.core.finding;

import dev.makespan.core.graph.WiringOrder;
import dev.makespan.core.plan.Level;
import dev.makespan.core.plan.PlanPart;
import dev.makespan.core.plan.TaskId;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;

/** WIRING: stubs have to be wired when both sides are done; circles among them are named. */
final class Wirings implements Finder {

  @Override
  public List<Finding> find(Scope scope) {
    List<PlanReview.WiringPoint> points = points(scope);
    if (points.isEmpty()) {
      return List.of();
    }
    LinkedHashSet<TaskId> tasks = new LinkedHashSet<>();
    List<Evidence> evidence = new ArrayList<>();
    for (PlanReview.WiringPoint point : points) {
      tasks.add(point.producer());
      tasks.add(point.consumer());
      evidence.add(
          new Evidence(
              new PlanPart.OfStub(point.consumer(), point.producer()),
              "%d. %s to %s via %s"
                  .formatted(point.order(), point.producer(), point.consumer(), point.via())));
    }
    List<String> circles =
        points.stream()
            .filter(point -> !point.circle().isEmpty())
            .map(point -> point.circle().stream().sorted().toList())
            .distinct()
            .map(Sentence::names)
            .toList();
    return List.of(
        new Finding(
            "wiring:" + scope.plan().name(),
            FindingKind.WIRING,
            circles.isEmpty() ? Level.LOW : Level.MEDIUM,
            Confidence.CERTAIN,
            title(points.size(), circles),
            List.copyOf(tasks),
            evidence,
            List.of()));
  }

  /** Every stub, in the order in which they are to be wired. */
  static List<PlanReview.WiringPoint> points(Scope scope) {
    List<PlanReview.WiringPoint> points = new ArrayList<>();
    for (WiringOrder.Point point : WiringOrder.of(scope.plan(), task -> finish(scope, task))) {
      points.add(
          new PlanReview.WiringPoint(
              points.size() + 1,
              point.producer(),
              point.consumer(),
              point.stub().via(),
              point.circle()));
    }
    return points;
  }

  private static long finish(Scope scope, int task) {
    return scope.solution().schedule().start(task) + scope.graph().duration(task);
  }

  private static String title(int points, List<String> circles) {
    String wire = points == 1 ? "One stub has to be wired" : points + " stubs have to be wired";
    return circles.isEmpty()
        ? wire + ", in the order that is told."
        : "%s; in a circle, which only both sides together can test: %s."
            .formatted(wire, String.join("; ", circles));
  }
}
