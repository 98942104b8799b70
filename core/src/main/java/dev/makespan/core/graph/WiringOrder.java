package dev.makespan.core.graph;

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
import java.util.function.IntToLongFunction;

/**
 * Every stub as a point, in an order in which what feeds a producer is wired before it. Points of a
 * circle can't be ordered so: they follow each other by when both sides are done, and name it.
 */
public final class WiringOrder {

  private final Plan plan;
  private final IntToLongFunction finish;
  private final Map<TaskId, Integer> places = new LinkedHashMap<>();
  private final List<List<Integer>> consumers = new ArrayList<>();
  private final List<List<Integer>> producers = new ArrayList<>();

  private WiringOrder(Plan plan, IntToLongFunction finish) {
    this.plan = plan;
    this.finish = finish;
    for (Task task : plan.tasks()) {
      places.put(task.id(), places.size());
      consumers.add(new ArrayList<>());
      producers.add(new ArrayList<>());
    }
  }

  /**
   * A stub to wire when both sides are done.
   *
   * @param stub of the consumer, against the producer
   * @param circle tasks that wait for each other in a circle, the consumer first and the producer
   *     last; empty: none
   */
  public record Point(TaskId producer, TaskId consumer, Stub stub, List<TaskId> circle) {
    public Point {
      circle = List.copyOf(circle);
    }
  }

  private record Place(int producer, int consumer, Stub stub) {}

  /**
   * The stubs of a plan.
   *
   * @param finish when the task at a place in the plan is done, in any unit
   */
  public static List<Point> of(Plan plan, IntToLongFunction finish) {
    return new WiringOrder(plan, finish).points();
  }

  private List<Point> points() {
    List<Place> points = new ArrayList<>();
    for (int consumer = 0; consumer < plan.tasks().size(); consumer++) {
      for (Stub stub : plan.tasks().get(consumer).stubs()) {
        int producer = places.getOrDefault(stub.task(), consumer);
        points.add(new Place(producer, consumer, stub));
        consumers.get(producer).add(consumer);
        producers.get(consumer).add(producer);
      }
    }
    if (points.isEmpty()) {
      return List.of();
    }
    int[] component = Components.of(consumers, producers);
    points.sort(
        Comparator.<Place>comparingInt(point -> component[point.producer()])
            .thenComparingInt(point -> component[point.consumer()])
            .thenComparingLong(this::bothDone)
            .thenComparingInt(Place::producer)
            .thenComparingInt(Place::consumer));
    return points.stream()
        .map(point ->
            new Point(
                id(point.producer()),
                id(point.consumer()),
                point.stub(),
                component[point.producer()] == component[point.consumer()]
                    ? circle(point)
                    : List.of()))
        .toList();
  }

  private TaskId id(int task) {
    return plan.tasks().get(task).id();
  }

  private long bothDone(Place point) {
    return Math.max(finish.applyAsLong(point.producer()), finish.applyAsLong(point.consumer()));
  }

  /** The shortest way from the consumer back to the producer, which the point closes. */
  private List<TaskId> circle(Place point) {
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
      way.add(id(v));
    }
    way.add(id(point.consumer()));
    return way.reversed();
  }
}
