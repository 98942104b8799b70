package dev.makespan.core.finding;

import dev.makespan.core.plan.Plan;
import dev.makespan.core.plan.Stub;
import dev.makespan.core.plan.Task;
import dev.makespan.core.plan.TaskId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Every stub as a point, in an order in which what feeds a producer is wired before it. Points of a
 * circle can't be ordered so: they follow each other by when both sides are done, and name it.
 */
final class WiringOrder {

  private final Scope scope;
  private final Map<TaskId, Integer> places = new LinkedHashMap<>();
  private final List<List<Integer>> consumers = new ArrayList<>();
  private final List<List<Integer>> producers = new ArrayList<>();

  private WiringOrder(Scope scope) {
    this.scope = scope;
    for (Task task : scope.plan().tasks()) {
      places.put(task.id(), places.size());
      consumers.add(new ArrayList<>());
      producers.add(new ArrayList<>());
    }
  }

  private record Point(int producer, int consumer, String via) {}

  static List<PlanReview.WiringPoint> of(Scope scope) {
    return new WiringOrder(scope).points();
  }

  private List<PlanReview.WiringPoint> points() {
    List<Point> points = new ArrayList<>();
    Plan plan = scope.plan();
    for (int consumer = 0; consumer < plan.tasks().size(); consumer++) {
      for (Stub stub : plan.tasks().get(consumer).stubs()) {
        int producer = places.getOrDefault(stub.task(), consumer);
        points.add(new Point(producer, consumer, stub.via()));
        consumers.get(producer).add(consumer);
        producers.get(consumer).add(producer);
      }
    }
    int[] component = Components.of(consumers, producers);
    points.sort(
        Comparator.<Point>comparingInt(point -> component[point.producer()])
            .thenComparingInt(point -> component[point.consumer()])
            .thenComparingLong(this::bothDone)
            .thenComparingInt(Point::producer)
            .thenComparingInt(Point::consumer));
    List<PlanReview.WiringPoint> ordered = new ArrayList<>();
    for (Point point : points) {
      ordered.add(
          new PlanReview.WiringPoint(
              ordered.size() + 1,
              scope.id(point.producer()),
              scope.id(point.consumer()),
              point.via(),
              component[point.producer()] == component[point.consumer()]
                  ? circle(point)
                  : List.of()));
    }
    return ordered;
  }

  private long bothDone(Point point) {
    return Math.max(finish(point.producer()), finish(point.consumer()));
  }

  private long finish(int task) {
    return scope.solution().schedule().start(task) + scope.graph().duration(task);
  }

  /** The shortest way from the consumer back to the producer, which the point closes. */
  private List<TaskId> circle(Point point) {
    int[] from = new int[places.size()];
    Arrays.fill(from, -1);
    ArrayDeque<Integer> open = new ArrayDeque<>(List.of(point.consumer()));
    from[point.consumer()] = point.consumer();
    while (!open.isEmpty() && from[point.producer()] < 0) {
      int v = open.removeFirst();
      for (int w : consumers.get(v)) {
        if (from[w] < 0) {
          from[w] = v;
          open.addLast(w);
        }
      }
    }
    List<TaskId> way = new ArrayList<>();
    for (int v = point.producer(); v != point.consumer(); v = from[v]) {
      way.add(scope.id(v));
    }
    way.add(scope.id(point.consumer()));
    return way.reversed();
  }
}
