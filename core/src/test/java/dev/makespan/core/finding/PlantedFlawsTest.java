package dev.makespan.core.finding;

import static org.assertj.core.api.Assertions.assertThat;

import dev.makespan.core.analysis.CriticalPath;
import dev.makespan.core.graph.PlanBuilder;
import dev.makespan.core.graph.TaskGraph;
import dev.makespan.core.plan.Plan;
import dev.makespan.core.plan.Task;
import dev.makespan.core.schedule.Search;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/**
 * Flaws of every kind are planted at random into plans without any, each in a corner of its own:
 * the review finds what was planted, all of it, and nothing else.
 */
class PlantedFlawsTest {

  private static final int PLANS = 30;

  /** Told of every plan of two tasks or more, flaw or not. */
  private static final List<String> ALWAYS = List.of("risk:slip", "hot-role:agent");

  @Test
  void whatIsPlantedIsFoundAndNothingElse() {
    Set<FindingKind> kinds = EnumSet.noneOf(FindingKind.class);
    for (int seed = 0; seed < PLANS; seed++) {
      Garden garden = new Garden(seed);
      garden.plantAtRandom();
      Plan plan = garden.plan();

      List<Finding> findings = review(plan).findings();

      assertThat(findings)
          .as("seed %d", seed)
          .extracting(Finding::id)
          .containsExactlyInAnyOrderElementsOf(garden.expected);
      findings.forEach(finding -> kinds.add(finding.kind()));
    }

    assertThat(kinds).containsExactly(FindingKind.values());
  }

  @Test
  void nothingIsFoundWhereNothingWasPlanted() {
    for (int seed = 0; seed < PLANS / 2; seed++) {
      Plan plan = new Garden(seed).plan();

      List<Finding> findings = review(plan).findings();

      assertThat(findings)
          .as("seed %d", seed)
          .extracting(Finding::id)
          .containsExactlyInAnyOrderElementsOf(ALWAYS);
      assertThat(findings).allMatch(finding -> finding.gain().isZero());
    }
  }

  private static PlanReview review(Plan plan) {
    return PlanReview.of(plan, plan.pools(), new Search(1, 20, 1, 0));
  }

  /** Flaws that can stand side by side. */
  private enum Flaw {
    TWO_WRITERS,
    READER_BESIDE_WRITER,
    NEED_WITHOUT_FLOW,
    IMPLIED_NEED,
    STEPS_OF_DIFFERENT_NEEDS,
    EARLY_STEP_IS_ENOUGH,
    TESTS_IN_SEQUENCE,
    FOREIGN_WRITER,
    STUB_TO_WIRE,
    RISK_ON_THE_PATH,
    FEWER_AGENTS_THAN_TASKS
  }

  /** Flaws of the longest part of a plan, of which there is one. */
  private enum LongFlaw {
    NONE,
    WAIT_ACROSS_AN_INTERFACE,
    FILE_THAT_BINDS,
    RESOURCE_THAT_BINDS,
    ONE_LONG_CHAIN
  }

  private static final List<LongFlaw> LONG_FLAWS = List.of(LongFlaw.values());

  /** A plan that grows: two tasks in order and some aside, then the flaws. */
  private static final class Garden {
    private final SplittableRandom random;
    private final PlanBuilder builder = new PlanBuilder();
    private final List<String> expected = new ArrayList<>(ALWAYS);
    private boolean risky;
    private boolean scarce;

    Garden(long seed) {
      random = new SplittableRandom(seed);
      builder.pool("agent", 1).resource("lab", 1);
      add("root", minutes(), t -> t.writes("root"));
      add("leaf", minutes(), t -> t.needs("root").reads("root").writes("leaf"));
      int aside = 4 + random.nextInt(3);
      for (int i = 0; i < aside; i++) {
        String name = "aside" + i;
        add(name, 60 + i, t -> t.writes(name));
      }
    }

    private int minutes() {
      return 5 + random.nextInt(20);
    }

    private void add(String id, int minutes, UnaryOperator<PlanBuilder.Line> said) {
      builder.task(id, minutes, said);
    }

    void plantAtRandom() {
      for (Flaw flaw : Flaw.values()) {
        if (random.nextInt(3) == 0) {
          plant(flaw);
        }
      }
      plant(LONG_FLAWS.get(random.nextInt(LONG_FLAWS.size())));
    }

