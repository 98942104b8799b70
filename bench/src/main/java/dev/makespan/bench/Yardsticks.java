package dev.makespan.bench;

import dev.makespan.core.schedule.Project;
import dev.makespan.core.schedule.ScheduleCheck;
import java.time.Duration;
import java.util.List;
import java.util.ServiceLoader;

/** The yardsticks that were built in. */
final class Yardsticks {

  private Yardsticks() {}

  static Yardstick named(String name) {
    List<Yardstick> all =
        ServiceLoader.load(Yardstick.class).stream().map(ServiceLoader.Provider::get).toList();
    return all.stream()
        .filter(yardstick -> yardstick.name().equals(name))
        .findFirst()
        .orElseThrow(() ->
            new BenchProblem(
                "--yardstick: expected one that was built in, which are %s, was '%s'; ./makespan bench builds cp-sat when it is asked for it"
                    .formatted(all.stream().map(Yardstick::name).toList(), name)));
  }

  /** Its schedule beside ours, checked as ours is. */
  static Comparison.Pair measured(
      Yardstick yardstick, Project project, Duration limit, long seed, Measured ours) {
    long began = System.nanoTime();
    Yardstick.Found found = solved(yardstick, project, limit, seed);
    double millis = (System.nanoTime() - began) / 1e6;
    if (!found.starts().isEmpty()) {
      List<String> violations =
          ScheduleCheck.violations(
              project, found.starts().stream().mapToLong(Long::longValue).toArray());
      if (!violations.isEmpty()) {
        throw new IllegalStateException(
            "%s, %s: %s"
                .formatted(yardstick.name(), ours.known().instance(), violations.getFirst()));
      }
    }
    long theirs = found.makespan(project);
    if (found.isProven() && theirs > ours.makespan()) {
      throw new IllegalStateException(
          "%s, %s: expected nothing below its proven %d, was %d"
              .formatted(yardstick.name(), ours.known().instance(), theirs, ours.makespan()));
    }
    return new Comparison.Pair(
        ours.known().criticalPath(), ours.makespan(), theirs, found.isProven(), millis);
  }

  private static Yardstick.Found solved(
      Yardstick yardstick, Project project, Duration limit, long seed) {
    try {
      return yardstick.solve(project, limit, seed);
    } catch (LinkageError | RuntimeException noLibrary) {
      throw new BenchProblem(
          "--yardstick: %s cannot be used on this machine: %s"
              .formatted(yardstick.name(), noLibrary));
    }
  }
}
