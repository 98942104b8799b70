package dev.makespan.bench;

import dev.makespan.core.schedule.LowerBound;
import dev.makespan.core.schedule.Project;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Counts how many best known results our own bounds prove, and how long that takes. */
@Command(
    name = "bounds",
    description = "Counts how many best known results own bounds alone prove to be optimal.",
    mixinStandardHelpOptions = true)
@SuppressWarnings("NullAway.Init") // picocli fills the fields
final class BoundsBench implements Callable<Integer> {

  private static final double LIMIT_MILLIS = 1;

  @Spec CommandSpec spec;

  @Option(names = "--instances", required = true, description = "Folder of .sm files.")
  Path instances;

  @Option(names = "--best", required = true, description = "CSV of the best known results.")
  Path best;

  @Mixin Repetitions repetitions;

  @Option(names = "--output", defaultValue = "text", description = "text or json.")
  BenchMain.Output output;

  /** A bound and the median of the times that it took. */
  private record Timed(boolean proven, double millis) {}

  @Override
  public Integer call() throws Exception {
    repetitions.check();
    Settings.isFolder("--instances", instances);
    Settings.isFile("--best", best);
    Machine machine = Machine.here();
    List<BestKnown> all = BestKnown.read(best, instances);
    List<Project> projects = new ArrayList<>();
    for (BestKnown known : all) {
      if (!known.isKnown()) {
        throw new BenchProblem(
            best + ": expected the best known of '" + known.instance() + "', was nothing");
      }
      projects.add(PsplibFile.read(known.in(instances)));
    }
    String text = printed(machine, measured(all, projects));
    spec.commandLine().getOut().println(text);
    return 0;
  }

  /** Whole rounds over all instances, so that none is measured before the others have run. */
  private List<Timed> measured(List<BestKnown> all, List<Project> projects) {
    double[][] millis = new double[all.size()][repetitions.repeat];
    boolean[] proven = new boolean[all.size()];
    for (int round = -repetitions.warmups; round < repetitions.repeat; round++) {
      for (int i = 0; i < proven.length; i++) {
        long began = System.nanoTime();
        LowerBound bound = LowerBound.of(projects.get(i), all.get(i).makespan());
        double took = (System.nanoTime() - began) / 1e6;
        all.get(i).requireBound(bound.value());
        proven[i] = bound.value() == all.get(i).makespan();
        if (round >= 0) {
          millis[i][round] = took;
        }
      }
    }
    List<Timed> timed = new ArrayList<>();
    for (int i = 0; i < proven.length; i++) {
      Arrays.sort(millis[i]);
      timed.add(new Timed(proven[i], millis[i][repetitions.repeat / 2]));
    }
    return timed;
  }

  private String printed(Machine machine, List<Timed> timed) {
    long proven = timed.stream().filter(Timed::proven).count();
    long quickly = timed.stream().filter(t -> t.proven() && t.millis() <= LIMIT_MILLIS).count();
    double mean = timed.stream().mapToDouble(Timed::millis).average().orElse(0);
    double max = timed.stream().mapToDouble(Timed::millis).max().orElse(0);
    return output == BenchMain.Output.JSON
        ? String.format(
            Locale.ROOT,
            "{\"machine\":%s,\"instances\":%d,\"provenByBounds\":%d,\"withinOneMilli\":%d,"
                + "\"meanMillis\":%.4f,\"maxMillis\":%.4f}",
            machine.json(),
            timed.size(),
            proven,
            quickly,
            mean,
            max)
        : String.format(
            Locale.ROOT,
            """
            %s
            instances            %d
            proven by own bounds %d, within 1 ms %d
            time                 %.3f ms on average, %.3f at most (median of %d each)\
            """,
            machine.text(),
            timed.size(),
            proven,
            quickly,
            mean,
            max,
            repetitions.repeat);
  }
}
