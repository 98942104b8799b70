package dev.makespan.scheduler;

import static org.assertj.core.api.Assertions.assertThat;

import dev.makespan.core.run.RunState;
import dev.makespan.core.task.RunId;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Several shards over several replicas. */
class ShardsTest {

  private static final int SHARDS = 4;

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
  void replicasShareTheShardsAndTakeOverThoseOfADeadOne() throws Exception {
    FaultyJournal mortal = new FaultyJournal(database.journal(SHARDS), 1, 0);
    try (Replica first = new Replica("first", mortal);
        Replica second = new Replica("second", database.journal(SHARDS))) {
      Eventually.holds(() -> owned(first) == 2 && owned(second) == 2);

      mortal.cutOff(true);

      Eventually.holds(() -> owned(second) == SHARDS);

      mortal.cutOff(false);

      Eventually.holds(() -> owned(first) == 2 && owned(second) == 2);
      assertThat(database.number("SELECT count(DISTINCT owner) FROM scheduler.shard")).isEqualTo(2);
    }
  }

  @Test
  void whoeverDoesNotOwnARunsShardNamesTheOneThatDoes() throws Exception {
    try (Replica first = patient("first");
        Replica second = patient("second")) {
      Eventually.holds(() -> owned(first) == 2 && owned(second) == 2);
      Eventually.holds(() -> heardOf(first, "second") == 2);
      Set<String> starters = new LinkedHashSet<>();
      for (int i = 0; i < 16; i++) {
        String plan = "plan-" + i;
        RunAnswer here = first.ask("r" + i, TestPlans.wide(plan, 1));

        if (here instanceof RunAnswer.Unavailable elsewhere) {
          assertThat(elsewhere.owner()).isEqualTo("second:1");
          RunId run = second.start("r" + i, TestPlans.wide(plan, 1));
          assertThat(first.runs.run(run))
              .isInstanceOfSatisfying(
                  RunAnswer.Unavailable.class, un -> assertThat(un.owner()).isEqualTo("second:1"));
          assertThat(second.runs.run(run)).isInstanceOf(RunAnswer.Found.class);
          starters.add("second");
        } else {
          assertThat(here).isInstanceOf(RunAnswer.Found.class);
          starters.add("first");
        }
      }

      assertThat(starters).containsExactlyInAnyOrder("first", "second");
    }
  }

  @Test
  void runsOfAllShardsAreFinishedByTheirOwnAgents() throws Exception {
    try (Replica replica = new Replica("only", database.journal(SHARDS))) {
      Eventually.holds(() -> owned(replica) == SHARDS);
      for (int shard = 1; shard <= SHARDS; shard++) {
        replica.new Agents(shard, "agent-" + shard, Integer.MAX_VALUE).open("p", 2, List.of());
      }
      List<RunId> runs = new ArrayList<>();
      for (int i = 0; i < 12; i++) {
        runs.add(replica.start("r" + i, TestPlans.wide("p-" + i, "p", 5)));
      }

      Eventually.holds(() -> runs.stream().allMatch(run -> isDone(replica, run)));

      assertThat(database.number("SELECT count(DISTINCT shard) FROM scheduler.run"))
          .isGreaterThan(1);
      assertThat(database.number("SELECT count(DISTINCT request_id) FROM scheduler.run"))
          .isEqualTo(12);
    }
  }

  @Test
  void theSameStartAtTwoReplicasIsOneRun() throws Exception {
    try (Replica first = patient("first");
        Replica second = patient("second")) {
      Eventually.holds(() -> owned(first) == 2 && owned(second) == 2);
      for (int i = 0; i < 20; i++) {
        String plan = "race-" + i;
        CompletableFuture<RunAnswer> one =
            CompletableFuture.supplyAsync(
                () -> first.ask(plan, TestPlans.wide(plan, 1)), first.threads);
        CompletableFuture<RunAnswer> other =
            CompletableFuture.supplyAsync(
                () -> second.ask(plan, TestPlans.wide(plan, 1)), second.threads);

        List<RunAnswer> answers = List.of(one.join(), other.join());

        assertThat(answers).filteredOn(RunAnswer.Found.class::isInstance).hasSize(1);
        assertThat(answers).filteredOn(RunAnswer.Unavailable.class::isInstance).hasSize(1);
      }

      assertThat(database.number("SELECT count(*) FROM scheduler.run")).isEqualTo(20);
      assertThat(owned(first) + owned(second)).isEqualTo(SHARDS);
    }
  }

  private static boolean isDone(Replica replica, RunId run) {
    return replica.runs.run(run) instanceof RunAnswer.Found found
        && found.view().state() == RunState.DONE;
  }

  /** How many shards {@code replica} has heard that {@code owner} owns. */
  private static long heardOf(Replica replica, String owner) {
    return replica.owner.roster().shards().stream()
        .filter(entry -> entry.held() && entry.owner().name().equals(owner))
        .count();
  }

  /** Keeps its shards through the pauses of a busy machine. */
  private Replica patient(String name) {
    Duration expiry = Duration.ofSeconds(30);
    return new Replica(name, database.journal(SHARDS, expiry), Duration.ofMillis(100), expiry);
  }

  private static int owned(Replica replica) {
    return replica.owner.standing() instanceof Standing.Owning owning ? owning.shards().size() : 0;
  }
}
