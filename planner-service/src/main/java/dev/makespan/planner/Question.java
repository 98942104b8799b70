package dev.makespan.planner;

import dev.makespan.core.schedule.Overheads;
import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * What can be asked about a stored plan. Numbers that are 0 stand for a default until {@link
 * QuestionCheck} has filled it in; after that two questions are the same when they are equal.
 */
public sealed interface Question {

  /** Role → slots; roles left out keep the plan's pools. */
  Map<String, Integer> pools();

  /** How long may be computed; zero: as long as it takes. */
  default Duration timeLimit() {
    return Duration.ZERO;
  }

  /** Everything that an analysis says. */
  record Analysis(Map<String, Integer> pools) implements Question {
    public Analysis {
      pools = sorted(pools);
    }
  }

  /**
   * A short schedule.
   *
   * @param seed 0: 1
   * @param schedules how many to try; 0: by the size of the plan, or what the time lets
   */
  record Schedule(Map<String, Integer> pools, long seed, long schedules, Duration timeLimit)
      implements Question {
    public Schedule {
      pools = sorted(pools);
    }
  }

  /**
   * The makespan by the number of agents.
   *
   * @param role whose agents are varied; empty: all roles that tasks have
   * @param mostAgents 0: a default
   * @param seed 0: 1
   * @param schedules how many to try for each number of agents; 0: by the size of the plan
   */
  record Curve(
      Map<String, Integer> pools,
      String role,
      int mostAgents,
      long seed,
      long schedules,
      Duration merge,
      double conflictChance,
      double rework)
      implements Question {
    public Curve {
      pools = sorted(pools);
    }

    Overheads overheads() {
      return new Overheads(merge, conflictChance, rework);
    }
  }

  /**
   * When the plan will be done.
   *
   * @param seed 0: 1
   * @param schedules how many to try for the schedule that is sampled; 0: by the size of the plan
   * @param samples 0: a default
   */
  record Forecast(
      Map<String, Integer> pools,
      long seed,
      long schedules,
      int samples,
      double roleCorrelation,
      double assumedBest,
      double assumedWorst)
      implements Question {
    public Forecast {
      pools = sorted(pools);
    }
  }

  /** Sorted, so that equal questions read the same. */
  private static Map<String, Integer> sorted(Map<String, Integer> pools) {
    return Collections.unmodifiableMap(new TreeMap<>(pools));
  }
}
