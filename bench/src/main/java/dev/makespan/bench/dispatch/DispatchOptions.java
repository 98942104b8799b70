package dev.makespan.bench.dispatch;

import dev.makespan.bench.Settings;
import dev.makespan.cli.suite.Ports;
import dev.makespan.core.plan.PlanLimits;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What can be said about a load. */
@SuppressWarnings("NullAway.Init") // picocli fills the fields
final class DispatchOptions {

  private static final String DEFAULT = " Default: ${DEFAULT-VALUE}.";

  @Option(
      names = "--seconds",
      defaultValue = "15",
      paramLabel = "N",
      description =
          "At most so long for each repetition of a figure; what is not done is cancelled."
              + DEFAULT)
  int seconds;

  @Option(
      names = "--warmups",
      defaultValue = "1",
      paramLabel = "N",
      description = "Repetitions of tasks and layers that are not counted." + DEFAULT)
  int warmups;

  @Option(
      names = "--repeat",
      defaultValue = "3",
      paramLabel = "N",
      description = "Repetitions of each figure but growth and streams." + DEFAULT)
  int repeat;

  @Option(
      names = "--sessions",
      defaultValue = "100",
      paramLabel = "N",
      description = "Agents." + DEFAULT)
  int sessions;

  @Option(
      names = "--slots",
      defaultValue = "10",
      paramLabel = "N",
      description = "Of each agent." + DEFAULT)
  int slots;

  @Option(
      names = "--connections",
      defaultValue = "10",
      paramLabel = "N",
      description = "That the agents share." + DEFAULT)
  int connections;

  @Option(
      names = "--tasks",
      defaultValue = "30000",
      paramLabel = "N",
      description = "Of a run of tasks and of layers." + DEFAULT)
  int tasks;

  @Option(
      names = "--width",
      defaultValue = "1000",
      paramLabel = "N",
      description = "Of a layer." + DEFAULT)
  int width;

  @Option(
      names = "--rate",
      defaultValue = "500",
      paramLabel = "N",
      description = "Tasks that become ready per second, for latency." + DEFAULT)
  int rate;

  @Option(
      names = "--start-tasks",
      defaultValue = "100000",
      paramLabel = "N",
      description = "Of the run that is started." + DEFAULT)
  int startTasks;

  @Option(
      names = "--sizes",
      defaultValue = "1000,10000,100000,1000000",
      split = ",",
      paramLabel = "N",
      description = "Of the runs whose cost per task is compared." + DEFAULT)
  List<Integer> sizes;

  @Option(
      names = "--growth-seconds",
      defaultValue = "240",
      paramLabel = "N",
      description = "At most so long for each of these runs." + DEFAULT)
  int growthSeconds;

  @Option(
      names = "--streams",
      defaultValue = "10000",
      paramLabel = "N",
      description = "Idle agents of one gateway." + DEFAULT)
  int streams;

  @Option(
      names = "--stream-connections",
      defaultValue = "10000",
      paramLabel = "N",
      description = "That they share, as far as open files are allowed." + DEFAULT)
  int streamConnections;

  @Option(
      names = "--jobs",
      defaultValue = "20000",
      paramLabel = "N",
      description = "That the bare queues work off." + DEFAULT)
  int jobs;

  @Option(
      names = "--seed",
      defaultValue = "1",
      paramLabel = "N",
      description = "Of layers." + DEFAULT)
  long seed;

  @Option(
      names = "--heap",
      defaultValue = "2048",
      paramLabel = "MIB",
      description = "Of the planner and of the scheduler, each." + DEFAULT)
  int heap;

  @Option(
      names = "--gateway-heap",
      defaultValue = "640",
      paramLabel = "MIB",
      description = "Of the gateway." + DEFAULT)
  int gatewayHeap;

  @Option(
      names = "--port-base",
      defaultValue = "27400",
      paramLabel = "PORT",
      description = "First of the suite's ports." + DEFAULT)
  int portBase;

  @Option(
      names = "--profile",
      paramLabel = "DIR",
      description = "Leave a flight recording of each service there.")
  @Nullable Path profile;

  /** Refuses what cannot be done. */
  void check() {
    Settings.inRange("--seconds", seconds, 1, 3_600);
    Settings.inRange("--warmups", warmups, 0, 100);
    Settings.inRange("--repeat", repeat, 1, 100);
    Settings.inRange("--sessions", sessions, 1, 20_000);
    Settings.inRange("--slots", slots, 1, 1_000);
    Settings.inRange("--connections", connections, 1, sessions);
    Settings.inRange("--tasks", tasks, 1, PlanLimits.MAX_TASKS);
    Settings.inRange("--width", width, 2, PlanLimits.MAX_TASKS);
    Settings.inRange("--rate", rate, 1, 100_000);
    Settings.inRange("--start-tasks", startTasks, 1, PlanLimits.MAX_TASKS);
    sizes.forEach(size -> Settings.inRange("--sizes", size, 1, PlanLimits.MAX_TASKS));
    Settings.inRange("--growth-seconds", growthSeconds, 1, 3_600);
    Settings.inRange("--streams", streams, 1, 100_000);
    Settings.inRange("--stream-connections", streamConnections, 1, 100_000);
    Settings.inRange("--jobs", jobs, 1, PlanLimits.MAX_TASKS);
    Settings.inRange("--heap", heap, 128, 65_536);
    Settings.inRange("--gateway-heap", gatewayHeap, 64, 65_536);
    Settings.inRange("--port-base", portBase, 1, Ports.MAX_BASE);
    if (profile != null) {
      Settings.isFolder("--profile", profile);
    }
  }

  Duration time() {
    return Duration.ofSeconds(seconds);
  }

  RigJvms jvms() {
    return new RigJvms(heap, gatewayHeap, profile);
  }
}
