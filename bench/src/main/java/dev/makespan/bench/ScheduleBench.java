package dev.makespan.bench;

import dev.makespan.core.schedule.Project;
import dev.makespan.core.schedule.ScheduleCheck;
import dev.makespan.core.schedule.Search;
import dev.makespan.core.schedule.Solution;
import dev.makespan.core.schedule.Solver;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Schedules all instances of a folder and compares with what is known of them. */
@Command(
    name = "schedule",
    description = "Schedules a folder of PSPLIB instances and compares with the best known.",
    mixinStandardHelpOptions = true)
@SuppressWarnings("NullAway.Init") // picocli fills the fields
final class ScheduleBench implements Callable<Integer> {

  /** More than one core makes in a millisecond: under a time limit only the clock ends a search. */
  private static final int SCHEDULES_PER_MILLI = 1_000;

  /** Either is given. */
  static final class Limit {
    @Option(names = "--schedules", description = "Schedules per instance.")
    int schedules;

    @Option(names = "--millis", description = "Time per instance.")
    int millis;

    Search search(long seed) {
      long wanted = schedules > 0 ? schedules : (long) millis * SCHEDULES_PER_MILLI;
      return new Search(seed, (int) Math.min(Search.MAX_SCHEDULES, wanted));
    }

    boolean isOver(long beganNanos) {
      return schedules == 0 && System.nanoTime() - beganNanos > Duration.ofMillis(millis).toNanos();
    }
  }

  @Spec CommandSpec spec;

  @Option(names = "--instances", required = true, description = "Folder of .sm files.")
  Path instances;

  @Option(names = "--best", required = true, description = "CSV of the best known results.")
  Path best;

  @ArgGroup(multiplicity = "1")
  Limit limit;

  @Option(names = "--seed", defaultValue = "1", description = "Default: ${DEFAULT-VALUE}.")
  long seed;

  @Option(names = "--threads", defaultValue = "1", description = "Default: ${DEFAULT-VALUE}.")
  int threads;

  @Option(names = "--output", defaultValue = "text", description = "text or json.")
  BenchMain.Output output;

  @Override
  public Integer call() throws Exception {
    List<Future<Measured>> running = new ArrayList<>();
    try (ExecutorService pool = Executors.newFixedThreadPool(threads)) {
      for (BestKnown known : BestKnown.read(best)) {
        running.add(pool.submit(() -> measure(known)));
      }
    }
    List<Measured> measured = new ArrayList<>();
    for (Future<Measured> one : running) {
      measured.add(one.get());
    }
    Summary summary = Summary.of(measured);
    spec.commandLine()
        .getOut()
        .println(output == BenchMain.Output.JSON ? summary.json() : summary.text());
    return 0;
  }

  private Measured measure(BestKnown known) throws Exception {
    Project project = PsplibFile.read(instances.resolve(known.instance() + ".sm"));
    long began = System.nanoTime();
    Solution solution = Solver.solve(project, limit.search(seed), () -> limit.isOver(began));
    long nanos = System.nanoTime() - began;
    List<String> violations = ScheduleCheck.violations(project, solution.schedule().starts());
    if (!violations.isEmpty()) {
      throw new IllegalStateException(known.instance() + ": " + violations.getFirst());
    }
    return new Measured(
        known,
        solution.schedule().makespan(),
        solution.isOptimal(),
        solution.schedules(),
        nanos / 1e6);
  }
}
