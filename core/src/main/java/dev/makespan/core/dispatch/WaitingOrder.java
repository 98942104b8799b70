package dev.makespan.core.dispatch;

import dev.makespan.core.plan.Need;
import dev.makespan.core.plan.Phase;
import dev.makespan.core.plan.PhaseId;
import dev.makespan.core.plan.Plan;
import dev.makespan.core.plan.TaskId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The tasks of a plan and the ends of its closing phases, each after all that it waits for. Node
 * {@code i} is the task with this number, node {@code tasks + p} the end of phase {@code p}.
 */
final class WaitingOrder {

  static final int NONE = -1;

  private final Plan plan;
  private final int tasks;
  private final int[] gateBefore;
  private final List<List<Integer>> before = new ArrayList<>();
  private final List<Integer> nodes = new ArrayList<>();

  private WaitingOrder(Plan plan) {
    this.plan = plan;
    this.tasks = plan.tasks().size();
    this.gateBefore = new int[tasks];
    for (int n = 0; n < tasks + plan.phases().size(); n++) {
      before.add(new ArrayList<>(2));
    }
  }

  static WaitingOrder of(Plan plan) {
    WaitingOrder order = new WaitingOrder(plan);
    order.connectNeeds();
    order.connectPhases();
    order.sort();
    return order;
  }

  List<Integer> nodes() {
    return nodes;
  }

  /** The phase whose end a task waits for; {@link #NONE}: it waits for none. */
  int gateBefore(int task) {
    return gateBefore[task];
  }

  List<Integer> waitedFor(int node) {
    return before.get(node);
  }

  private void connectNeeds() {
    Map<TaskId, Integer> index = LinkedHashMap.newLinkedHashMap(tasks);
    for (int i = 0; i < tasks; i++) {
      index.put(plan.tasks().get(i).id(), i);
    }
    for (int i = 0; i < tasks; i++) {
      for (Need need : plan.tasks().get(i).needs()) {
        Integer needed = index.get(need.task());
        if (needed != null) {
          before.get(i).add(needed);
        }
      }
    }
  }

  private void connectPhases() {
    Map<PhaseId, Integer> numbers = new LinkedHashMap<>();
    int[] gateOf = new int[plan.phases().size()];
    int gate = NONE;
    for (int p = 0; p < gateOf.length; p++) {
      numbers.put(plan.phases().get(p).id(), p);
      gateOf[p] = gate;
      if (isClosing(plan.phases().get(p))) {
        if (gate != NONE) {
          before.get(tasks + p).add(tasks + gate);
        }
        gate = p;
      }
    }
    for (int i = 0; i < tasks; i++) {
      Integer phase = numberOf(plan.tasks().get(i).placement().phase(), numbers);
      gateBefore[i] = phase == null ? NONE : gateOf[phase];
      if (gateBefore[i] != NONE) {
        before.get(i).add(tasks + gateBefore[i]);
      }
      if (phase != null && isClosing(plan.phases().get(phase))) {
        before.get(tasks + phase).add(i);
      }
    }
  }

  private static @Nullable Integer numberOf(@Nullable PhaseId phase, Map<PhaseId, Integer> of) {
    return phase == null ? null : of.get(phase);
  }

  private static boolean isClosing(Phase phase) {
    return phase.keepsLaterOnesWaiting();
  }

  private void sort() {
    int[] open = new int[before.size()];
    List<List<Integer>> after = new ArrayList<>();
    before.forEach(_ -> after.add(new ArrayList<>(2)));
    for (int n = 0; n < open.length; n++) {
      open[n] = before.get(n).size();
      for (int earlier : before.get(n)) {
        after.get(earlier).add(n);
      }
      if (open[n] == 0) {
        nodes.add(n);
      }
    }
    for (int i = 0; i < nodes.size(); i++) {
      for (int later : after.get(nodes.get(i))) {
        if (--open[later] == 0) {
          nodes.add(later);
        }
      }
    }
  }
}
