package dev.makespan.bench.dispatch;

import dev.makespan.bench.BenchMain;
import dev.makespan.bench.Machine;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
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
    List<Readings> sheets;
    try (Rig rig = Rig.start(project, options.portBase, options.jvms())) {
      sheets = new Series(rig, options, project, err).measure(chosen);
    }
    spec.commandLine().getOut().println(shown(machine, sheets));
    return 0;
  }

  private String shown(Machine machine, List<Readings> sheets) {
    return switch (output) {
      case TEXT ->
          machine.text()
              + "\n"
              + sheets.stream().map(Readings::text).collect(Collectors.joining("\n"));
      case JSON ->
          "{\"machine\":%s,\"sheets\":[%s]}"
              .formatted(
                  machine.json(),
                  sheets.stream().map(Readings::json).collect(Collectors.joining(",")));
    };
  }

  /** The chosen figures, one after the other, on one suite. */
  private static final class Series {

    private final Rig rig;
    private final DispatchOptions options;
    private final Path project;
    private final PrintWriter err;
    private final List<Readings> sheets = new ArrayList<>();
    private double tasksPerSecond = Double.NaN;

    Series(Rig rig, DispatchOptions options, Path project, PrintWriter err) {
      this.rig = rig;
      this.options = options;
      this.project = project;
      this.err = err;
    }

    List<Readings> measure(Set<Figure> chosen) throws InterruptedException {
      Readings rigFacts = new Readings("the suite");
      rigFacts.fact("JVMs", options.jvms().shown());
      rigFacts.fact("PostgreSQL", rig.durability());
      rigFacts.fact(
          "agents",
          "%d with %d slots each on %d connections"
              .formatted(options.sessions, options.slots, options.connections));
      sheets.add(rigFacts);
      Set<Figure> working = new LinkedHashSet<>(chosen);
      working.removeAll(Set.of(Figure.STREAMS, Figure.QUEUES));
      if (!working.isEmpty()) {
        try (AgentFleet fleet =
            AgentFleet.open(
                rig.gatewayPort(), "agent", options.sessions, options.slots, options.connections)) {
          warmUp(fleet);
          for (Figure figure : Figure.values()) {
            if (working.contains(figure)) {
              say(figure);
              sheets.add(with(fleet, figure));
            }
          }
          if (!fleet.trouble().isEmpty()) {
            rigFacts.fact("trouble", fleet.trouble());
          }
        }
      }
      for (Figure figure : List.of(Figure.STREAMS, Figure.QUEUES)) {
        if (chosen.contains(figure)) {
          say(figure);
          sheets.add(without(figure));
        }
      }
      return sheets;
    }

    /** A small run, so that nobody measures how classes are loaded. */
    private void warmUp(AgentFleet fleet) throws InterruptedException {
      LoadPlan plan = LoadPlan.layered("warm-up", Math.min(2_000, options.tasks), 2, options.seed);
      rig.planner()
          .upload(plan)
          .ifPresent(refusal -> {
            throw new IllegalStateException(refusal);
          });
      WorkedRun.of(rig, fleet, plan, options.time());
    }

    private void say(Figure figure) {
      err.println("measuring " + figure.name().toLowerCase(Locale.ROOT) + " …");
      err.flush();
    }

    private Readings with(AgentFleet fleet, Figure figure) throws InterruptedException {
      ThroughputFigure throughput = new ThroughputFigure(rig, fleet, options.time());
      return switch (figure) {
        case TASKS -> {
          Readings readings =
              throughput.measure(
                  "independent tasks",
                  name -> LoadPlan.independent(name, options.tasks),
                  Reading.Goal.atLeast(3_000, 8_000),
                  options.warmups,
                  options.repeat);
          tasksPerSecond = readings.median("finished");
          yield readings;
        }
        case LAYERS ->
            throughput.measure(
                "layered tasks",
                name -> LoadPlan.layered(name, options.tasks, options.width, options.seed),
                Reading.Goal.atLeast(2_000, 6_000),
                options.warmups,
                options.repeat);
        case LATENCY ->
            new LatencyFigure(rig, fleet, options.rate, options.time())
                .measure(options.sessions * options.slots, options.repeat);
        case START ->
            new GrowthFigure(rig, fleet, options.time()).start(options.startTasks, options.repeat);
        case GROWTH -> new GrowthFigure(rig, fleet, options.time()).measure(options.sizes);
        case STREAMS, QUEUES -> throw new IllegalArgumentException(figure + " has its own agents");
      };
    }

    private Readings without(Figure figure) throws InterruptedException {
      return figure == Figure.STREAMS
          ? new StreamsFigure(rig, options.time())
              .measure(options.streams, options.streamConnections)
          : new QueuesFigure(rig, project.resolve("bench/target/graphile-worker"))
              .measure(options.jobs, options.repeat, tasksPerSecond);
    }
  }
}
