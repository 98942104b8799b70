package dev.makespan.core.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.makespan.core.plan.Plan;
import dev.makespan.core.run.PlanText;
import dev.makespan.core.run.Run;
import dev.makespan.core.run.RunEvent;
import dev.makespan.core.run.RunSpec;
import dev.makespan.core.run.RunState;
import dev.makespan.core.run.RunView;
import dev.makespan.core.session.GatewaySays;
import dev.makespan.core.task.Attempt;
import dev.makespan.core.task.RunId;
import dev.makespan.core.task.TaskEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShardTest {

  private static final String[] PUBLISHING = {
    "schema 2h writes migrations/003.sql",
    "s3 1h writes src/services/s3.rs milestone contract@10m",
    "init 1h30m needs schema,s3.contract,get.crud writes src/handlers/posts.rs",
    "complete 1h needs schema,s3.contract,get.crud writes src/handlers/posts.rs",
    "get 1h30m needs schema writes src/handlers/posts.rs,src/db/repo.rs milestone crud@15m",
    "integration 30m needs s3,init,complete,get reads src/handlers/posts.rs writes src/main.rs",
  };

  @Test
  void threeWritersOfOneFileTakeTurns() {
    Rehearsal rehearsal = new Rehearsal(PlanText.plan(PUBLISHING), 1, 1).agents("dev", 4);

    Run run = rehearsal.run(Duration.ofHours(24));

    assertThat(Rehearsal.makespanOf(run)).isEqualTo(Duration.ofMinutes(390));
  }

  @Test
  void aReaderThatWaitedForTheWritersMilestoneSharesTheFileWithIt() {
    Rehearsal rehearsal =
        new Rehearsal(
                PlanText.plan(
                    "service 60S writes service.rs milestone contract@10S",
                    "endpoint 30S needs service.contract reads service.rs",
                    "stranger 30S reads service.rs"),
                1,
                1)
            .agents("dev", 3);

    Run run = rehearsal.run(Duration.ofHours(1));

    assertThat(Rehearsal.makespanOf(run)).isEqualTo(Duration.ofSeconds(90));
    assertThat(leasesOf(rehearsal)).containsExactly("service", "endpoint", "stranger");
    Instant endpoint = run.view().tasks().get(1).attempts().getFirst().leasedAt();
    assertThat(endpoint).isEqualTo(Rehearsal.T0.plusSeconds(10));
  }

  @Test
  void speedDividesEveryDuration() {
    Rehearsal rehearsal = new Rehearsal(PlanText.plan(PUBLISHING), 3600, 1).agents("dev", 4);

    Run run = rehearsal.run(Duration.ofMinutes(1));

    assertThat(Rehearsal.makespanOf(run)).isEqualTo(Duration.ofMinutes(390));
  }

  @Test
  void theSameSeedTwiceGivesTheSameJournal() {
    List<RunEvent> first = hostileJournal(42);

    List<RunEvent> second = hostileJournal(42);

    assertThat(second).isEqualTo(first);
  }

  private static List<RunEvent> hostileJournal(long seed) {
    Rehearsal rehearsal = hostileRehearsal(seed);
    rehearsal.run(Duration.ofHours(2));
    return rehearsal.journal();
  }

  private static Rehearsal hostileRehearsal(long seed) {
    SplittableRandom chance = new SplittableRandom(seed);
    Rehearsal rehearsal =
        new Rehearsal(RandomPlans.plan("t", chance), 1, seed)
            .agents("dev", 3)
            .agents("ops", 2)
            .hostile(0.3, Duration.ofSeconds(200));
    for (int i = 0; i < 4; i++) {
      String victim = chance.nextBoolean() ? "dev-" + (1 + chance.nextInt(3)) : "ops-1";
      rehearsal.at(Duration.ofSeconds(chance.nextInt(200)), () -> rehearsal.agent(victim).die());
    }
    for (int i = 0; i < 4; i++) {
      Duration outage = Duration.ofSeconds(30 + chance.nextInt(60));
      rehearsal.at(
          Duration.ofSeconds(chance.nextInt(200)), () -> rehearsal.cutOffOneAtWork(outage));
    }
    rehearsal.at(Duration.ofSeconds(chance.nextInt(200)), rehearsal::restartScheduler);
    rehearsal.at(Duration.ofSeconds(chance.nextInt(200)), rehearsal::restartScheduler);
    return rehearsal;
  }

  /** Losses are charged, so a life this bad may end in failure; never in a wrong state. */
  @Test
  @Tag("lives")
  void everyPromiseHoldsInRandomLives() {
    int done = 0;
    int superseded = 0;
    for (long seed = 0; seed < 300; seed++) {
      Rehearsal rehearsal = hostileRehearsal(seed);

      Run run = rehearsal.run(Duration.ofHours(2));

      assertThat(run.state().isFinal()).as("seed " + seed + rehearsal.describe()).isTrue();
      assertThat(rehearsal.completions().values()).as("seed " + seed).allMatch(n -> n == 1);
      superseded += rehearsal.verdicts().contains(GatewaySays.Verdict.SUPERSEDED) ? 1 : 0;
      done += run.state() == RunState.DONE ? 1 : 0;
    }
    assertThat(done).isGreaterThan(250);
    assertThat(superseded).as("lives in which a fence was needed").isGreaterThan(30);
  }

  /** With people who pause, cancel, retry, leave out, ask, answer, approve and amend. */
  @Test
  @Tag("lives")
  void everyPromiseHoldsWhateverPeopleDo() {
    int done = 0;
    int refused = 0;
    Set<String> kinds = new LinkedHashSet<>();
    for (long seed = 0; seed < 300; seed++) {
      Rehearsal rehearsal = meddledRehearsal(seed);

      Run run = rehearsal.run(Duration.ofHours(3));

      assertThat(run.state().isFinal()).as("seed " + seed + rehearsal.describe()).isTrue();
      assertThat(rehearsal.completions().values()).as("seed " + seed).allMatch(n -> n == 1);
      rehearsal.journal().forEach(event -> kinds.add(kindOf(event)));
      refused += rehearsal.refusals().size();
      done += run.state() == RunState.DONE ? 1 : 0;
    }
    assertThat(done).isGreaterThan(30);
    assertThat(refused).isGreaterThan(1000);
    assertThat(kinds)
        .contains("RunPaused", "RunResumed", "RunAmended", "CheckpointApproved", "Reopened")
        .contains("BlockerRaised", "BlockerAnswered", "Approved", "Skipped", "Cancelled");
  }

  private static Rehearsal meddledRehearsal(long seed) {
    SplittableRandom chance = new SplittableRandom(seed);
    Rehearsal rehearsal =
        new Rehearsal(RandomPlans.withPeople("t", chance), 1, seed, false)
            .agents("dev", 3)
            .agents("ops", 2)
            .hostile(0.2, Duration.ofSeconds(200));
    new People(rehearsal, seed).meddle(25, Duration.ofMinutes(4));
    rehearsal.at(Duration.ofSeconds(chance.nextInt(200)), rehearsal::restartScheduler);
    return rehearsal;
  }

  private static String kindOf(RunEvent event) {
    return event.change() instanceof RunEvent.TaskChanged changed
        ? changed.event().getClass().getSimpleName()
        : event.change().getClass().getSimpleName();
  }

  @Test
  @Tag("lives")
  void aMeddledRunIsRebuiltFromItsJournal() {
    for (long seed = 0; seed < 30; seed++) {
      Rehearsal rehearsal = meddledRehearsal(seed);
      Run lived = rehearsal.run(Duration.ofHours(3));

      Run rebuilt = Run.replay(rehearsal.spec(), rehearsal.journal());

      assertThat(rebuilt.view()).as("seed " + seed).isEqualTo(lived.view());
      assertThat(rebuilt.view()).as("seed " + seed).isEqualTo(rehearsal.current().view());
    }
  }

  @Test
  void aRunIsRebuiltFromItsJournal() {
    Rehearsal rehearsal = hostileRehearsal(7);
    Run lived = rehearsal.run(Duration.ofHours(2));

    RunView again = Run.replay(lived.spec(), rehearsal.journal()).view();

    assertThat(again).isEqualTo(lived.view());
  }

  @Test
  void aTaskOfADeadAgentIsDoneByAnotherAfterTheLease() {
    Rehearsal rehearsal = new Rehearsal(PlanText.plan("a 60S"), 1, 1).agents("dev", 2);
    rehearsal.at(Duration.ofSeconds(10), () -> rehearsal.agent("dev-1").dieForGood());

    Run run = rehearsal.run(Duration.ofHours(1));

    RunView.TaskView task = run.view().tasks().getFirst();
    Instant renewed = Rehearsal.T0.plusSeconds(5);
    Duration lease = ShardSettings.DEFAULT.lease();
    assertThat(task.attempts()).hasSize(2);
    assertThat(task.attempts().getLast().leasedAt())
        .isBetween(renewed.plus(lease), renewed.plus(lease).plusMillis(1500));
    assertThat(task.attempts().getLast().agent().value()).isEqualTo("dev-2");
    assertThat(task.counters().infra()).isEqualTo(1);
    assertThat(task.counters().attempts()).isZero();
  }

  @Test
  void theResultOfAnAgentThatWasReplacedMeanwhileIsSuperseded() {
    Rehearsal rehearsal = new Rehearsal(PlanText.plan("a 40S"), 1, 1).agents("dev", 2);
    rehearsal.at(
        Duration.ofSeconds(1), () -> rehearsal.agent("dev-1").beCutOff(Duration.ofSeconds(45)));

    Run run = rehearsal.run(Duration.ofHours(1));

    RunView.TaskView task = run.view().tasks().getFirst();
    assertThat(task.attempts()).hasSize(2);
    assertThat(task.attempts().getLast().agent().value()).isEqualTo("dev-2");
    assertThat(task.attempts().getLast().outcome()).isEqualTo(Attempt.Outcome.DONE);
    assertThat(rehearsal.verdicts()).contains(GatewaySays.Verdict.SUPERSEDED);
  }

  @Test
  void aRestartOfTheSchedulerLosesAndRepeatsNothing() {
    Rehearsal rehearsal = new Rehearsal(PlanText.plan(PUBLISHING), 3600, 1).agents("dev", 4);
    rehearsal.at(Duration.ofMillis(2500), rehearsal::restartScheduler);

    Run run = rehearsal.run(Duration.ofHours(1));

    assertThat(Rehearsal.makespanOf(run)).isEqualTo(Duration.ofMinutes(390));
    assertThat(run.view().tasks()).allMatch(task -> task.attempts().size() == 1);
  }

  @Test
  void aTaskThatRunsPastItsTimeoutIsTriedAgainAndFailsInTheEnd() {
    Rehearsal rehearsal =
        new Rehearsal(PlanText.plan("a 60S timeout 10S", "b 1S needs a", "c 1S"), 1, 1)
            .agents("dev", 2);

    Run run = rehearsal.run(Duration.ofHours(1));

    assertThat(run.state()).isEqualTo(RunState.FAILED);
    assertThat(run.reason()).contains("task a failed").contains("timeout");
    assertThat(statesOf(run)).containsExactly("Failed", "Skipped", "Done");
    assertThat(run.view().tasks().getFirst().counters().attempts()).isEqualTo(3);
  }

  @Test
  void whatTheLaterPhaseWaitsForIsTheWholeBarrier() {
    Rehearsal rehearsal =
        new Rehearsal(
                PlanText.plan(
                    "phase one barrier",
                    "phase two",
                    "a 10S phase one",
                    "b 30S phase one",
                    "c 5S phase two needs a",
                    "d 5S"),
                1,
                1)
            .agents("dev", 4);

    Run run = rehearsal.run(Duration.ofHours(1));

    assertThat(Rehearsal.makespanOf(run)).isEqualTo(Duration.ofSeconds(35));
  }

  @Test
  void aCancelledRunEndsWithWhatIsLiveToldToStop() {
    Rehearsal rehearsal =
        new Rehearsal(PlanText.plan("a 60S", "b 60S needs a"), 1, 1).agents("dev", 1);
    rehearsal.at(Duration.ofSeconds(10), rehearsal::cancel);

    Run run = rehearsal.run(Duration.ofHours(1));

    assertThat(run.state()).isEqualTo(RunState.CANCELLED);
    assertThat(statesOf(run)).containsExactly("Cancelled", "Cancelled");
    assertThat(run.view().finishedAt()).isEqualTo(Rehearsal.T0.plusSeconds(10));
  }

  @Test
  void aResourceIsNeverUsedBeyondItsCapacity() {
    Rehearsal rehearsal =
        new Rehearsal(
                PlanText.plan("resource staging 1", "a 10S uses staging", "b 10S uses staging"),
                1,
                1)
            .agents("dev", 2);

    Run run = rehearsal.run(Duration.ofHours(1));

    assertThat(Rehearsal.makespanOf(run)).isEqualTo(Duration.ofSeconds(20));
  }

  @ParameterizedTest
  @CsvSource({"P0,P2", "P1,P3"})
  void theHigherPriorityClassGoesFirst(String higher, String lower) {
    Rehearsal rehearsal =
        new Rehearsal(
                PlanText.plan("long 50S priority " + lower, "short 5S priority " + higher), 1, 1)
            .agents("dev", 1);

    rehearsal.run(Duration.ofHours(1));

    assertThat(leasesOf(rehearsal)).containsExactly("short", "long");
  }

  @Test
  void theLongestTailGoesFirstWithinAClass() {
    Rehearsal rehearsal =
        new Rehearsal(PlanText.plan("short 5S", "head 1S", "tail 50S needs head"), 1, 1)
            .agents("dev", 1);

    rehearsal.run(Duration.ofHours(1));

    assertThat(leasesOf(rehearsal)).containsExactly("head", "tail", "short");
  }

  @Test
  void moreWaitingRunsThanThePlansIntakeAreRefused() {
    Plan plan = PlanText.plan("intake 1", "a 5S");
    Shard shard = new Shard(1, ShardSettings.DEFAULT, new SplittableRandom(1));
    shard.handle(new ShardInput.StartRun(specOf(plan, 1)), Rehearsal.T0);

    Outcome second = shard.handle(new ShardInput.StartRun(specOf(plan, 2)), Rehearsal.T0);

    assertThat(second).isInstanceOf(Outcome.IntakeFull.class);
    assertThat(shard.findRun(new RunId(2))).isNull();
  }

  @Test
  void aTickBeforeItsTimeChangesNothing() {
    Plan plan = PlanText.plan("a 5S");
    Shard shard = new Shard(1, ShardSettings.DEFAULT, new SplittableRandom(1));
    shard.handle(new ShardInput.StartRun(specOf(plan, 1)), Rehearsal.T0);

    Outcome outcome = shard.handle(new ShardInput.Tick(), Rehearsal.T0.plusSeconds(3600));

    assertThat(outcome).isEqualTo(Outcome.Step.NOTHING);
  }

  private static RunSpec specOf(Plan plan, long id) {
    return new RunSpec(new RunId(id), plan, 1, Map.of(), true, 1, Instant.EPOCH);
  }

  private static List<String> statesOf(Run run) {
    return run.view().tasks().stream().map(t -> t.state().getClass().getSimpleName()).toList();
  }

  private static List<String> leasesOf(Rehearsal rehearsal) {
    List<String> leases = new ArrayList<>();
    for (RunEvent event : rehearsal.journal()) {
      if (event.change() instanceof RunEvent.TaskChanged changed
          && changed.event() instanceof TaskEvent.Leased) {
        leases.add(changed.task().value());
      }
    }
    return leases;
  }
}
