package dev.makespan.scheduler;

import static org.assertj.core.api.Assertions.assertThat;

import dev.makespan.core.run.RunEvent;
import dev.makespan.core.run.RunSpec;
import dev.makespan.core.run.RunState;
import dev.makespan.core.task.RunId;
import dev.makespan.scheduler.Journal.Claim;
import dev.makespan.scheduler.Journal.Kept;
import dev.makespan.scheduler.Journal.Requested;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class JournalOnPostgresTest {

  private static final Instant AT = Instant.parse("2026-01-01T00:00:00.000001Z");
  private static final String HASH = "ab".repeat(32);

  private TestDatabase database;
  private Journal journal;

  @BeforeEach
  void open() throws SQLException {
    database = new TestDatabase();
    journal = database.journal();
    journal.prepare();
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void aShardIsClaimedOnceUntilItsOwnerIsSilent() {
    Ownership first = claimed();

    assertThat(journal.claim("second")).isInstanceOf(Claim.Occupied.class);

    silence();
    Ownership second = claimed();

    assertThat(second.generation()).isGreaterThan(first.generation());
    assertThat(journal.keep(first)).isInstanceOf(Kept.Lost.class);
    assertThat(journal.keep(second)).isInstanceOf(Kept.Still.class);
  }

  @Test
  void aReleasedShardIsClaimedAtOnce() {
    journal.release(claimed());

    assertThat(journal.claim("next")).isInstanceOf(Claim.Claimed.class);
  }

  @Test
  void aRunIsReadAsItWasWritten() {
    Ownership owner = claimed();
    NewRun run = newRun("read");

    journal.write(owner, started(1, run));

    assertThat(journal.liveRuns(owner.shard())).containsExactly(run.spec());
    assertThat(journal.findRun(run.spec().id()))
        .isEqualTo(new Journal.StoredRun(run.spec(), RunState.RUNNING));
    assertThat(journal.requested("read")).isEqualTo(new Requested.Seen(run.spec().id(), HASH));
    assertThat(journal.events(run.spec().id(), 0, 10)).containsExactly(event(run, 1));
    assertThat(journal.events(run.spec().id(), 1, 10)).isEmpty();
  }

  @Test
  void aGroupWrittenTwiceIsThereOnce() {
    Ownership owner = claimed();
    NewRun run = newRun("again");
    Group group = started(1, run);

    Kept first = journal.write(owner, group);
    Kept second = journal.write(owner, group);

    assertThat(List.of(first, second)).allMatch(kept -> kept instanceof Kept.Still);
    assertThat(journal.events(run.spec().id(), 0, 10)).hasSize(1);
  }

  @Test
  void aFinishedRunIsNoLongerLive() {
    Ownership owner = claimed();
    NewRun run = newRun("finished");
    RunId id = run.spec().id();
    journal.write(owner, started(1, run));

    journal.write(
        owner,
        new Group(
            2,
            List.of(),
            List.of(new RunEvent(id, 2, AT, new RunEvent.RunFinished(RunState.DONE, ""))),
            List.of(new RunProgress(id, RunState.DONE, "", AT, AT))));

    assertThat(journal.liveRuns(owner.shard())).isEmpty();
    assertThat(journal.runs(Long.MAX_VALUE, "", 10))
        .singleElement()
        .satisfies(summary -> {
          assertThat(summary.state()).isEqualTo(RunState.DONE);
          assertThat(summary.finishedAt()).isEqualTo(AT);
        });
  }

  @Test
  void aRunThatStartsAndFinishesInOneGroupWasNeverLive() {
    Ownership owner = claimed();
    NewRun run = newRun("at-once");

    journal.write(
        owner,
        new Group(
            1,
            List.of(run),
            List.of(event(run, 1)),
            List.of(new RunProgress(run.spec().id(), RunState.CANCELLED, "why", null, AT))));

    assertThat(journal.liveRuns(owner.shard())).isEmpty();
  }

  @Test
  void anOwnerThatWasReplacedChangesNothing() {
    Ownership old = claimed();
    silence();
    claimed();
    NewRun run = newRun("zombie");

    Kept kept = journal.write(old, started(1, run));

    assertThat(kept).isInstanceOf(Kept.Lost.class);
    assertThat(journal.findRun(run.spec().id())).isNull();
  }

  /** The old owner writes as fast as it can while the new one claims, on two connections. */
  @Test
  void noWriteOfAnOldOwnerFollowsAClaim() {
    for (int round = 0; round < 30; round++) {
      Ownership old = claimed();
      NewRun run = newRun("race-" + round);
      journal.write(old, started(1, run));
      CompletableFuture<Long> lastAnswered =
          CompletableFuture.supplyAsync(() -> writeUntilLost(old, run));
      Eventually.holds(() -> positions(run) > 5);

      silence();
      Eventually.holds(() -> journal.claim("next") instanceof Claim.Claimed);
      long atClaim = positions(run);

      assertThat(lastAnswered.join()).isEqualTo(atClaim);
      assertThat(positions(run)).isEqualTo(atClaim);
      silence();
    }
  }

  private long writeUntilLost(Ownership owner, NewRun run) {
    for (long position = 2; ; position++) {
      Group group = new Group(position, List.of(), List.of(event(run, position)), List.of());
      if (journal.write(owner, group) instanceof Kept.Lost) {
        return position - 1;
      }
    }
  }

  private long positions(NewRun run) {
    return database.number(
        "SELECT coalesce(max(position), 0) FROM scheduler.event WHERE run_id = " + run.spec().id());
  }

  private void silence() {
    database.execute("UPDATE scheduler.shard SET heartbeat_at = '-infinity'");
  }

  private Ownership claimed() {
    if (journal.claim("test") instanceof Claim.Claimed claimed) {
      return claimed.ownership();
    }
    throw new AssertionError("the shard is occupied");
  }

  private NewRun newRun(String requestId) {
    if (journal.requested(requestId) instanceof Requested.Unseen unseen) {
      RunSpec spec =
          new RunSpec(
              unseen.fresh(), TestPlans.diamond("p"), 3, Map.of("b", "2", "a", "1"), true, 60, AT);
      return new NewRun(spec, requestId, HASH);
    }
    throw new AssertionError("the request is known");
  }

  private static Group started(long number, NewRun run) {
    return new Group(number, List.of(run), List.of(event(run, 1)), List.of());
  }

  private static RunEvent event(NewRun run, long position) {
    return new RunEvent(run.spec().id(), position, AT, new RunEvent.RunStarted());
  }
}