    /** As many agents as tasks, or one less; a risk to a task that can slip, or not. */
    Plan plan() {
      Plan grown = builder.plan();
      CriticalPath path = CriticalPath.of(TaskGraph.of(grown));
      Task first = grown.tasks().get(path.criticalTasks()[0]);
      assertThat(path.isCritical(0)).isFalse();
      builder.risk("calm", "", "", "root");
      if (risky) {
        builder.risk("near", "Look twice", "", "root", first.id().value());
        expected.add("risk:near");
      }
      if (scarce) {
        expected.add("grouping:plan");
      }
      return builder.pool("agent", grown.tasks().size() - (scarce ? 1 : 0)).plan();
    }

    private void plant(Flaw flaw) {
      switch (flaw) {
        case TWO_WRITERS -> {
          add("ww-a", 20, t -> t.writes("ww/x"));
          add("ww-b", 20, t -> t.writes("ww/x"));
          expected.add("write-write:ww/x");
        }
        case READER_BESIDE_WRITER -> {
          add("rw-a", 20, t -> t.writes("rw/**"));
          add("rw-b", 20, t -> t.reads("rw/x"));
          expected.add("read-write:rw/x");
        }
        case NEED_WITHOUT_FLOW -> {
          add("idle", minutes(), t -> t.needs("root").reads("given").writes("idle"));
          expected.add("needless-dependency:idle:root");
        }
        case IMPLIED_NEED -> {
          add("late", minutes(), t -> t.needs("root", "leaf").reads("root", "leaf"));
          expected.add("needless-dependency:late:root");
        }
        case STEPS_OF_DIFFERENT_NEEDS -> {
          add(
              "halves",
              10,
              t ->
                  t.needs("root", "aside0")
                      .step("x", 5, "root", "half-x")
                      .step("y", 5, "aside0", "half-y"));
          expected.add("split:halves");
        }
        case EARLY_STEP_IS_ENOUGH -> {
          add(
              "maker",
              30,
              t -> t.step("x", 10, "given", "made-x").step("y", 20, "made-x", "made-y"));
          add("user", minutes(), t -> t.needs("maker").reads("made-x").writes("user"));
          expected.add("milestone:user:maker");
          expected.add("split:maker");
        }
        case TESTS_IN_SEQUENCE -> {
          add(
              "quality",
              20,
              t ->
                  t.needs("root")
                      .step("unit-tests", 10, "root", "unit")
                      .step("e2e-tests", 10, "root", "e2e"));
          expected.add("concurrent-tests:quality");
        }
        case FOREIGN_WRITER -> {
          builder.owner("own/main", "root");
          add("foreign", minutes(), t -> t.writes("own/main"));
          expected.add("ownership:foreign:own/main");
        }
        case STUB_TO_WIRE -> {
          add("fake", minutes(), t -> t.stub("root", "call").writes("fake"));
          expected.add("wiring:plan");
        }
        case RISK_ON_THE_PATH -> risky = true;
        case FEWER_AGENTS_THAN_TASKS -> scarce = true;
      }
    }

    /**
     * Each is longer than all else, and less than three fifths of the work unless it is a chain.
     */
    private void plant(LongFlaw flaw) {
      switch (flaw) {
        case NONE -> {}
        case WAIT_ACROSS_AN_INTERFACE -> {
          add("server", 100 + minutes(), t -> t.writes("api.rs", "rest.rs"));
          add("client", 100 + minutes(), t -> t.needs("server").reads("api.rs").writes("client"));
          add("beside", 180, t -> t.writes("beside"));
          expected.add("stub:client:server");
        }
        case FILE_THAT_BINDS -> {
          add("hot-a", 100, t -> t.writes("hot/x"));
          add("hot-b", 100, t -> t.writes("hot/x"));
          expected.add("write-write:hot/x");
          expected.add("hot-file:hot/x");
        }
        case RESOURCE_THAT_BINDS -> {
          add("lab-a", 100, t -> t.writes("lab-a").uses("lab", 1));
          add("lab-b", 100, t -> t.writes("lab-b").uses("lab", 1));
          expected.add("hot-resource:lab");
        }
        case ONE_LONG_CHAIN -> {
          add("first", 2_000, t -> t.writes("first"));
          add("then", 2_000, t -> t.needs("first").reads("first").writes("then"));
          expected.add("serial:plan");
        }
      }
    }
  }
}
