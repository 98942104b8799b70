package dev.makespan.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.makespan.cli.suite.Home;
import dev.makespan.cli.suite.Ports;
import dev.makespan.cli.suite.Suite;
import dev.makespan.cli.suite.SuiteProblem;
import java.io.PrintWriter;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Starts the suite and stays with it. */
@Command(
    name = "up",
    header = "Start the suite on this machine and stay with it.",
    description = {
      "Starts an embedded PostgreSQL (or uses DATABASE_URL), the scheduler, the planner and the agent gateway,"
          + " starts again what dies, and stops everything on Ctrl-C or with 'makespan down'.",
      "The suite is open to everybody on this machine, and to nobody else: it listens on 127.0.0.1 only."
    },
    footer = {
      "",
      "Examples:",
      "  makespan up",
      "  makespan up --port-base 9400",
      "  DATABASE_URL=postgresql://me:secret@db/makespan makespan up",
      "",
      "State and logs are in MAKESPAN_HOME (default: .makespan in the project's folder).",
      "",
      "Exit codes: 0 stopped or already up, 2 bad usage, 3 something can't be started."
    })
final class UpCommand implements Callable<Integer> {

  @Spec CommandSpec command = CommandSpec.create();
  @Mixin OutputOption output = new OutputOption();
  @Mixin PortOption port = new PortOption();

  @Override
  public Integer call() throws SuiteProblem {
    PrintWriter out = command.commandLine().getOut();
    Signals.interruptThisThread();
    Home home = Home.ofLauncher();
    Ports ports = port.ports();
    Optional<Ports> running = Suite.findRunning(home);
    if (running.isPresent()) {
      Lines.say(
          out, output.isJson() ? json("already-up", running.get()) : "the suite is already up");
      sayAddresses(out, running.get());
      return ExitCodes.DONE;
    }
    Lines.say(out, output.isJson() ? "" : "starting the suite; logs are in " + home.directory());
    try (Suite suite = Suite.start(home, ports, databaseUrl(), line -> Lines.say(out, line))) {
      Lines.say(out, output.isJson() ? json("up", ports) : "the suite is up");
      sayAddresses(out, ports);
      Lines.say(
          out,
          output.isJson()
              ? ""
              : "open on 127.0.0.1 only, to everybody on this machine; Ctrl-C or makespan down stops it");
      String broken = suite.awaitBroken();
      throw new SuiteProblem(broken);
    } catch (InterruptedException e) {
      Lines.say(out, output.isJson() ? "" : "stopped");
      return ExitCodes.DONE;
    }
  }

  /** A user's own database. */
  static Optional<String> databaseUrl() {
    return Optional.ofNullable(System.getenv("DATABASE_URL")).filter(url -> !url.isBlank());
  }

  private void sayAddresses(PrintWriter out, Ports ports) {
    if (output.isJson()) {
      return;
    }
    Lines.say(out, "  planner    http://127.0.0.1:%d  (gRPC and REST)".formatted(ports.planner()));
    Lines.say(out, "  scheduler  127.0.0.1:%d".formatted(ports.scheduler()));
    Lines.say(out, "  gateway    127.0.0.1:%d  (agents)".formatted(ports.gateway()));
  }

  private static String json(String state, Ports ports) {
    ObjectNode node = Json.object();
    node.put("state", state);
    node.put("planner", "127.0.0.1:" + ports.planner());
    node.put("scheduler", "127.0.0.1:" + ports.scheduler());
    node.put("gateway", "127.0.0.1:" + ports.gateway());
    return Json.text(node);
  }
}
