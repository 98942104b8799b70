package dev.makespan.scheduler;

import static org.assertj.core.api.Assertions.assertThat;

import dev.makespan.core.run.RunEvent;
import dev.makespan.core.run.RunState;
import dev.makespan.core.task.RunId;
import dev.makespan.core.task.TaskEvent;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What holds when answers are lost, owners are cut off and watchers are slow. */
class FailureTest {

  private static final Duration PATIENCE = Duration.ofMinutes(1);

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
  void everyEventIsThereOnceThoughOneAnswerInTenIsLost() throws Exception {
    FaultyJournal journal = new FaultyJournal(database.journal(), 42, 0.1);
    try (Replica replica = new Replica("a", journal)) {
      replica.awaitOwnership();
      Replica.Agents agents = replica.new Agents("agent", Integer.MAX_VALUE);
      agents.open("wide", 3, List.of());
      List<RunId> runs = new ArrayList<>();
      for (int i = 0; i < 5; i++) {
        runs.add(replica.start("r" + i, TestPlans.wide("wide", 40)));
      }

      runs.forEach(run -> awaitState(replica, run, RunState.DONE));

      runs.forEach(run -> assertWhole(eventsOf(run), 40));
      assertThat(journal.faults()).isPositive();
    }
  }

  @Test
  void anotherReplicaGoesOnWhereTheFirstWasCutOff() throws Exception {
    FaultyJournal cut = new FaultyJournal(database.journal(), 1, 0);
    try (Replica first = new Replica("first", cut)) {
      first.awaitOwnership();
      Replica.Agents half = first.new Agents("agent", 20);
      half.open("wide", 4, List.of());
      RunId run = first.start("r", TestPlans.wide("wide", 40));
      Eventually.holds(() -> half.resultsLeft() == 0);

      cut.cutOff(true);
      try (Replica second = new Replica("second", database.journal())) {
        second.awaitOwnership();
        second.new Agents("fresh", Integer.MAX_VALUE).open("wide", 4, List.of());

        awaitState(second, run, RunState.DONE);
        cut.cutOff(false);

        assertWhole(eventsOf(run), 40);
        Eventually.holds(() -> first.owner.standing() instanceof Standing.StandingBy);
        assertThat(first.ask("new", TestPlans.wide("wide", 1)))
            .isInstanceOf(RunAnswer.Unavailable.class);
      }
    }
  }

  @Test
  void aLeaseThatWasCommittedAndNeverSentComesBackAndChargesNothing() throws Exception {
    FaultyJournal dying = new FaultyJournal(database.journal(), 1, 0);
    dying.cutOffAfter(event -> eventOf(event) instanceof TaskEvent.Leased);
    try (Replica first = new Replica("first", dying)) {
      first.awaitOwnership();
      RunId run = first.start("r", TestPlans.wide("wide", 1));
      Replica.Agents unheard = first.new Agents("unheard", Integer.MAX_VALUE);
      unheard.open("wide", 1, List.of());

      try (Replica second = new Replica("second", database.journal())) {
        second.awaitOwnership();
        second.new Agents("fresh", Integer.MAX_VALUE).open("wide", 1, List.of());
        awaitState(second, run, RunState.DONE);
      }

      assertThat(unheard.resultsLeft()).as("it was told of nothing").isEqualTo(Integer.MAX_VALUE);
      assertThat(eventsOf(run).stream().map(FailureTest::eventOf))
          .doesNotHaveAnyElementsOfTypes(TaskEvent.AttemptFailed.class)
          .filteredOn(
              event -> event instanceof TaskEvent.Leased || event instanceof TaskEvent.Returned)
          .hasExactlyElementsOfTypes(
              TaskEvent.Leased.class, TaskEvent.Returned.class, TaskEvent.Leased.class);
    }
  }

  private static @Nullable TaskEvent eventOf(RunEvent event) {
    return event.change() instanceof RunEvent.TaskChanged changed ? changed.event() : null;
  }

  @Test
  void aStoppedReplicaLeavesItsShardAtOnce() throws Exception {
    Journal journal = database.journal();
    try (Replica first = new Replica("first", journal)) {
      first.awaitOwnership();
    }

    assertThat(journal.claim(new Member("second", ""), Set.of()))
        .isInstanceOf(Journal.Claim.Claimed.class);
  }

