package dev.makespan.core.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who is started, with which agent, and how many tasks are looked at for it. */
class DispatchTest {

  @Test
  void whoWaitsLongestIsNotOvertakenByTasksThatWouldOutlastItsTurn() {
    Floor floor =
        new Floor()
            .agents("dev", 3)
            .start(
                1,
                "reader 60S reads f",
                "writer 50S writes f",
                "gate 5S",
                "long 58S needs gate reads f",
                "short 40S needs gate reads f")
            .begin();

    floor.wait(Duration.ofSeconds(5));
    floor.finish("gate");

    assertThat(floor.running()).containsExactly("reader", "short");
    floor.finish("reader");
    floor.finish("short");
    assertThat(floor.running()).containsExactly("writer");
    floor.finish("writer");
    assertThat(floor.running()).containsExactly("long");
  }

  @Test
  void whatTakesAsLongAsTheTurnIsAwayIsTooLate() {
    Floor floor =
        new Floor()
            .agents("dev", 3)
            .start(1, "reader 60S reads f", "writer 50S writes f", "g 0S", "x 59S needs g reads f")
            .begin();

    floor.wait(Duration.ofSeconds(1));
    floor.finish("g");

    assertThat(floor.running()).containsExactly("reader");
  }

  @Test
  void aHigherClassIsNotHeldBackByAReservationBelowIt() {
    Floor floor =
        new Floor()
            .agents("dev", 3)
            .start(
                1,
                "reader 60S reads f",
                "writer 50S writes f",
                "g 95S",
                "urgent 90S needs g reads f priority P0");

    floor.finish("g");

    assertThat(floor.running()).containsExactly("reader", "urgent");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 5, 9})
  void aStreamOfReadersNeverStarvesAWriter(int slots) {
    List<String> plan = new ArrayList<>(List.of("writer 10S writes f"));
    for (int i = 0; i < 40 * slots; i++) {
      String needs = i < slots ? "" : " needs r" + (i - slots);
      plan.add("r%d %dS reads f%s".formatted(i, 20 + i % 7, needs));
    }
    Floor floor = new Floor().agents("dev", slots + 1);

    floor.start(1, plan.toArray(String[]::new));

    int readers = 0;
    while (!floor.started().contains("writer")) {
      floor.wait(Duration.ofSeconds(7));
      floor.finish(floor.running().getFirst());
      readers++;
    }
    assertThat(readers).as("readers before the writer").isLessThanOrEqualTo(2 * slots);
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 8})
  void aBigUserOfAResourceIsNeverStarvedBySmallOnes(int units) {
    List<String> plan = new ArrayList<>(List.of("resource env " + units));
    plan.add("big 10S uses env:" + units);
    for (int i = 0; i < 30 * units; i++) {
      String needs = i < units ? "" : " needs s" + (i - units);
      plan.add("s%d %dS uses env:1%s".formatted(i, 20 + i % 5, needs));
    }
    Floor floor = new Floor().agents("dev", units + 2);

    floor.start(1, plan.toArray(String[]::new));

    int small = 0;
    while (!floor.started().contains("big")) {
      floor.wait(Duration.ofSeconds(7));
      floor.finish(floor.running().getFirst());
      small++;
    }
    assertThat(small).as("small ones before the big one").isLessThanOrEqualTo(2 * units);
  }

  @Test
  void whatTheReservationLeavesOfAResourceIsUsed() {
    Floor floor =
        new Floor()
            .agents("dev", 4)
            .start(
                1,
                "resource env 5",
                "first 60S uses env:3",
                "big 59S uses env:4",
                "g 1S",
                "one 300S needs g uses env:1",
                "two 300S needs g uses env:1");

    floor.wait(Duration.ofSeconds(1));
    floor.finish("g");

    assertThat(floor.running()).containsExactly("first", "one");
    floor.finish("first");
    assertThat(floor.running()).containsExactly("one", "big");
  }

  @Test
  void aReservationOfARoleThatIsGoneHoldsNobodyUp() {
    Floor floor =
        new Floor()
            .agents("dev", 2)
            .agent("boss", 1, "ops")
            .start(
                1,
                "reader 60S reads f",
                "writer 50S writes f role ops",
                "g 5S",
                "long 600S needs g reads f");

    floor.leave("boss");
    floor.finish("g");

    assertThat(floor.running()).containsExactly("reader", "long");
  }

  @Test
  void tenThousandTasksThatWantOneFileAreNotWalkedOver() {
    String[] plan = new String[10_000];
    for (int i = 0; i < plan.length; i++) {
      plan[i] = "t%d 10S writes main.rs,own%d.rs".formatted(i, i);
    }
    Floor floor = new Floor().agents("dev", 50).start(1, plan);
    long before = floor.examined();

    for (int i = 0; i < 1_000; i++) {
      assertThat(floor.running()).hasSize(1);
      floor.finish(floor.running().getFirst());
    }

    assertThat(before).as("tried at the start").isLessThanOrEqualTo(plan.length);
    assertThat(floor.examined() - before).as("tried for 1,000 starts").isLessThanOrEqualTo(2_000);
  }

  @Test
  void aThousandReadersOfAFileThatIsGivenBackStartAtOnce() {
    List<String> plan = new ArrayList<>(List.of("writer 10S writes f priority P0"));
    for (int i = 0; i < 1_000; i++) {
      plan.add("r%d 10S reads f".formatted(i));
    }
    Floor floor = new Floor().agents("dev", 800).start(1, plan.toArray(String[]::new));
    long before = floor.examined();

    floor.finish("writer");

    assertThat(floor.running()).hasSize(800);
    assertThat(floor.examined() - before).isLessThanOrEqualTo(801);
  }

  @Test
  void aTaskThatItsOnlyAgentGaveBackIsTriedAgainWhenThatHasRested() {
    Floor floor = new Floor().agents("dev", 1).start(1, "a 5S", "b 4S");

    floor.refuse("a");
    assertThat(floor.running()).containsExactly("b");
    floor.finish("b");
    assertThat(floor.running()).isEmpty();
    floor.wait(ShardSettings.DEFAULT.rest());

    assertThat(floor.running()).containsExactly("a");
  }

  @Test
  void anotherAgentTakesAtOnceWhatOneGaveBack() {
    Floor floor = new Floor().agent("dev-1", 1, "dev").start(1, "a 5S");
    floor.refuse("a");

    floor.agent("dev-2", 1, "dev");

    assertThat(floor.agentOf("a")).isEqualTo("dev-2");
  }

  @ParameterizedTest
  @CsvSource({
    "slack, 'head tail long'",
    "shortest-first, 'head late long'",
    "first-come, 'long head late'",
  })
  void thePlanSaysWhoGoesFirst(String policy, String order) {
    Floor floor =
        new Floor()
            .agents("dev", 1)
            .start(1, "policy " + policy, "long 50S", "head 2S", "tail 90S needs head", "late 3S");

    for (int i = 0; i < 2; i++) {
      floor.wait(Duration.ofSeconds(1));
      floor.finish(floor.running().getFirst());
    }

    assertThat(String.join(" ", floor.started())).isEqualTo(order);
  }

  @Test
  void runsShareTheAgentsWhateverTheirTails() {
    String[] plan = new String[100];
    String[] other = new String[100];
    for (int i = 0; i < plan.length; i++) {
      plan[i] = "long%d 100S".formatted(i);
      other[i] = "short%d 10S".formatted(i);
    }
    Floor floor = new Floor().start(1, plan).start(2, other).agents("dev", 1);

    for (int i = 0; i < 21; i++) {
      String task = floor.running().getFirst();
      floor.wait(Duration.ofSeconds(task.startsWith("long") ? 100 : 10));
      floor.finish(task);
    }

    assertThat(floor.started().subList(0, 22).stream().filter(t -> t.startsWith("long")).count())
        .isEqualTo(2);
  }

  @Test
  void aRunIsChargedTheTimeThatItTookNotThePlannedOne() {
    Floor floor =
        new Floor()
            .start(1, "slow1 10S", "slow2 10S", "slow3 10S")
            .start(2, "a1 10S", "a2 10S", "a3 10S", "a4 10S", "a5 10S", "a6 10S", "a7 10S")
            .agents("dev", 1);

    for (int i = 0; i < 6; i++) {
      String task = floor.running().getFirst();
      floor.wait(Duration.ofSeconds(task.startsWith("slow") ? 60 : 10));
      floor.finish(task);
    }

    assertThat(floor.started()).containsExactly("slow1", "a1", "a2", "a3", "a4", "a5", "a6");
  }

  @Test
  void theSuccessorGoesToTheAgentThatDidWhatItNeedsLast() {
    Floor floor =
        new Floor()
            .agents("dev", 3)
            .start(1, "a 5S", "b 4S", "c 3S", "d 5S needs a,b", "e 1S needs c");
    String warm = floor.agentOf("b");
    String other = floor.agentOf("c");

    floor.finish("c");
    floor.finish("e");
    floor.finish("a");
    floor.wait(Duration.ofSeconds(1));
    floor.finish("b");

    assertThat(floor.agentOf("d")).isEqualTo(warm);
    assertThat(other).isNotEqualTo(warm);
  }

  @Test
  void aWarmAgentThatIsBusyIsNotWaitedFor() {
    Floor floor =
        new Floor().agents("dev", 2).start(1, "a 5S", "b 90S needs a", "c 50S needs a", "d 1S");

    floor.finish("d");
    floor.finish("a");

    assertThat(floor.running()).containsExactly("b", "c");
    assertThat(floor.agentOf("b")).isEqualTo("dev-1");
    assertThat(floor.agentOf("c")).isEqualTo("dev-2");
  }

  @Test
  void tasksOfOneLabelGoToOneAgentWhereThePlanAsksForIt() {
    Floor floor =
        new Floor()
            .agents("dev", 3)
            .start(
                1,
                "affinity module",
                "a 9S label module=x",
                "b 8S label module=y",
                "e 1S needs a label module=y");

    floor.finish("b");
    floor.finish("a");

    assertThat(floor.agentOf("e")).isEqualTo("dev-2");
  }

  @Test
  void aTaskWithAFolderKeepsOutWhoeverTouchesAFileInIt() {
    Floor floor =
        new Floor()
            .agents("dev", 4)
            .start(
                1,
                "all 9S writes src",
                "one 8S writes src/a/b.rs",
                "glob 7S reads src/**/*.rs",
                "else 6S writes doc/a.md");

    assertThat(floor.running()).containsExactly("all", "else");
    floor.finish("all");
    assertThat(floor.running()).containsExactly("else", "one");
    floor.finish("one");
    assertThat(floor.running()).containsExactly("else", "glob");
  }

  @Test
  void appendersShareAndRegeneratorsShareUnderThePlansPolicies() {
    Floor floor =
        new Floor()
            .agents("dev", 6)
            .start(
                1,
                "file CHANGELOG.md append",
                "file **/*.lock regenerate",
                "a 9S writes CHANGELOG.md",
                "b 8S writes CHANGELOG.md,x/y.lock",
                "c 7S regenerates x/y.lock",
                "d 6S writes other.md",
                "e 5S writes other.md");

    assertThat(floor.running()).containsExactly("a", "b", "c", "d");
  }
}
