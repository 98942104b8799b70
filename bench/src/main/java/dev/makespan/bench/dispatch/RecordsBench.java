package dev.makespan.bench.dispatch;

import dev.makespan.bench.BenchMain;
import dev.makespan.bench.Machine;
import dev.makespan.bench.Settings;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Starts the suite as processes, writes logs and artifacts, and tells what is kept how fast. */
@Command(
    name = "records",
    header = "Measures logs and artifacts through the whole path.",
    description = {
      "Starts the suite as processes of their own and writers in this one: logs as fast as one gateway keeps them,"
          + " the dispatch with and without logs beside it, and one large artifact up and down."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false)
@SuppressWarnings("NullAway.Init") // picocli fills the fields
public final class RecordsBench implements Callable<Integer> {

  private static final Logger GRPC_LOG = Logger.getLogger("io.grpc");
  private static final String DEFAULT = " Default: ${DEFAULT-VALUE}.";

  /** Agents of the dispatch beside the logs, with so many slots each. */
  private static final int SESSIONS = 100;

  private static final int SLOTS = 10;
  private static final int CONNECTIONS = 10;
  private static final int WARM_UP_TASKS = 2_000;

  @Spec CommandSpec spec;

  @Option(
      names = "--seconds",
      defaultValue = "10",
      paramLabel = "N",
      description = "Of each repetition of logs and of dispatch." + DEFAULT)
  int seconds;

  @Option(
      names = "--repeat",
      defaultValue = "3",
      paramLabel = "N",
      description = "Repetitions of each figure." + DEFAULT)
  int repeat;

  @Option(
      names = "--logs",
      defaultValue = "8",
      paramLabel = "N",
      description = "That are written at the same time." + DEFAULT)
  int logs;

  @Option(
      names = "--rate",
      defaultValue = "500",
      paramLabel = "N",
      description = "Tasks that become ready per second beside the logs." + DEFAULT)
  int rate;

  @Option(
      names = "--artifact",
      defaultValue = "1024",
      paramLabel = "MIB",
      description = "Size of the artifact." + DEFAULT)
  int artifact;

  @Option(
      names = "--heap",
      defaultValue = "1024",
      paramLabel = "MIB",
      description = "Of the planner and of the scheduler, each." + DEFAULT)
  int heap;

  @Option(
      names = "--gateway-heap",
      defaultValue = "256",
      paramLabel = "MIB",
      description = "Of the gateway." + DEFAULT)
  int gatewayHeap;

  @Option(
      names = "--port-base",
      defaultValue = "27500",
      paramLabel = "PORT",
      description = "First of the suite's ports." + DEFAULT)
  int portBase;

  @Option(
      names = "--profile",
      paramLabel = "DIR",
      description = "Leave a flight recording of each service there.")
  @Nullable Path profile;

  @Option(
      names = "--output",
      defaultValue = "text",
      paramLabel = "FORMAT",
      description = "text or json.")
  BenchMain.Output output;

  @Override
  public Integer call() throws InterruptedException {
    check();
    GRPC_LOG.setLevel(Level.OFF);
    Path project = Path.of(System.getProperty("makespan.project", ".")).toAbsolutePath();
    Machine machine = Machine.here();
    say("starting the suite …");
    if (output == BenchMain.Output.TEXT) {
      print(machine.text());
    }
    List<Readings> sheets = new ArrayList<>();
    RigJvms jvms = new RigJvms(heap, gatewayHeap, profile);
    try (Rig rig = Rig.start(project, portBase, jvms);
        AgentFleet writers = AgentFleet.open(rig.gatewayPort(), "writer", logs, 1, logs)) {
      Readings suite = new Readings("the suite");
      suite.fact("JVMs", jvms.shown());
      add(suite, sheets);
      measure(rig, writers, sheets);
    }
    if (output == BenchMain.Output.JSON) {
      print(
          "{\"machine\":%s,\"sheets\":[%s]}"
              .formatted(
                  machine.json(),
                  sheets.stream().map(Readings::json).collect(Collectors.joining(","))));
    }
    return 0;
  }

  private void check() {
    Settings.inRange("--seconds", seconds, 2, 600);
    Settings.inRange("--repeat", repeat, 1, 10);
    Settings.inRange("--logs", logs, 1, 1_000);
    Settings.inRange("--rate", rate, 1, 10_000);
    Settings.inRange("--artifact", artifact, 1, 4_096);
    Settings.inRange("--heap", heap, 256, 65_536);
    Settings.inRange("--gateway-heap", gatewayHeap, 64, 65_536);
    Settings.inRange("--port-base", portBase, 1_024, 65_000);
  }

  private void measure(Rig rig, AgentFleet writers, List<Readings> sheets)
      throws InterruptedException {
    List<Holders.Held> held = Holders.of(rig, writers, "writers");
    Duration time = Duration.ofSeconds(seconds);
    LogsFigure figure = new LogsFigure(rig, held, time);
    // First, since memory that logs have taken would hide what the artifact takes.
    say("measuring the artifact …");
    add(new ArtifactsFigure(rig, held.getFirst(), artifact).measure(repeat), sheets);
    say("measuring logs …");
    add(figure.throughput(repeat), sheets);
    try (AgentFleet agents =
        AgentFleet.open(rig.gatewayPort(), "agent", SESSIONS, SLOTS, CONNECTIONS)) {
      say("measuring dispatch beside logs …");
      LoadPlan warmUp = LoadPlan.independent("warm-up", WARM_UP_TASKS);
      rig.planner()
          .upload(warmUp)
          .ifPresent(refusal -> {
            throw new IllegalStateException(refusal);
          });
      WorkedRun.of(rig, agents, warmUp, time);
      LatencyFigure latency = new LatencyFigure(rig, agents, rate, time);
      add(figure.beside(latency, SESSIONS * SLOTS, repeat), sheets);
    }
    if (!writers.trouble().isEmpty()) {
      throw new IllegalStateException("writers were not left alone: " + writers.trouble());
    }
  }

  /** People see each figure when it is there, programs get a whole document. */
  private void add(Readings sheet, List<Readings> sheets) {
    sheets.add(sheet);
    if (output == BenchMain.Output.TEXT) {
      print(sheet.text());
    }
  }

  private void print(String text) {
    PrintWriter out = spec.commandLine().getOut();
    out.println(text);
    out.flush();
  }

  private void say(String text) {
    PrintWriter err = spec.commandLine().getErr();
    err.println(text);
    err.flush();
  }
}