  @Test
  void aWatcherFromAnyPositionHearsTheRestOnceAndInOrder() throws Exception {
    try (Replica replica = new Replica("a", database.journal())) {
      replica.awaitOwnership();
      RunId run = replica.start("r", TestPlans.wide("wide", 60));
      Random chance = new Random(7);
      List<CompletableFuture<Heard>> watchers = new ArrayList<>();
      watchers.add(watch(replica, run, 0));
      replica.new Agents("agent", Integer.MAX_VALUE).open("wide", 2, List.of());
      for (int i = 0; i < 20; i++) {
        watchers.add(watch(replica, run, chance.nextInt(60)));
      }

      awaitState(replica, run, RunState.DONE);
      watchers.add(watch(replica, run, 30));

      long last = eventsOf(run).size();
      for (CompletableFuture<Heard> watcher : watchers) {
        Heard heard = watcher.join();
        assertThat(heard.end()).isInstanceOf(Watching.End.Finished.class);
        assertThat(heard.positions())
            .containsExactlyElementsOf(
                LongStream.rangeClosed(heard.after() + 1, last).boxed().toList());
      }
    }
  }

  @Test
  void aWatcherThatLagsTooFarIsToldHowFarItCame() throws Exception {
    try (Replica replica = new Replica("a", database.journal())) {
      replica.awaitOwnership();
      RunId run = replica.start("r", TestPlans.wide("wide", 60));
      Watch watch = new Watch(run, 10, PATIENCE);
      List<Long> sent = Collections.synchronizedList(new ArrayList<>());
      Watching.Sink threeOnly = sink(sent, 3);
      CompletableFuture<Watching.End> end =
          CompletableFuture.supplyAsync(() -> tell(replica, watch, 0, threeOnly), replica.threads);
      Eventually.holds(() -> sent.size() == 3);
      replica.new Agents("agent", Integer.MAX_VALUE).open("wide", 2, List.of());

      assertThat(end.join()).isEqualTo(new Watching.End.TooSlow(3));
      awaitState(replica, run, RunState.DONE);
    }
  }

  @Test
  void aWatcherThatTakesNothingForTooLongIsDroppedThoughTheRunHasFinished() throws Exception {
    try (Replica replica = new Replica("a", database.journal())) {
      replica.awaitOwnership();
      RunId run = replica.start("r", TestPlans.wide("wide", 5));
      replica.new Agents("agent", Integer.MAX_VALUE).open("wide", 2, List.of());
      awaitState(replica, run, RunState.DONE);
      Watch watch = new Watch(run, 10_000, Duration.ofMillis(50));

      Watching.End end = tell(replica, watch, 0, sink(new ArrayList<>(), 0));

      assertThat(end).isEqualTo(new Watching.End.TooSlow(0));
      assertThat(replica.meters.counter("makespan.watchers.dropped").count()).isEqualTo(1);
    }
  }

  private record Heard(long after, List<Long> positions, Watching.End end) {}

  private static CompletableFuture<Heard> watch(Replica replica, RunId run, long after) {
    return CompletableFuture.supplyAsync(
        () -> {
          List<Long> positions = Collections.synchronizedList(new ArrayList<>());
          Watch watch = new Watch(run, 10_000, PATIENCE);
          Watching.End end = tell(replica, watch, after, sink(positions, Integer.MAX_VALUE));
          return new Heard(after, positions, end);
        },
        replica.threads);
  }

  private static Watching.End tell(Replica replica, Watch watch, long after, Watching.Sink sink) {
    try {
      return replica.watching.tell(watch, after, sink);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Watching.Sink sink(List<Long> positions, int room) {
    return new Watching.Sink() {
      @Override
      public boolean isReady() {
        return positions.size() < room;
      }

      @Override
      public void send(RunEvent event) {
        positions.add(event.position());
      }
    };
  }

  private static void awaitState(Replica replica, RunId run, RunState state) {
    Eventually.holds(() ->
        replica.runs.run(run) instanceof RunAnswer.Found found && found.view().state() == state);
  }

  private List<RunEvent> eventsOf(RunId run) {
    return database.journal().events(run, 0, 100_000);
  }

  private static void assertWhole(List<RunEvent> events, int tasks) {
    assertThat(events.stream().map(RunEvent::position))
        .containsExactlyElementsOf(LongStream.rangeClosed(1, events.size()).boxed().toList());
    List<RunEvent.TaskChanged> done =
        events.stream()
            .map(RunEvent::change)
            .filter(RunEvent.TaskChanged.class::isInstance)
            .map(RunEvent.TaskChanged.class::cast)
            .filter(changed -> changed.event() instanceof TaskEvent.Done)
            .toList();
    assertThat(done).hasSize(tasks);
    assertThat(done.stream().map(RunEvent.TaskChanged::task)).doesNotHaveDuplicates();
  }
}
