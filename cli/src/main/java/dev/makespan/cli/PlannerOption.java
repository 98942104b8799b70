package dev.makespan.cli;

import dev.makespan.cli.suite.Home;
import dev.makespan.cli.suite.Ports;
import dev.makespan.cli.suite.Suite;
import dev.makespan.cli.suite.SuiteProblem;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where the planner is: as said, else the suite of this machine. */
final class PlannerOption {

  @Option(
      names = "--planner",
      paramLabel = "HOST:PORT",
      converter = HostPort.Converter.class,
      defaultValue = "${env:MAKESPAN_PLANNER}",
      description =
          "The planner (default: MAKESPAN_PLANNER, or that of the suite on this machine).")
  @Nullable HostPort planner;

  Optional<HostPort> said() {
    return Optional.ofNullable(planner);
  }

  /** As said, or the running suite's, or where a suite would be. */
  HostPort address() throws SuiteProblem {
    if (planner != null) {
      return planner;
    }
    return Suite.findRunning(Home.ofLauncher())
        .map(ports -> HostPort.loopback(ports.planner()))
        .orElse(HostPort.loopback(Ports.DEFAULT_BASE));
  }
}
