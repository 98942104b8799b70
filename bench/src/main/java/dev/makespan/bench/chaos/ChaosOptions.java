package dev.makespan.bench.chaos;

import dev.makespan.bench.BenchProblem;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What can be said about a campaign. */
@SuppressWarnings("NullAway.Init") // picocli fills the fields
final class ChaosOptions {

  private static final String DEFAULT = " Default: ${DEFAULT-VALUE}.";

  /** Above it the system hands ports out to whoever asks. */
  private static final int LAST_PORT_BASE = 32_000;

  @Option(
      names = "--seconds",
      defaultValue = "120",
      paramLabel = "N",
      description = "Of faults that are measured one by one." + DEFAULT)
  int seconds;

  @Option(
      names = "--rounds",
      defaultValue = "0",
      paramLabel = "N",
      description =
          "So often each of the faults, however long that takes, instead of --seconds; 0: by time."
              + DEFAULT)
  int rounds;

  @Option(
      names = "--storm",
      defaultValue = "20",
      paramLabel = "N",
      description = "Seconds of faults that overlap, after them; 0: none." + DEFAULT)
  int storm;

  @Option(
      names = "--seed",
      defaultValue = "1",
      paramLabel = "N",
      description = "Of what is struck and when." + DEFAULT)
  long seed;

  @Option(
      names = "--faults",
      split = ",",
      paramLabel = "KIND",
      description = "Only these, such as scheduler-kill; an unknown one lists them. Default: all.")
  @Nullable List<String> faults;

  @Option(
      names = "--agents",
      defaultValue = "8",
      paramLabel = "N",
      description = "In this process; one more is a process." + DEFAULT)
  int agents;

  @Option(
      names = "--slots",
      defaultValue = "4",
      paramLabel = "N",
      description = "Of each of them." + DEFAULT)
  int slots;

  @Option(
      names = "--runs",
      defaultValue = "8",
      paramLabel = "N",
      description = "That are live at the same time." + DEFAULT)
  int runs;

  @Option(
      names = "--shards",
      defaultValue = "4",
      paramLabel = "N",
      description = "Of the two schedulers." + DEFAULT)
  int shards;

  @Option(
      names = "--lease",
      defaultValue = "6",
      paramLabel = "N",
      description = "In seconds." + DEFAULT)
  int leaseSeconds;

  @Option(
      names = "--outage",
      defaultValue = "20",
      paramLabel = "N",
      description = "Seconds of a stopped database." + DEFAULT)
  int outage;

  @Option(
      names = "--streams",
      defaultValue = "1000",
      paramLabel = "N",
      description =
          "Idle agents of a gateway that is killed at the end, to see how soon they are back; 0: none."
              + DEFAULT)
  int streams;

  @Option(
      names = "--flood",
      defaultValue = "100000",
      paramLabel = "N",
      description =
          "Messages of one agent, beside one that never reads and a watcher that never does, to see"
              + " what heaps and another agent suffer; 0: none."
              + DEFAULT)
  int flood;

  @Option(
      names = "--heap",
      defaultValue = "192",
      paramLabel = "MIB",
      description = "Of each service." + DEFAULT)
  int heapMib;

  @Option(
      names = "--port-base",
      defaultValue = "19400",
      paramLabel = "PORT",
      description = "The first of the ports that are used." + DEFAULT)
  int portBase;

  Duration lease() {
    return Duration.ofSeconds(leaseSeconds);
  }

  /** What is refused here is said before anything starts. */
  List<Fault> check() {
    require("--seconds", seconds, 0, 86_400);
    require("--rounds", rounds, 0, 1_000);
    require("--storm", storm, 0, 86_400);
    require("--agents", agents, 1, 1_000);
    require("--slots", slots, 1, 100);
    require("--runs", runs, 1, 1_000);
    require("--shards", shards, 1, 64);
    require("--lease", leaseSeconds, 5, 600);
    require("--outage", outage, 2, 600);
    require("--streams", streams, 0, 10_000);
    require("--flood", flood, 0, 10_000_000);
    require("--heap", heapMib, 64, 8_192);
    require("--port-base", portBase, 1_024, LAST_PORT_BASE);
    return faults == null ? List.of(Fault.values()) : faults.stream().map(this::fault).toList();
  }

  private Fault fault(String option) {
    return Arrays.stream(Fault.values())
        .filter(fault -> fault.option().equals(option))
        .findFirst()
        .orElseThrow(() ->
            new BenchProblem(
                "--faults: expected some of %s, was %s"
                    .formatted(
                        String.join(
                            ", ", Arrays.stream(Fault.values()).map(Fault::option).toList()),
                        option)));
  }

  private static void require(String name, int value, int least, int most) {
    if (value < least || value > most) {
      throw new BenchProblem("%s: expected %d to %d, was %d".formatted(name, least, most, value));
    }
  }
}
