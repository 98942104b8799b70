package dev.makespan.planner;

import dev.makespan.core.analysis.PlanAnalysis;
import dev.makespan.core.plan.Plan;
import dev.makespan.core.plan.Role;
import dev.makespan.core.schedule.Search;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Analyses of plans, the latest remembered: a live run's report asks for the same one again and
 * again. An analysis is a pure function of its key, so remembering changes nothing but the time.
 */
public final class Analyses {

  /** Schedules made for a plan of {@value #TASKS_OF_FULL_SEARCH} tasks or less: as any analysis. */
  static final int MAX_SCHEDULES = Search.DEFAULT.schedules();

  static final int MIN_SCHEDULES = 20;
  static final int TASKS_OF_FULL_SEARCH = 100;

  /** Remembered at most. */
  static final int MAX_REMEMBERED = 16;

  /** Larger plans are not remembered: 16 of them would fill the heap. */
  static final int MAX_REMEMBERED_TASKS = 10_000;

  private static final long SEED = 1;

  private record Key(Plan plan, Map<Role, Integer> pools) {}

  private final Computation computation;
  private final Map<Key, PlanAnalysis> remembered = new LinkedHashMap<>(16, 0.75f, true);

  Analyses(Computation computation) {
    this.computation = computation;
  }

  /** Blocks; refused when too many analyses wait already. */
  Answer<PlanAnalysis> of(Plan plan, Map<Role, Integer> pools) {
    Key key = new Key(plan, pools);
    PlanAnalysis known = recall(key);
    if (known != null) {
      return Answer.of(known);
    }
    return computation
        .run(() -> PlanAnalysis.of(plan, pools, searchFor(plan)))
        .map(analysis -> remember(key, analysis));
  }

  /** The work of a search grows with schedules times tasks; large plans get fewer schedules. */
  static Search searchFor(Plan plan) {
    int tasks = Math.max(plan.tasks().size(), TASKS_OF_FULL_SEARCH);
    int schedules = (int) ((long) MAX_SCHEDULES * TASKS_OF_FULL_SEARCH / tasks);
    return new Search(SEED, Math.max(schedules, MIN_SCHEDULES));
  }

  private @Nullable PlanAnalysis recall(Key key) {
    synchronized (remembered) {
      return remembered.get(key);
    }
  }

  private PlanAnalysis remember(Key key, PlanAnalysis analysis) {
    if (key.plan().tasks().size() > MAX_REMEMBERED_TASKS) {
      return analysis;
    }
    synchronized (remembered) {
      remembered.put(key, analysis);
      if (remembered.size() > MAX_REMEMBERED) {
        remembered.remove(remembered.keySet().iterator().next());
      }
    }
    return analysis;
  }
}
