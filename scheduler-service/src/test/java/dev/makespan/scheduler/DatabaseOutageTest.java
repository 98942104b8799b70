package dev.makespan.scheduler;

import static org.assertj.core.api.Assertions.assertThat;

import dev.makespan.core.run.RunEvent;
import dev.makespan.core.run.RunState;
import dev.makespan.core.task.RunId;
import dev.makespan.core.task.TaskEvent;
import dev.makespan.postgres.EmbeddedServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.LongStream;
import org.jboss.logging.Logger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The database goes away and comes back; nobody lends a hand. */
class DatabaseOutageTest {

  private static final Logger LOG = Logger.getLogger(DatabaseOutageTest.class);
  private static final Duration AWAY = Duration.ofSeconds(20);
  private static final int TASKS = 3_000;

  @Test
  void aServerThatIsAwayForTwentySecondsIsWaitedFor(@TempDir Path directory) throws Exception {
    int port = freePort();
    EmbeddedServer server = EmbeddedServer.start(directory, port);
    try (TestDatabase database = new TestDatabase(server.url());
        Replica replica = new Replica("a", database.journal())) {
      replica.awaitOwnership();
      RunId run = replica.start("r", TestPlans.wide("wide", TASKS));
      replica.new Agents("agent", TASKS / 10).open("wide", 4, List.of());
      Eventually.holds(() -> done(database, run) > 10);

      server.close();
      long closedAt = System.nanoTime();
      Eventually.holds(() -> replica.owner.standing() instanceof Standing.WithoutJournal);
      while (System.nanoTime() - closedAt < AWAY.toNanos()) {
        assertThat(replica.owner.isAlive()).isTrue();
        assertThat(replica.owner.standing()).isInstanceOf(Standing.WithoutJournal.class);
        pause();
      }
      server = EmbeddedServer.start(directory, port);
      long backAt = System.nanoTime();

      Eventually.holds(() -> replica.owner.standing() instanceof Standing.Owning);
      Eventually.holds(() -> replica.runs.run(run) instanceof RunAnswer.Found);
      LOG.infof(
          "serving again %d ms after the database was back",
          Duration.ofNanos(System.nanoTime() - backAt).toMillis());
      replica.new Agents("fresh", Integer.MAX_VALUE).open("wide", 8, List.of());
      awaitDone(replica, run);
      assertWhole(database.journal().events(run, 0, 1_000_000), TASKS);
    } finally {
      server.close();
    }
  }

  @Test
  void killedBackendsOfTheDatabaseCostNothingButMoments() throws Exception {
    try (TestDatabase database = new TestDatabase();
        Replica replica = new Replica("a", database.journal())) {
      replica.awaitOwnership();
      RunId run = replica.start("r", TestPlans.wide("wide", TASKS));
      replica.new Agents("agent", Integer.MAX_VALUE).open("wide", 4, List.of());
      int killed = 0;
      for (int round = 1; round <= 10; round++) {
        int reached = round * TASKS / 20;
        Eventually.holds(() -> done(database, run) >= reached);

        killed += (int) killBackends(database);
      }

      awaitDone(replica, run);
      assertWhole(database.journal().events(run, 0, 1_000_000), TASKS);
      assertThat(killed).isPositive();
      LOG.infof(
          "%d backends killed, %d writes repeated",
          killed, (long) replica.meters.counter("makespan.journal.retries").count());
    }
  }

  private static long killBackends(TestDatabase database) {
    return database.number(
        "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity"
            + " WHERE datname = current_database() AND pid <> pg_backend_pid()");
  }

  private static long done(TestDatabase database, RunId run) {
    return database.number(
        "SELECT count(*) FROM scheduler.event WHERE run_id = " + run + " AND kind = " + doneKind());
  }

  private static int doneKind() {
    return dev.makespan.proto.run.v1.RunEvent.TASK_DONE_FIELD_NUMBER;
  }

  private static void awaitDone(Replica replica, RunId run) {
    Eventually.holds(() ->
        replica.runs.run(run) instanceof RunAnswer.Found found
            && found.view().state() == RunState.DONE);
  }

  private static void assertWhole(List<RunEvent> events, int tasks) {
    assertThat(events.stream().map(RunEvent::position))
        .containsExactlyElementsOf(LongStream.rangeClosed(1, events.size()).boxed().toList());
    assertThat(
            events.stream()
                .map(RunEvent::change)
                .filter(RunEvent.TaskChanged.class::isInstance)
                .map(RunEvent.TaskChanged.class::cast)
                .filter(changed -> changed.event() instanceof TaskEvent.Done)
                .map(RunEvent.TaskChanged::task))
        .hasSize(tasks)
        .doesNotHaveDuplicates();
  }

  private static void pause() {
    LockSupport.parkNanos(Duration.ofMillis(200).toNanos());
  }

  private static int freePort() throws IOException {
    for (int port = 21_000 + (int) (ProcessHandle.current().pid() % 5_000); port < 32_000; port++) {
      try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.ofLiteral("127.0.0.1"))) {
        return socket.getLocalPort();
      } catch (IOException e) {
        // Taken; the next one.
      }
    }
    throw new IOException("no free port");
  }
}
