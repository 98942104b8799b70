package dev.makespan.bench;

import dev.makespan.core.schedule.Project;
import dev.makespan.core.schedule.ScheduleCheck;
import dev.makespan.core.schedule.Search;
import dev.makespan.core.schedule.Solution;
import dev.makespan.core.schedule.Solver;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
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
  private static final long SCHEDULES_PER_MILLI = 1_000;

  private static final int MAX_MILLIS = 3_600_000;
  private static final int MAX_THREADS = 1_024;

  /** Either is given. */
  static final class Limit {
    @Option(names = "--schedules", paramLabel = "N", description = "Schedules per instance.")
    @Nullable Integer schedules;

    @Option(
        names = "--millis",
        paramLabel = "N",
        description = "Time per instance, proofs included.")
    @Nullable Integer millis;

    void check() {
      if (schedules != null) {
        Settings.inRange("--schedules", schedules, 1, Search.MAX_SCHEDULES);
      }
      if (millis != null) {
        Settings.inRange("--millis", millis, 1, MAX_MILLIS);
      }
    }

    Search search(long seed, @Nullable Long proofSteps) {
      long wanted =
          schedules != null ? schedules : (millis == null ? 1L : millis) * SCHEDULES_PER_MILLI;
      Search search = new Search(seed, (int) Math.min(Search.MAX_SCHEDULES, wanted));
      long steps = proofSteps != null ? proofSteps : schedules != null ? 0 : search.proofSteps();
      return new Search(seed, search.schedules(), search.islands(), steps);
    }

    boolean isOver(long beganNanos) {
      return millis != null && System.nanoTime() - beganNanos > Duration.ofMillis(millis).toNanos();
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

  @Option(
      names = "--proof-steps",
      paramLabel = "N",
      description =
          "Most steps of a proof by search. Default: none under --schedules, so that schedules are"
              + " all that was spent; what searches have under --millis.")
  @Nullable Long proofSteps;

  @Option(names = "--threads", defaultValue = "1", description = "Default: ${DEFAULT-VALUE}.")
  int threads;

  @Option(names = "--output", defaultValue = "text", description = "text or json.")
  BenchMain.Output output;

  @Override
  public Integer call() throws Exception {
    checkOptions();
    Machine machine = Machine.here();
    List<BestKnown> instancesKnown = BestKnown.read(best, instances);
    List<Future<Measured>> running = new ArrayList<>();
    try (ExecutorService pool = Executors.newFixedThreadPool(threads)) {
      for (BestKnown known : instancesKnown) {
        running.add(pool.submit(() -> measure(known)));
      }
    }
    List<Measured> measured = new ArrayList<>();
    for (Future<Measured> one : running) {
      measured.add(resultOf(one));
    }
    Summary summary = Summary.of(measured);
    spec.commandLine()
        .getOut()
        .println(output == BenchMain.Output.JSON ? summary.json(machine) : summary.text(machine));
    return 0;
  }

  private void checkOptions() {
    Settings.isFolder("--instances", instances);
    Settings.isFile("--best", best);
    Settings.inRange("--threads", threads, 1, MAX_THREADS);
    if (proofSteps != null) {
      Settings.inRange("--proof-steps", proofSteps, 0, Long.MAX_VALUE);
    }
    limit.check();
  }

  private static Measured resultOf(Future<Measured> running) throws Exception {
    try {
      return running.get();
    } catch (ExecutionException failed) {
      if (failed.getCause() instanceof IOException unreadable) {
        throw unreadable;
      }
      throw failed;
    }
  }

  private Measured measure(BestKnown known) throws Exception {
    Project project = PsplibFile.read(known.in(instances));
    long began = System.nanoTime();
    Solution solution =
        Solver.solve(project, limit.search(seed, proofSteps), () -> limit.isOver(began));
    long nanos = System.nanoTime() - began;
    List<String> violations = ScheduleCheck.violations(project, solution.schedule().starts());
    if (!violations.isEmpty()) {
      throw new IllegalStateException(known.instance() + ": " + violations.getFirst());
    }
    known.requireBound(solution.bound().value());
    return new Measured(
        known,
        solution.schedule().makespan(),
        Measured.Proof.of(solution),
        solution.schedules(),
        nanos / 1e6);
  }
}
