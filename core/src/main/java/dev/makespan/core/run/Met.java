package dev.makespan.core.run;

import dev.makespan.core.task.TaskState;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Counts the needs that one event meets, per task that has them. */
final class Met {

  private final Run run;
  private final Map<Integer, Integer> counts = new LinkedHashMap<>();

  Met(Run run) {
    this.run = run;
  }

  void add(int task) {
    counts.merge(task, 1, Integer::sum);
  }

  /** The waiting tasks whose needs are all met with these. */
  List<Integer> complete() {
    List<Integer> complete = new ArrayList<>();
    counts.forEach((task, met) -> {
      boolean waiting = run.life(task).state() instanceof TaskState.Waiting;
      if (waiting && run.openNeeds(task) == met) {
        complete.add(task);
      }
    });
    return complete;
  }
}
