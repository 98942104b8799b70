package dev.makespan.cli;

import dev.makespan.cli.suite.Ports;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Where the suite listens. */
final class PortOption {

  @Spec(Spec.Target.MIXEE)
  CommandSpec command = CommandSpec.create();

  @Option(
      names = "--port-base",
      paramLabel = "PORT",
      defaultValue = "${env:MAKESPAN_PORT_BASE:-" + Ports.DEFAULT_BASE + "}",
      description =
          "First port: the planner's; the scheduler's is one above, the gateway's two, the database's 32"
              + " (default: ${DEFAULT-VALUE}).")
  int base = Ports.DEFAULT_BASE;

  Ports ports() {
    try {
      return Ports.from(base);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(command.commandLine(), e.getMessage(), e);
    }
  }
}
