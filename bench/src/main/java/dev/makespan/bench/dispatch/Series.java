package dev.makespan.bench.dispatch;

import dev.makespan.bench.dispatch.DispatchBench.Figure;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;

/** The chosen figures, one after the other, on one suite. */
final class Series {

  /** Figures that have agents of their own, or none. */
  private static final List<Figure> ALONE = List.of(Figure.STREAMS, Figure.QUEUES);

  private final Rig rig;
  private final DispatchOptions options;
  private final Path project;
  private final PrintWriter err;
  private final Consumer<Readings> reader;
  private double tasksPerSecond = Double.NaN;

  Series(
      Rig rig, DispatchOptions options, Path project, PrintWriter err, Consumer<Readings> reader) {
    this.rig = rig;
    this.options = options;
    this.project = project;
    this.err = err;
    this.reader = reader;
  }

  void measure(Set<Figure> chosen) throws InterruptedException {
    reader.accept(suite());
    Set<Figure> working = new LinkedHashSet<>(chosen);
    working.removeAll(ALONE);
    if (!working.isEmpty()) {
      measureWorking(working);
    }
    for (Figure figure : ALONE) {
      if (chosen.contains(figure)) {
        say(figure);
        reader.accept(without(figure));
      }
    }
  }

  private Readings suite() {
    Readings readings = new Readings("the suite");
    readings.fact("JVMs", options.jvms().shown());
    readings.fact("PostgreSQL", rig.durability());
    readings.fact(
        "agents",
        "%d with %d slots each on %d connections"
            .formatted(options.sessions, options.slots, options.connections));
    return readings;
  }

  private void measureWorking(Set<Figure> working) throws InterruptedException {
    try (AgentFleet fleet =
        AgentFleet.open(
            rig.gatewayPort(), "agent", options.sessions, options.slots, options.connections)) {
      warmUp(fleet);
      for (Figure figure : Figure.values()) {
        if (working.contains(figure)) {
          say(figure);
          reader.accept(with(fleet, figure));
        }
      }
      if (!fleet.trouble().isEmpty()) {
        Readings readings = new Readings("trouble");
        readings.fact("agents", fleet.trouble());
        reader.accept(readings);
      }
    }
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
      case GROWTH ->
          new GrowthFigure(rig, fleet, Duration.ofSeconds(options.growthSeconds))
              .measure(options.sizes);
      case STREAMS, QUEUES -> throw new IllegalArgumentException(figure + " has its own agents");
    };
  }

  private Readings without(Figure figure) throws InterruptedException {
    return figure == Figure.STREAMS
        ? new StreamsFigure(rig, options.time()).measure(options.streams, options.streamConnections)
        : new QueuesFigure(rig, project.resolve("bench/target/graphile-worker"))
            .measure(options.jobs, options.repeat, tasksPerSecond);
  }
}
