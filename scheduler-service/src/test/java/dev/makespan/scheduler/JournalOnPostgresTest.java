package dev.makespan.scheduler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.makespan.core.dispatch.AgentPause;
import dev.makespan.core.run.RunEvent;
import dev.makespan.core.run.RunSpec;
import dev.makespan.core.run.RunState;
import dev.makespan.core.task.RunId;
import dev.makespan.formats.plan.PlanParts;
import dev.makespan.scheduler.Journal.Claim;
import dev.makespan.scheduler.Journal.Kept;
import dev.makespan.scheduler.Journal.Requested;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.LongStream;
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

    assertThat(claim("second")).isInstanceOf(Claim.Occupied.class);

    silence();
    Ownership second = claimed();

    assertThat(second.generation()).isGreaterThan(first.generation());
    assertThat(journal.keep(first)).isInstanceOf(Kept.Lost.class);
    assertThat(journal.keep(second)).isInstanceOf(Kept.Still.class);
  }

  @Test
  void aReleasedShardIsClaimedAtOnce() {
    journal.release(claimed());

    assertThat(claim("next")).isInstanceOf(Claim.Claimed.class);
  }

  @Test
  void aRunIsReadAsItWasWritten() {
    Ownership owner = claimed();
    NewRun run = newRun("read");

    journal.write(owner, started(1, run));

    assertThat(journal.liveRuns(owner.shard(), 0, 10)).containsExactly(run.spec());
    assertThat(journal.findRun(run.spec().id()))
        .isEqualTo(new Journal.StoredRun(run.spec(), RunState.RUNNING));
    assertThat(journal.requested("read", HASH, 1))
        .isEqualTo(new Requested.Seen(run.spec().id(), HASH));
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
  void aPlanOfSeveralPartsIsReadAsOne() {
    Ownership owner = claimed();
    RunSpec spec = newRun("parts").spec();
    List<byte[]> parts = new ArrayList<>();
    new PlanParts(spec.plan(), 1).forEachRemaining(part -> parts.add(part.toByteArray()));
    NewRun run = new NewRun(spec, new EncodedPlan(parts), owner.shard(), "parts", HASH);

    journal.write(owner, started(1, run));

    assertThat(parts).hasSizeGreaterThan(2);
    assertThat(journal.liveRuns(owner.shard(), 0, 10)).containsExactly(spec);
  }

  @Test
  void aGroupOfManyEventsIsThereOnceAndWhole() {
    Ownership owner = claimed();
    NewRun run = newRun("many");
    Group group = startedWith(run, 25_000);

    Kept first = journal.write(owner, group);
    Kept second = journal.write(owner, group);

    assertThat(List.of(first, second)).allMatch(kept -> kept instanceof Kept.Still);
    assertThat(positions(run)).isEqualTo(25_000);
    assertThat(journal.events(run.spec().id(), 9_999, 2))
        .containsExactly(event(run, 10_000), event(run, 10_001));
  }

  @Test
  void aGroupOfManyEventsOfWhichSomeCannotBeIsNotThereAtAll() {
    Ownership owner = claimed();
    NewRun other = newRun("other");
    journal.write(owner, started(1, other));
    NewRun run = newRun("bad");
    List<RunEvent> events = new ArrayList<>(startedWith(run, 25_000).events());
    events.set(24_000, event(other, 1));

    Group group = new Group(2, List.of(run), events, List.of());

    assertThatThrownBy(() -> journal.write(owner, group)).isInstanceOf(JournalRefused.class);
    assertThat(positions(run)).isZero();
    assertThat(journal.findRun(run.spec().id())).isNull();
    assertThat(journal.keep(owner)).isInstanceOf(Kept.Still.class);
  }

  @Test
  void anOwnerThatWasReplacedWritesNothingOfManyEvents() {
    Ownership old = claimed();
    silence();
    claimed();
    NewRun run = newRun("many-zombie");

    Kept kept = journal.write(old, startedWith(run, 25_000));

    assertThat(kept).isInstanceOf(Kept.Lost.class);
    assertThat(positions(run)).isZero();
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

    assertThat(journal.liveRuns(owner.shard(), 0, 10)).isEmpty();
    assertThat(journal.runs(Long.MAX_VALUE, "", 10))
        .singleElement()
        .satisfies(summary -> {
          assertThat(summary.state()).isEqualTo(RunState.DONE);
          assertThat(summary.finishedAt()).isEqualTo(AT);
        });
  }

  @Test
  void aListShowsTheVersionThatARunGoesOnWith() {
    Ownership ownership = claimed();
    NewRun run = newRun("r1");
    RunId id = run.spec().id();
    journal.write(ownership, new Group(1, List.of(run), List.of(), List.of()));

    journal.write(
        ownership,
        new Group(
            2,
            List.of(),
            List.of(),
            List.of(new RunProgress(id, RunState.RUNNING, "", null, null, 7))));
    journal.write(
        ownership,
        new Group(
            3,
            List.of(),
            List.of(),
            List.of(new RunProgress(id, RunState.PAUSED, "later", null, null))));

    assertThat(journal.runs(Long.MAX_VALUE, "", 10))
        .extracting(RunSummary::planVersion, RunSummary::reason)
        .containsExactly(org.assertj.core.api.Assertions.tuple(7, "later"));
    assertThat(journal.findRun(id)).isNotNull();
  }

  @Test
  void pausesOfAgentsAreKeptOncePerName() {
    journal.pauseAgents(AgentPause.Kind.AGENT, "a1", "new disk", "ann");
    journal.pauseAgents(AgentPause.Kind.AGENT, "a1", "newer disk", "bob");
    journal.pauseAgents(AgentPause.Kind.ROLE, "a1", "", "ann");

    assertThat(journal.agentPauses())
        .extracting(AgentPause::kind, AgentPause::name, AgentPause::reason, AgentPause::by)
        .containsExactly(
            org.assertj.core.api.Assertions.tuple(AgentPause.Kind.AGENT, "a1", "newer disk", "bob"),
            org.assertj.core.api.Assertions.tuple(AgentPause.Kind.ROLE, "a1", "", "ann"));

    journal.resumeAgents(AgentPause.Kind.AGENT, "a1");
    journal.resumeAgents(AgentPause.Kind.AGENT, "a1");

    assertThat(journal.agentPauses()).extracting(AgentPause::kind).hasSize(1);
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

    assertThat(journal.liveRuns(owner.shard(), 0, 10)).isEmpty();
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
      Eventually.holds(() -> claim("next") instanceof Claim.Claimed);
      long atClaim = positions(run);

      assertThat(lastAnswered.join()).isEqualTo(atClaim);
      assertThat(positions(run)).isEqualTo(atClaim);
      silence();
    }
  }

  @Test
  void claimsThatRaceGetEachShardOnce() {
    database.journal(4).prepare();
    for (int round = 0; round < 20; round++) {
      List<CompletableFuture<Claim>> claims = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        String name = "claimer-" + i;
        claims.add(CompletableFuture.supplyAsync(() -> claim(name)));
      }

      List<Ownership> won =
          claims.stream()
              .map(CompletableFuture::join)
              .filter(Claim.Claimed.class::isInstance)
              .map(claim -> ((Claim.Claimed) claim).ownership())
              .toList();

      assertThat(won).extracting(Ownership::shard).containsExactlyInAnyOrder(1, 2, 3, 4);
      assertThat(won).extracting(Ownership::generation).doesNotHaveDuplicates();
      silence();
    }
  }

  @Test
  void theSameRequestThatRacesItselfIsOneRun() {
    for (int round = 0; round < 30; round++) {
      String request = "same-" + round;
      CompletableFuture<Requested> one =
          CompletableFuture.supplyAsync(() -> journal.requested(request, HASH, 1));
      CompletableFuture<Requested> other =
          CompletableFuture.supplyAsync(() -> journal.requested(request, HASH, 2));

      assertThat(one.join()).isInstanceOf(Requested.Reserved.class).isEqualTo(other.join());
    }
  }

  @Test
  void twoBodiesThatRaceForOneRequestIdAreToldApart() {
    for (int round = 0; round < 30; round++) {
      String request = "two-" + round;
      String otherHash = "cd".repeat(32);
      CompletableFuture<Requested> one =
          CompletableFuture.supplyAsync(() -> journal.requested(request, HASH, 1));
      CompletableFuture<Requested> other =
          CompletableFuture.supplyAsync(() -> journal.requested(request, otherHash, 1));

      List<Requested> answers = List.of(one.join(), other.join());

      assertThat(answers).filteredOn(Requested.Reserved.class::isInstance).hasSize(1);
      assertThat(answers).filteredOn(Requested.Seen.class::isInstance).hasSize(1);
    }
  }

  @Test
  void aGroupThatRacesItsOwnRepetitionIsThereOnce() {
    Ownership owner = claimed();
    for (int round = 0; round < 30; round++) {
      NewRun run = newRun("repeated-" + round);
      Group group = started(round + 1, run);
      CompletableFuture<Kept> one =
          CompletableFuture.supplyAsync(() -> journal.write(owner, group));
      CompletableFuture<Kept> other =
          CompletableFuture.supplyAsync(() -> journal.write(owner, group));

      assertThat(List.of(one.join(), other.join())).allMatch(Kept.Still.class::isInstance);
      assertThat(journal.events(run.spec().id(), 0, 10)).hasSize(1);
      assertThat(journal.findRun(run.spec().id())).isNotNull();
    }
  }

  @Test
  void aHeartbeatThatRacesAClaimIsLostOrKeepsTheShard() {
    for (int round = 0; round < 30; round++) {
      Ownership old = claimed();
      silence();
      CompletableFuture<Kept> kept = CompletableFuture.supplyAsync(() -> journal.keep(old));
      CompletableFuture<Claim> claim = CompletableFuture.supplyAsync(() -> claim("next"));

      boolean survived =
          kept.join() instanceof Kept.Still && journal.keep(old) instanceof Kept.Still;

      assertThat(claim.join()).isInstanceOf(survived ? Claim.Occupied.class : Claim.Claimed.class);
      silence();
    }
  }

  @Test
  void eventsOfManyRunsAreReadInPages() {
    Ownership owner = claimed();
    List<NewRun> runs = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      NewRun run = newRun("paged-" + i);
      runs.add(run);
      journal.write(owner, started(2L * i + 1, run));
      List<RunEvent> more = List.of(event(run, 2), event(run, 3), event(run, 4));
      journal.write(owner, new Group(2L * i + 2, List.of(), more, List.of()));
    }
    List<RunId> ids = runs.stream().map(run -> run.spec().id()).toList();

    List<RunEvent> all = new ArrayList<>();
    List<RunEvent> page = journal.events(ids, null, 3);
    while (!page.isEmpty()) {
      all.addAll(page);
      page = journal.events(ids, page.getLast(), 3);
    }

    assertThat(all)
        .containsExactlyElementsOf(
            runs.stream()
                .flatMap(run -> LongStream.rangeClosed(1, 4).mapToObj(i -> event(run, i)))
                .toList());
    assertThat(journal.liveRuns(1, ids.getFirst().value(), 2))
        .extracting(spec -> spec.id())
        .containsExactly(ids.get(1), ids.get(2));
  }

  @Test
  void oldRunsAreForgottenWithTheirEventsAndYoungOnesAreNot() {
    Ownership owner = claimed();
    NewRun old = newRun("old");
    NewRun young = newRun("young");
    NewRun live = newRun("live");
    journal.write(owner, started(1, old));
    journal.write(owner, started(2, young));
    journal.write(owner, started(3, live));
    journal.write(owner, finished(4, old, AT));
    journal.write(owner, finished(5, young, AT.plus(Duration.ofDays(36_500))));

    boolean more = journal.dropFinished(Duration.ofHours(1));

    assertThat(more).isFalse();
    assertThat(journal.findRun(old.spec().id())).isNull();
    assertThat(journal.events(old.spec().id(), 0, 10)).isEmpty();
    assertThat(journal.findRun(young.spec().id())).isNotNull();
    assertThat(journal.events(young.spec().id(), 0, 10)).hasSize(2);
    assertThat(journal.liveRuns(1, 0, 10)).containsExactly(live.spec());
    assertThat(database.number("SELECT count(*) FROM scheduler.dropped_run")).isZero();
  }

  private static Group finished(long number, NewRun run, Instant at) {
    RunId id = run.spec().id();
    return new Group(
        number,
        List.of(),
        List.of(new RunEvent(id, 2, at, new RunEvent.RunFinished(RunState.DONE, ""))),
        List.of(new RunProgress(id, RunState.DONE, "", AT, at)));
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

  private Claim claim(String owner) {
    return journal.claim(new Member(owner, owner + ":1"), Set.of());
  }

  private void silence() {
    database.execute("UPDATE scheduler.shard SET heartbeat_at = '-infinity'");
  }

  private Ownership claimed() {
    if (claim("test") instanceof Claim.Claimed claimed) {
      return claimed.ownership();
    }
    throw new AssertionError("the shard is occupied");
  }

  private NewRun newRun(String requestId) {
    if (journal.requested(requestId, HASH, 1) instanceof Requested.Reserved reserved) {
      RunSpec spec =
          new RunSpec(
              reserved.run(), TestPlans.diamond("p"), 3, Map.of("b", "2", "a", "1"), true, 60, AT);
      return new NewRun(spec, TestPlans.encoded(spec.plan()), reserved.shard(), requestId, HASH);
    }
    throw new AssertionError("the request is known");
  }

  private static Group started(long number, NewRun run) {
    return new Group(number, List.of(run), List.of(event(run, 1)), List.of());
  }

  private static Group startedWith(NewRun run, int events) {
    List<RunEvent> all = new ArrayList<>();
    for (int position = 1; position <= events; position++) {
      all.add(event(run, position));
    }
    return new Group(1, List.of(run), all, List.of());
  }

  private static RunEvent event(NewRun run, long position) {
    return new RunEvent(run.spec().id(), position, AT, new RunEvent.RunStarted());
  }
}
