package dev.makespan.core.dispatch;

import dev.makespan.core.plan.FileAccess;
import dev.makespan.core.plan.Role;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The ready tasks of a run that wait for files or resources, so that nobody walks over them. Those
 * that want the same access with the same role stand in one list: while its first can't have it,
 * none can. When what blocks a list ends, its first task alone is tried again, and the next one
 * only after that has left.
 */
final class Waits {

  private static final int NONE = TaskHeap.NONE;

  private final TaskHeap.Before order;
  private final TaskHeap.Places places;
  private final IntConsumer wake;
  private final Map<Key, WaitList> lists = new LinkedHashMap<>();
  private final Map<Obstacle.Cause, List<WaitList>> blocked = new LinkedHashMap<>();
  private final Map<Integer, WaitList> awake = new LinkedHashMap<>();
  private final Map<Integer, WaitList> parked = new LinkedHashMap<>();
  private final TaskHeap longest;

  /** What the tasks of a list have in common. */
  private sealed interface Key {}

  private record FileKey(FileAccess wanted, Role role) implements Key {}

  private record ResourceKey(String resource, int units, Role role) implements Key {}

  /** Of a task that shares files with single others, so that it has a list of its own. */
  private record OwnKey(int task) implements Key {}

  private static final class WaitList {
    private final Key key;
    private final TaskHeap tasks;
    private int awake = NONE;
    private Obstacle.@Nullable Cause cause;

    WaitList(Key key, TaskHeap tasks) {
      this.key = key;
      this.tasks = tasks;
    }
  }

  /** {@code wake}: takes a task that is to be tried again. */
  Waits(TaskOrder order, TaskHeap.Places places, int size, IntConsumer wake) {
    this.order = order::before;
    this.places = places;
    this.wake = wake;
    this.longest = new TaskHeap(order::waitsLonger, new TaskHeap.Places(size));
  }

  /**
   * The task that has waited longest, of the highest class; {@link TaskHeap#NONE}: nobody waits.
   */
  int longestWaiting() {
    return longest.first();
  }

  boolean isParked(int task) {
    return parked.containsKey(task);
  }

  /** A task was tried and is blocked. It stands in no heap. */
  void park(int task, Role role, Obstacle obstacle, boolean alone) {
    WaitList list = listOf(alone ? new OwnKey(task) : keyOf(obstacle, role));
    list.tasks.add(task);
    longest.add(task);
    parked.put(task, list);
    block(list, obstacle.cause());
    WaitList before = awake.remove(task);
    if (before != null) {
      before.awake = NONE;
      if (before != list) {
        wakeNext(before);
      }
    }
  }

  private static Key keyOf(Obstacle obstacle, Role role) {
    return switch (obstacle) {
      case Obstacle.Locked b -> new FileKey(b.wanted(), role);
      case Obstacle.Scarce b -> new ResourceKey(b.resource(), b.units(), role);
    };
  }

  private WaitList listOf(Key key) {
    return lists.computeIfAbsent(key, k -> new WaitList(k, new TaskHeap(order, places)));
  }

  /** What blocked it before counts no more: it is tried again when this one ends. */
  private void block(WaitList list, Obstacle.Cause cause) {
    if (!cause.equals(list.cause)) {
      list.cause = cause;
      blocked.computeIfAbsent(cause, _ -> new ArrayList<>(1)).add(list);
    }
  }

  /** What lists waited for has ended: their first tasks are tried again. */
  void open(Obstacle.Cause cause) {
    if (blocked.isEmpty()) {
      return;
    }
    List<WaitList> waiting = blocked.remove(cause);
    if (waiting != null) {
      for (WaitList list : waiting) {
        if (cause.equals(list.cause)) {
          list.cause = null;
          wakeNext(list);
        }
      }
    }
  }

  /** As {@link #open}, for those that wait for a resource. */
  void openResources(Obstacle.Cause cause) {
    if (blocked.isEmpty()) {
      return;
    }
    List<WaitList> waiting = blocked.get(cause);
    if (waiting == null) {
      return;
    }
    for (WaitList list : List.copyOf(waiting)) {
      if (list.key instanceof ResourceKey && cause.equals(list.cause)) {
        waiting.remove(list);
        list.cause = null;
        wakeNext(list);
      }
    }
  }

  private void wakeNext(WaitList list) {
    if (list.awake != NONE) {
      return;
    }
    if (list.tasks.isEmpty()) {
      lists.remove(list.key, list);
      return;
    }
    int task = list.tasks.first();
    unpark(task);
    list.awake = task;
    awake.put(task, list);
    wake.accept(task);
  }

  /** Takes a waiting task out, to try it whatever its list waits for. */
  void wake(int task) {
    WaitList list = unpark(task);
    if (list.tasks.isEmpty() && list.awake == NONE) {
      lists.remove(list.key, list);
    }
    wake.accept(task);
  }

  private WaitList unpark(int task) {
    WaitList list = parked.remove(task);
    if (list == null) {
      throw new IllegalStateException("task " + task + " does not wait");
    }
    list.tasks.remove(task);
    longest.remove(task);
    return list;
  }

  /** A task is not ready any more, or its turn to be tried again has passed: the next one's. */
  void leave(int task) {
    if (lists.isEmpty()) {
      return;
    }
    if (parked.containsKey(task)) {
      WaitList list = unpark(task);
      if (list.tasks.isEmpty() && list.awake == NONE) {
        lists.remove(list.key, list);
      }
    }
    WaitList list = awake.remove(task);
    if (list != null) {
      list.awake = NONE;
      wakeNext(list);
    }
  }
}
