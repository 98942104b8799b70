package dev.makespan.cli.suite;

import dev.makespan.postgres.OwnSession;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A started child: its name for people, its process, its log. */
public record ChildProcess(String name, Process process, Path log) {

  private static final long STOP_SECONDS = 15;

  /** How much of a log's end is looked at for a reason. */
  private static final int LAST_LINES = 400;

  static ChildProcess start(
      Home home, String name, List<String> command, Map<String, String> environment)
      throws SuiteProblem {
    try {
      Path log = home.openLog(name);
      ProcessBuilder builder =
          new ProcessBuilder(OwnSession.command(command))
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
      // A user's own password has no business in the services' environment twice.
      builder.environment().remove("DATABASE_URL");
      builder.environment().putAll(environment);
      return new ChildProcess(name, builder.start(), log);
    } catch (IOException e) {
      throw new SuiteProblem("can't start " + name + ": " + e.getMessage(), e);
    }
  }

  public long pid() {
    return process.pid();
  }

  /** Asks it to end, and kills it when it does not. */
  void stop() throws InterruptedException {
    process.destroy();
    if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
      process.destroyForcibly().waitFor();
    }
  }

  /** Why it ended, as far as its log tells. */
  public String lastWords() {
    try {
      List<String> lines = Files.readAllLines(log);
      return lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size()).stream()
          .filter(ChildProcess::tellsWhy)
          .reduce((first, second) -> second)
          .or(() -> lines.stream().reduce((first, second) -> second))
          .map(line -> line.length() > 200 ? line.substring(0, 200) + "…" : line)
          .orElse("it said nothing");
    } catch (IOException e) {
      return "its log can't be read";
    }
  }

  private static boolean tellsWhy(String line) {
    return line.contains("ERROR") || line.contains("Error") || line.contains("Caused");
  }
}
