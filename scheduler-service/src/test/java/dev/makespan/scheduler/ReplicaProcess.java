package dev.makespan.scheduler;

import dev.makespan.core.task.RunId;
import dev.makespan.postgres.DatabaseUrl;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;

/** A replica with busy agents in a process of its own, which can be killed, stopped and woken. */
final class ReplicaProcess implements AutoCloseable {

  /** More than are finished before it is stopped. */
  private static final int TASKS = 5_000;

  private final Process process;
  private final Queue<String> lines = new ConcurrentLinkedQueue<>();

  ReplicaProcess(DatabaseUrl url, String request, Duration heartbeat, Duration expiry)
      throws IOException {
    String classPath =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    process =
        new ProcessBuilder(
                ProcessHandle.current().info().command().orElse("java"),
                "-cp",
                classPath,
                ReplicaProcess.class.getName(),
                url.host(),
                Integer.toString(url.port()),
                url.name(),
                url.user(),
                url.password(),
                request,
                heartbeat.toString(),
                expiry.toString())
            .redirectErrorStream(true)
            .start();
    Thread.ofVirtual().start(this::read);
  }

  private void read() {
    try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
      out.lines().forEach(lines::add);
    } catch (IOException | UncheckedIOException e) {
      lines.add("end");
    }
  }

  /** The run that its agents work on. */
  RunId startedRun() {
    awaitLine("run ");
    return lines.stream()
        .filter(line -> line.startsWith("run "))
        .map(line -> new RunId(Long.parseLong(line.substring("run ".length()))))
        .findFirst()
        .orElseThrow();
  }

  void awaitLine(String start) {
    Eventually.holds(() -> lines.stream().anyMatch(line -> line.startsWith(start)));
  }

  /** What it has counted when it said so last. */
  long refusedWrites() {
    return lines.stream()
        .filter(line -> line.startsWith("refused "))
        .mapToLong(line -> Long.parseLong(line.substring("refused ".length())))
        .max()
        .orElse(0);
  }

  void clearLines() {
    lines.clear();
  }

  void kill() {
    process.destroyForcibly();
  }

  void signal(String name) throws IOException, InterruptedException {
    new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start().waitFor();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }

  /** Says how it stands, again and again. */
  public static void main(String[] arguments) {
    DatabaseUrl url =
        new DatabaseUrl(
            arguments[0], Integer.parseInt(arguments[1]), arguments[2], arguments[3], arguments[4]);
    Duration heartbeat = Duration.parse(arguments[6]);
    Duration expiry = Duration.parse(arguments[7]);
    try (TestDatabase database = new TestDatabase(url);
        Replica replica = new Replica("child", database.journal(1, expiry), heartbeat, expiry)) {
      replica.awaitOwnership();
      RunId run = replica.start(arguments[5], TestPlans.wide("wide", TASKS));
      replica.new Agents("child-agent", Integer.MAX_VALUE).open("wide", 8, List.of());
      System.out.println("run " + run);
      while (true) {
        String standing =
            switch (replica.owner.standing()) {
              case Standing.Owning _ -> "owning";
              case Standing.StandingBy _ -> "standing by";
              case Standing.Starting _, Standing.WithoutJournal _, Standing.Stopped _ -> "other";
            };
        System.out.println(standing);
        System.out.println("refused " + replica.refusedWrites());
        LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
      }
    }
  }
}
