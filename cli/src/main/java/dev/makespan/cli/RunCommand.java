package dev.makespan.cli;

import dev.makespan.cli.suite.AgentProcesses;
import dev.makespan.cli.suite.Home;
import dev.makespan.cli.suite.Ports;
import dev.makespan.cli.suite.Suite;
import dev.makespan.cli.suite.SuiteProblem;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Runs a plan and shows it. */
@Command(
    name = "run",
    header = "Run a plan and show it live.",
    description = {
      "Checks the plan, stores it, starts the run and follows it to its end; then prints the report.",
      "Uses the suite of this machine, or --planner; if there is none, starts one for the time of the run.",
      "With --simulate it also starts agents that only pretend, faster than time with --speed. Without,"
          + " the run waits for agents: makespan agent --role ROLE.",
      "Ctrl-C cancels the run; a second Ctrl-C leaves it to itself."
    },
    footer = {
      "",
      "Examples:",
      "  makespan run plan.yaml --simulate --speed 3600",
      "  makespan run plan.yaml --simulate --speed 600 --agents backend=2",
      "  makespan run image-upload.yaml --param source=cat.png --param sha256=00ff",
      "",
      "Exit codes: 0 the run is done, 1 it failed, 2 bad input or usage (nothing is stored),",
      "            3 a service can't be reached or started, 4 it was cancelled, 70 internal error."
    })
final class RunCommand implements Callable<Integer> {

  @Spec CommandSpec command = CommandSpec.create();
  @Mixin OutputOption output = new OutputOption();
  @Mixin PlannerOption planner = new PlannerOption();
  @Mixin PortOption port = new PortOption();
  @Mixin PoolsOption agents = new PoolsOption();

  @Parameters(paramLabel = "FILE", description = "The plan: YAML or JSON.")
  Path file = Path.of("plan.yaml");

  @Option(names = "--simulate", description = "Start agents that only pretend to work.")
  boolean simulate;

  @Option(
      names = "--speed",
      paramLabel = "N",
      defaultValue = "1",
      description = "With --simulate: plan seconds per real second (default: 1).")
  double speed = 1;

  @Option(
      names = "--weight",
      paramLabel = "N",
      defaultValue = "1",
      description = "Share of agents beside other runs, 1 to 1000 (default: 1).")
  int weight = 1;

  @Option(
      names = "--param",
      paramLabel = "NAME=VALUE",
      description = "An input of the plan; again for more.")
  Map<String, String> parameters = new LinkedHashMap<>();

  @Option(names = "--accept-warnings", description = "Run although the check has warnings.")
  boolean acceptWarnings;

  @Option(names = "--detach", description = "Start the run and leave; needs a running suite.")
  boolean detach;

  @Option(
      names = "--gateway",
      paramLabel = "HOST:PORT",
      converter = HostPort.Converter.class,
      description =
          "With --simulate and --planner: where the agents connect (default: two ports above).")
  @Nullable HostPort gateway;

  @Override
  public Integer call() throws Failure, SuiteProblem, InterruptedException {
    RunRequest request =
        RunRequest.of(
            PlanFile.read(file), agents, parameters, simulate, speed, weight, acceptWarnings);
    if (detach && simulate) {
      throw Failure.badInput(
          "--detach leaves nobody to keep the simulated agents; start them with makespan agent");
    }
    Signals.interruptThisThread();
    PrintWriter out = command.commandLine().getOut();
    Home home = Home.ofLauncher();
    Optional<HostPort> elsewhere = planner.said();
    if (elsewhere.isEmpty()) {
      elsewhere = Suite.findRunning(home).map(ports -> HostPort.loopback(ports.planner()));
    }
    if (elsewhere.isPresent()) {
      return follow(request, home, elsewhere.get(), out);
    }
    if (detach) {
      throw new SuiteProblem("--detach needs a running suite; start one with makespan up");
    }
    return withOwnSuite(request, home, out);
  }

  private int withOwnSuite(RunRequest request, Home home, PrintWriter out)
      throws Failure, SuiteProblem, InterruptedException {
    Ports ports = port.ports();
    tell(out, "starting the suite; logs are in " + home.directory());
    // The suite outlives displays: it speaks to whoever shows the run at the time.
    RunNarrator narrator = new RunNarrator(line -> tell(out, line));
    AtomicReference<@Nullable String> broken = new AtomicReference<>();
    Thread runner = Thread.currentThread();
    try (Suite suite = Suite.start(home, ports, UpCommand.databaseUrl(), narrator)) {
      suite.onBroken(reason -> {
        broken.set(reason);
        runner.interrupt();
      });
      return new RunSession(suite::startAgent, "", output.isJson(), out, narrator)
          .run(
              request,
              HostPort.loopback(suite.ports().planner()),
              HostPort.loopback(suite.ports().gateway()),
              detach);
    } catch (InterruptedException e) {
      String reason = broken.get();
      if (reason == null) {
        throw e;
      }
      throw new SuiteProblem(reason, e);
    }
  }

  private int follow(RunRequest request, Home home, HostPort address, PrintWriter out)
      throws Failure, SuiteProblem, InterruptedException {
    HostPort agentsDoor =
        gateway != null ? gateway : new HostPort(address.host(), address.port() + 2);
    String suffix = "-" + Long.toString(ProcessHandle.current().pid(), Character.MAX_RADIX);
    return new RunSession(
            (id, arguments) -> AgentProcesses.start(home, id, arguments),
            suffix,
            output.isJson(),
            out,
            new RunNarrator(line -> tell(out, line)))
        .run(request, address, agentsDoor, detach);
  }

  private void tell(PrintWriter out, String line) {
    if (!output.isJson()) {
      Lines.say(out, line);
    }
  }
}
