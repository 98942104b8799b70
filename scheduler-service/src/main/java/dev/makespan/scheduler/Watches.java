package dev.makespan.scheduler;

import dev.makespan.core.run.RunEvent;
import dev.makespan.core.task.RunId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Who watches which live run, and how far each run's durable events go. Of the shard's thread. */
final class Watches {

  private final Map<RunId, Long> positions = new LinkedHashMap<>();
  private final Map<RunId, List<Watch>> watches = new LinkedHashMap<>();

  /** A live run whose events are durable up to {@code position}. */
  void live(RunId run, long position) {
    positions.put(run, position);
  }

  /** Adds a watch of what comes after the answered position; null: the run is not live. */
  @Nullable Long add(Watch watch) {
    Long position = positions.get(watch.run());
    if (position != null) {
      watches.computeIfAbsent(watch.run(), _ -> new ArrayList<>()).add(watch);
    }
    return position;
  }

  /** Events of one step that have become durable, in their order. */
  void publish(List<RunEvent> events) {
    int from = 0;
    for (int i = 1; i <= events.size(); i++) {
      if (i == events.size() || !events.get(i).run().equals(events.get(from).run())) {
        publishOne(events.get(from).run(), events.subList(from, i));
        from = i;
      }
    }
  }

  private void publishOne(RunId run, List<RunEvent> events) {
    RunEvent last = events.getLast();
    positions.put(run, last.position());
    List<Watch> watching = watches.get(run);
    if (watching != null) {
      watching.removeIf(watch -> !watch.add(events));
    }
    if (last.change() instanceof RunEvent.RunFinished) {
      positions.remove(run);
      watches.remove(run);
    }
  }

  void endAll() {
    watches.values().forEach(all -> all.forEach(Watch::end));
    watches.clear();
    positions.clear();
  }
}
