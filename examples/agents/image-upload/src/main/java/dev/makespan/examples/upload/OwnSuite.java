package dev.makespan.examples.upload;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** A suite of the demonstration's own, as {@code makespan up} starts it. */
final class OwnSuite implements AutoCloseable {

  private static final int LEAVING_SECONDS = 30;

  private final Process process;
  private final int portBase;

  private OwnSuite(Process process, int portBase) {
    this.process = process;
    this.portBase = portBase;
  }

  /** Starts it, and answers when it is up. */
  static OwnSuite start(Path project, Path home, int portBase) throws IOException {
    ProcessBuilder command =
        new ProcessBuilder(
                project.resolve("makespan").toString(),
                "up",
                "--port-base",
                Integer.toString(portBase))
            .redirectErrorStream(true);
    command.environment().put("MAKESPAN_HOME", home.toString());
    command.environment().put("MAKESPAN_BUILD", "never");
    Process process = command.start();
    OwnSuite suite = new OwnSuite(process, portBase);
    StringBuilder said = new StringBuilder();
    BufferedReader output = process.inputReader();
    for (String line = output.readLine(); line != null; line = output.readLine()) {
      if (line.equals("the suite is up")) {
        // What it goes on to say nobody reads; a full pipe would hold it up.
        Thread.ofPlatform().daemon().start(() -> readOn(output));
        return suite;
      }
      said.append('\n').append(line);
    }
    throw new IOException("the suite cannot be started:" + said);
  }

  private static void readOn(BufferedReader output) {
    try {
      output.transferTo(Writer.nullWriter());
    } catch (IOException e) {
      // It has been stopped, and says nothing more.
      return;
    }
  }

  String planner() {
    return "localhost:" + portBase;
  }

  String gateway() {
    return "localhost:" + (portBase + 2);
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(LEAVING_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
