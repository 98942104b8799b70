package dev.makespan.bench;

import dev.makespan.core.schedule.Project;
import dev.makespan.core.schedule.ScheduleCheck;
import dev.makespan.core.schedule.Search;
import dev.makespan.core.schedule.Solution;
import dev.makespan.core.schedule.Solver;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
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

    /** Per instance; of no use without {@code --millis}. */
    Duration time() {
      return Duration.ofMillis(millis == null ? 0 : millis);
    }

    boolean isOver(long beganNanos) {
      return millis != null && System.nanoTime() - beganNanos > time().toNanos();
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

  @Option(
      names = "--yardstick",
      paramLabel = "NAME",
      description =
          "Another solver to print beside ours, with as much time: cp-sat (OR-Tools, one worker)."
              + " Needs --millis; its library of 30 MB is fetched when it is asked for.")
  @Nullable String yardstick;

  @Option(names = "--output", defaultValue = "text", description = "text or json.")
  BenchMain.Output output;

  @Override
  public Integer call() throws Exception {
    checkOptions();
    Yardstick beside = yardstick == null ? null : Yardsticks.named(yardstick);
    Machine machine = Machine.here();
    List<BestKnown> instancesKnown = BestKnown.read(best, instances);
    List<Future<Result>> running = new ArrayList<>();
    try (ExecutorService pool = Executors.newFixedThreadPool(threads)) {
      for (BestKnown known : instancesKnown) {
        running.add(pool.submit(() -> measure(known, beside)));
      }
    }
    List<Result> results = new ArrayList<>();
    for (Future<Result> one : running) {
      results.add(resultOf(one));
    }
    print(machine, results);
    return 0;
  }

  private void print(Machine machine, List<Result> results) {
    Summary summary = Summary.of(results.stream().map(Result::ours).toList());
    List<Comparison.Pair> pairs =
        results.stream().map(Result::pair).filter(Objects::nonNull).toList();
    Comparison comparison = yardstick == null ? null : Comparison.of(yardstick, pairs);
    PrintWriter out = spec.commandLine().getOut();
    if (output == BenchMain.Output.JSON) {
      out.println(summary.json(machine, comparison));
    } else {
      out.println(summary.text(machine));
      if (comparison != null) {
        out.println();
        out.println(comparison.text());
      }
    }
  }

  private void checkOptions() {
    Settings.isFolder("--instances", instances);
    Settings.isFile("--best", best);
    Settings.inRange("--threads", threads, 1, MAX_THREADS);
    if (proofSteps != null) {
      Settings.inRange("--proof-steps", proofSteps, 0, Long.MAX_VALUE);
    }
    limit.check();
    if (yardstick != null && limit.millis == null) {
      throw new BenchProblem("--yardstick: expected --millis beside it, was --schedules");
    }
  }

  private static Result resultOf(Future<Result> running) throws Exception {
    try {
      return running.get();
    } catch (ExecutionException failed) {
      if (failed.getCause() instanceof IOException unreadable) {
        throw unreadable;
      }
      if (failed.getCause() instanceof BenchProblem problem) {
        throw problem;
      }
      throw failed;
    }
  }

  /** One instance, and what the yardstick made of it. */
  private record Result(Measured ours, Comparison.@Nullable Pair pair) {}

  private Result measure(BestKnown known, @Nullable Yardstick beside) throws Exception {
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
    Measured ours =
        new Measured(
            known,
            solution.schedule().makespan(),
            Measured.Proof.of(solution),
            solution.schedules(),
            nanos / 1e6);
    return new Result(
        ours,
        beside == null ? null : Yardsticks.measured(beside, project, limit.time(), seed, ours));
  }
}
