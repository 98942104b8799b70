package dev.makespan.bench.dispatch;

import dev.makespan.bench.BenchMain;
import dev.makespan.bench.Machine;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Starts the suite as processes, puts it under load, and tells how fast it dispatches. */
@Command(
    name = "dispatch",
    header = "Measures the suite under load, through the whole path.",
    description = {
      "Starts PostgreSQL, the planner, the scheduler and the gateway as processes of their own, and agents in this"
          + " one that answer at once; every task passes through all of them, and every commit is durable.",
      "Figures: tasks (independent ones), layers (two needs each), latency, start, growth, streams, queues (bare"
          + " queues on the same PostgreSQL as a yardstick). Default: all of them."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false)
@SuppressWarnings("NullAway.Init") // picocli fills the fields
public final class DispatchBench implements Callable<Integer> {

  private static final Logger GRPC_LOG = Logger.getLogger("io.grpc");

  @Spec CommandSpec spec;

  @Parameters(
      arity = "0..*",
      paramLabel = "FIGURE",
      description = "${COMPLETION-CANDIDATES}. Default: all.")
  @Nullable List<Figure> figures;

  @Mixin DispatchOptions options;

  @Option(
      names = "--output",
      defaultValue = "text",
      paramLabel = "FORMAT",
      description = "text or json.")
  BenchMain.Output output;

  /** What can be measured, in the order in which it is. */
  enum Figure {
    TASKS,
    LAYERS,
    LATENCY,
    START,
    GROWTH,
    STREAMS,
    QUEUES
  }

  @Override
  public Integer call() throws InterruptedException {
    options.check();
    GRPC_LOG.setLevel(Level.OFF);
    // What a yardstick logs is no result.
    System.setProperty("slf4j.internal.verbosity", "ERROR");
    Path project = Path.of(System.getProperty("makespan.project", ".")).toAbsolutePath();
    Machine machine = Machine.here();
    Set<Figure> chosen = new LinkedHashSet<>(figures == null ? List.of(Figure.values()) : figures);
    PrintWriter err = spec.commandLine().getErr();
    err.println("starting the suite …");
    err.flush();
    List<Readings> sheets = new ArrayList<>();
    sayFirst(machine);
    try (Rig rig = Rig.start(project, options.portBase, options.jvms())) {
      new Series(rig, options, project, err, sheet -> say(sheet, sheets)).measure(chosen);
    }
    sayLast(machine, sheets);
    return 0;
  }

  /** People see each figure when it is there, programs get a whole document. */
  private void say(Readings sheet, List<Readings> sheets) {
    sheets.add(sheet);
    if (output == BenchMain.Output.TEXT) {
      print(sheet.text());
    }
  }

  private void sayFirst(Machine machine) {
    if (output == BenchMain.Output.TEXT) {
      print(machine.text());
    }
  }

  private void sayLast(Machine machine, List<Readings> sheets) {
    if (output == BenchMain.Output.JSON) {
      print(
          "{\"machine\":%s,\"sheets\":[%s]}"
              .formatted(
                  machine.json(),
                  sheets.stream().map(Readings::json).collect(Collectors.joining(","))));
    }
  }

  private void print(String text) {
    PrintWriter out = spec.commandLine().getOut();
    out.println(text);
    out.flush();
  }
}
