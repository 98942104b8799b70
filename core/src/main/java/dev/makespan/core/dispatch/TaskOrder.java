package dev.makespan.core.dispatch;

import dev.makespan.core.plan.Dispatching;
import dev.makespan.core.plan.Priority;
import dev.makespan.core.run.Run;
import dev.makespan.core.run.Tails;
import java.time.Instant;
import java.util.Arrays;
import java.util.BitSet;

/**
 * Which task of a run goes before which: priority class, then what the plan's policy says, then
 * first come. By number of task; the run with its plan's order is the last word.
 */
final class TaskOrder {

  private final Priority[] classes;
  private final long[] keys;
  private final long[] sinceNanos;
  private final BitSet promoted = new BitSet();

  TaskOrder(Run run) {
    int size = run.places();
    this.classes = new Priority[size];
    this.sinceNanos = new long[size];
    for (int i = 0; i < size; i++) {
      classes[i] = run.task(i).placement().priority();
    }
    this.keys = keys(run);
  }

  private static long[] keys(Run run) {
    Dispatching.Policy policy = run.spec().plan().dispatching().policy();
    return switch (policy) {
      case SLACK -> negated(Arrays.copyOf(Tails.of(run.spec().plan()), run.places()));
      case SHORTEST_FIRST -> durations(run);
      case FIRST_COME -> new long[run.places()];
    };
  }

  private static long[] negated(long[] tails) {
    for (int i = 0; i < tails.length; i++) {
      tails[i] = -tails[i];
    }
    return tails;
  }

  private static long[] durations(Run run) {
    long[] durations = new long[run.places()];
    for (int i = 0; i < durations.length; i++) {
      durations[i] = run.task(i).duration().toMillis();
    }
    return durations;
  }

  /** It is ready since then. */
  void ready(int task, Instant since) {
    sinceNanos[task] = Nanos.of(since);
    promoted.clear(task);
  }

  /** Its turn has come: it goes before all of its class. Never while it stands in a heap. */
  void promote(int task) {
    promoted.set(task);
  }

  void demote(int task) {
    promoted.clear(task);
  }

  Priority classOf(int task) {
    return classes[task];
  }

  /** Who is started first when both may start. */
  boolean before(int one, int other) {
    if (classes[one] != classes[other]) {
      return classes[one].compareTo(classes[other]) < 0;
    }
    boolean turn = promoted.get(one);
    if (turn != promoted.get(other)) {
      return turn;
    }
    if (keys[one] != keys[other]) {
      return keys[one] < keys[other];
    }
    if (sinceNanos[one] != sinceNanos[other]) {
      return sinceNanos[one] < sinceNanos[other];
    }
    return one < other;
  }

  /** Who has waited longer, of the higher class first. */
  boolean waitsLonger(int one, int other) {
    if (classes[one] != classes[other]) {
      return classes[one].compareTo(classes[other]) < 0;
    }
    if (sinceNanos[one] != sinceNanos[other]) {
      return sinceNanos[one] < sinceNanos[other];
    }
    if (keys[one] != keys[other]) {
      return keys[one] < keys[other];
    }
    return one < other;
  }
}
