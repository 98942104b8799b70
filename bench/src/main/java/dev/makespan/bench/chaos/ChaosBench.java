package dev.makespan.bench.chaos;

import dev.makespan.bench.BenchMain;
import dev.makespan.bench.Machine;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.logging.Level;
import java.util.logging.Logger;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Starts the suite as processes, breaks it on purpose, and holds what it does to its promises. */
@Command(
    name = "chaos",
    header = "Breaks the suite on purpose, and holds it to its promises.",
    description = {
      "Starts PostgreSQL, two planners, two schedulers, two gateways and an agent as processes of their own, and more"
          + " agents in this one, behind proxies; kills, stops and cuts off each of them as a seed says, one by one"
          + " and then all at once; reads the journal all the while.",
      "The same seed strikes the same in the same order; what the suite does meanwhile is its own."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:every promise was kept",
      "1:a promise was broken, or nothing was tried",
      "2:bad input",
      "70:internal error"
    })
@SuppressWarnings("NullAway.Init") // picocli fills the fields
public final class ChaosBench implements Callable<Integer> {

  private static final int BROKEN = 1;
  private static final Logger GRPC_LOG = Logger.getLogger("io.grpc");

  @Spec CommandSpec spec;

  @Mixin ChaosOptions options;

  @Option(
      names = "--output",
      defaultValue = "text",
      paramLabel = "FORMAT",
      description = "text or json.")
  BenchMain.Output output;

  @Override
  public Integer call() throws InterruptedException, SQLException {
    List<Fault> kinds = options.check();
    GRPC_LOG.setLevel(Level.OFF);
    // What a library logs is no result.
    System.setProperty("slf4j.internal.verbosity", "ERROR");
    Path project = Path.of(System.getProperty("makespan.project", ".")).toAbsolutePath();
    Machine machine = Machine.here();
    say("starting the suite …");
    try (Town town = Town.start(project, options.portBase, Chaos.settings(options))) {
      // Whoever ends this process wants the others to end too.
      Thread last = new Thread(town::close);
      Runtime.getRuntime().addShutdownHook(last);
      ChaosReport report = new Chaos(town, options, kinds, this::say).run();
      Runtime.getRuntime().removeShutdownHook(last);
      PrintWriter out = spec.commandLine().getOut();
      out.println(
          output == BenchMain.Output.JSON
              ? report.json(machine, options.seed)
              : machine.text() + "\nseed: " + options.seed + "\n" + report.text(options.seed));
      out.flush();
      return report.isKept() ? 0 : BROKEN;
    }
  }

  private void say(String line) {
    PrintWriter err = spec.commandLine().getErr();
    err.println("makespan bench: " + line);
    err.flush();
  }
}
