package dev.makespan.scheduler;

import static org.assertj.core.api.Assertions.assertThat;

import dev.makespan.core.run.RunEvent;
import dev.makespan.core.task.RunId;
import dev.makespan.core.task.TaskEvent;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.stream.LongStream;
import org.jboss.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Real processes: killed, or stopped and woken. */
class TakeOverTest {

  private static final Logger LOG = Logger.getLogger(TakeOverTest.class);
  private static final Duration HEARTBEAT = Duration.ofMillis(250);
  private static final Duration EXPIRY = Duration.ofSeconds(1);

  /** A zombie that was stopped while nothing was being written has no write to be refused. */
  private static final int ROUNDS = 8;

  private TestDatabase database;

  @BeforeEach
  void open() throws SQLException {
    database = new TestDatabase();
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void aKilledProcessIsFollowedByAnother() throws Exception {
    try (ReplicaProcess child = new ReplicaProcess(database.url(), "killed", HEARTBEAT, EXPIRY)) {
      RunId run = child.startedRun();
      try (Replica second = successor()) {
        awaitProgress(run, 50);

        child.kill();

        awaitFirstLeaseOf(second, run, "KILL");
        assertWhole(run);
      }
    }
  }

  @Test
  void whatAWokenZombieWritesIsRefusedAndCountedAndItStandsBy() throws Exception {
    long refused = 0;
    for (int round = 0; round < ROUNDS && refused == 0; round++) {
      refused = refusedWritesOfAZombie("zombie-" + round);
    }

    assertThat(refused).isPositive();
  }

  private long refusedWritesOfAZombie(String request) throws Exception {
    try (ReplicaProcess child = new ReplicaProcess(database.url(), request, HEARTBEAT, EXPIRY)) {
      RunId run = child.startedRun();
      try (Replica second = successor()) {
        awaitProgress(run, 50);

        child.signal("STOP");
        awaitFirstLeaseOf(second, run, "STOP");
        child.clearLines();
        child.signal("CONT");

        child.awaitLine("standing by");
        assertWhole(run);
        assertThat(second.owner.standing()).isInstanceOf(Standing.Owning.class);
        return child.refusedWrites();
      }
    }
  }

  private void awaitProgress(RunId run, int done) {
    Eventually.holds(
        () -> count(run, dev.makespan.proto.run.v1.RunEvent.TASK_DONE_FIELD_NUMBER, 0) >= done);
  }

  private void awaitFirstLeaseOf(Replica second, RunId run, String how) {
    long failedAt = System.nanoTime();
    second.awaitOwnership();
    long owningAt = System.nanoTime();
    long inherited =
        database.number("SELECT max(position) FROM scheduler.event WHERE run_id = " + run);
    second.new Agents("second-agent", Integer.MAX_VALUE).open("wide", 8, List.of());
    int leased = dev.makespan.proto.run.v1.RunEvent.TASK_LEASED_FIELD_NUMBER;
    Eventually.holds(() -> count(run, leased, inherited) > 0);
    LOG.infof(
        "after %s: owning in %d ms, first durable lease in %d ms",
        how,
        Duration.ofNanos(owningAt - failedAt).toMillis(),
        Duration.ofNanos(System.nanoTime() - failedAt).toMillis());
  }

  private long count(RunId run, int kind, long after) {
    return database.number(
        "SELECT count(*) FROM scheduler.event WHERE run_id = %s AND kind = %d AND position > %d"
            .formatted(run, kind, after));
  }

  private static boolean isDone(RunEvent event) {
    return event.change() instanceof RunEvent.TaskChanged changed
        && changed.event() instanceof TaskEvent.Done;
  }

  private List<RunEvent> events(RunId run) {
    return database.journal().events(run, 0, 1_000_000);
  }

  private void assertWhole(RunId run) {
    List<RunEvent> events = events(run);
    assertThat(events.stream().map(RunEvent::position))
        .containsExactlyElementsOf(LongStream.rangeClosed(1, events.size()).boxed().toList());
    assertThat(events.stream().filter(TakeOverTest::isDone))
        .extracting(event -> ((RunEvent.TaskChanged) event.change()).task())
        .doesNotHaveDuplicates();
  }

  private Replica successor() {
    return new Replica("second", database.journal(1, EXPIRY), HEARTBEAT, EXPIRY);
  }
}
