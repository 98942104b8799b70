package dev.makespan.core.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.makespan.core.graph.PlanBuilder;
import dev.makespan.core.graph.TaskGraph;
import dev.makespan.core.plan.Plan;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * What is computed of known projects, as fingerprints of every number of it. Whether the answers
 * are right is tested elsewhere; here an answer that changes without intent is seen. When one
 * changes with intent, answers that the planner keeps are out of date: raise its algorithm version,
 * and put the new fingerprints here.
 */
class KnownAnswersTest {

  @Test
  void everyRuleRanksAndPlacesAsBefore() {
    List<String> found = new ArrayList<>();
    for (PriorityRule rule : PriorityRule.values()) {
      Fingerprint ranks = new Fingerprint();
      Fingerprint serial = new Fingerprint();
      Fingerprint parallel = new Fingerprint();
      for (int seed = 0; seed < 12; seed++) {
        Project project = RandomProjects.of(seed, 5 + 9 * seed, 12, 0.5 + seed % 3);
        int[] rank = rule.ranks(project.graph());
        ranks.add(rank);
        serial.add(SerialGeneration.starts(project, rank));
        parallel.add(ParallelGeneration.starts(project, rank));
      }
      found.add(rule + " " + ranks + " " + serial + " " + parallel);
    }

    assertThat(found)
        .containsExactly(
            "LATEST_FINISH f2638ff0 cd4f670b cd9d2bee",
            "LATEST_START ffaf8e77 8535b466 39e2d02e",
            "LEAST_SLACK 2098c0e8 7a96a9c5 29e59a3f",
            "LONGEST_WITH_SUCCESSORS fdfa1b11 80b8ae74 e156bac9",
            "EARLIEST_START 27b33c88 83c6802e f0542d34");
  }

  @Test
  void schedulesAreJustifiedAsBefore() {
    Fingerprint justified = new Fingerprint();
    for (int seed = 0; seed < 12; seed++) {
      Project project = RandomProjects.of(seed, 5 + 9 * seed, 12, 0.5 + seed % 3);
      long[] starts = ParallelGeneration.starts(project, byFinish(project));
      justified.add(new Justification(project).improve(starts));
    }

    assertThat(justified).hasToString("813fc87e");
  }

  @Test
  void boundsAreAsGoodAsBefore() {
    List<Long> values = new ArrayList<>();
    Fingerprint reasons = new Fingerprint();
    for (int seed = 0; seed < 40; seed++) {
      Project project = RandomProjects.of(seed, 3 + seed, 12, 0.3 + seed % 3);
      long makespan =
          Schedule.of(project.graph(), SerialGeneration.starts(project, byFinish(project)))
              .makespan();
      LowerBound simple = LowerBound.of(project);
      LowerBound best = LowerBound.of(project, makespan);
      values.add(best.value());
      reasons.add(simple.value(), best.value()).add(simple.reason()).add(best.reason());
    }

    assertThat(values)
        .containsExactly(
            11L, 28L, 32L, 15L, 35L, 31L, 24L, 26L, 38L, 30L, 49L, 49L, 45L, 64L, 75L, 56L, 68L,
            57L, 61L, 86L, 41L, 77L, 66L, 89L, 87L, 83L, 73L, 101L, 85L, 111L, 144L, 87L, 109L, 82L,
            126L, 129L, 126L, 100L, 127L, 140L);
    assertThat(reasons).hasToString("c839a5b0");
  }

  @Test
  void largeProjectsAreBoundedAndPlacedAsBefore() {
    Fingerprint found = new Fingerprint();
    for (int size : new int[] {LowerBound.MAX_PAIRED, LowerBound.MAX_PAIRED + 1, 2_500}) {
      Project project = RandomProjects.of(size, size, 30, 1.2);
      Solution solution = Solver.solve(project, new Search(1, 30, 1, 0));
      found.add(solution.bound().value(), solution.schedules()).add(solution.bound().reason());
      found.add(solution.schedule().starts());
    }

    assertThat(found).hasToString("4bc36c56");
  }

  @Test
  void theGeneticSearchGoesTheSameWay() {
    List<String> found = new ArrayList<>();
    for (int seed = 0; seed < 6; seed++) {
      Project project = RandomProjects.of(seed, 25 + 10 * seed, 20, 0.8 + 0.3 * seed);
      found.add(new Trace(project, seed, 3_000).run());
    }
    found.add(new Trace(RandomProjects.of(3, 60, 20, 1), 9, 25_000).run());

    assertThat(found)
        .containsExactly(
            "2 b9a581cb",
            "11 1c82f1ef",
            "11 747074f6",
            "11 9472080d",
            "9 fbd939b7",
            "8 fba937f4",
            "11 57d43bba");
  }

  @Test
  void oneSearchLearnsFromAnotherAsBefore() {
    Project project = RandomProjects.of(3, 80, 20, 1.5);
    Trace one = new Trace(project, 1, 200);
    Trace other = new Trace(project, 2, 200);
    one.run();
    other.run();

    one.search.learnFrom(other.search);
    one.most = 2_500;

    assertThat(one.run()).isEqualTo("13 c0687eb0");
  }

  @Test
  void solutionsAreAsBefore() {
    List<String> found = new ArrayList<>();
    for (int seed = 0; seed < 10; seed++) {
      Project project = RandomProjects.of(seed, 12 + 6 * seed, 15, 0.6 + 0.4 * (seed % 4));
      found.add(text(Solver.solve(project, new Search(seed, 1_500, 1 + seed % 3, 60_000))));
    }

    assertThat(found)
        .containsExactly(
            "51 51 500 1590 6391194f",
            "88 81 1500 21047 3eb565c3",
            "122 122 1501 7368 d72908db",
            "149 136 1500 21069 701f0fb5",
            "141 136 1502 21013 d8597b98",
            "154 126 1503 21010 8117e579",
            "225 198 1500 21062 21bf67aa",
            "250 216 1502 21009 b4308fbb",
            "176 172 1503 21018 cb6e9ce6",
            "271 250 1500 21075 2f1816de");
  }

  @Test
  void timesTooFineForTheGridAreSearchedAsBefore() {
    List<String> found = new ArrayList<>();
    for (int seed = 0; seed < 4; seed++) {
      Project project = manyResources(seed, 30);
      Grid grid = new Grid(project);
      assertThat(grid.exact).isFalse();
      found.add(grid.unit + " " + grid.words + " " + grid.slots + " " + of(grid));
      found.add(text(Solver.solve(project, new Search(seed, 1_500, 1, 0))));
    }

    assertThat(found)
        .containsExactly(
            "1024 2 8364 74b3d24f",
            "5340102 5292554 1500 0 c95ab8a2",
            "512 2 15067 119adcb6",
            "4839173 4399841 1500 0 c72c1a4",
            "512 2 13882 231b574b",
            "4685792 4015484 1500 0 18ceb7f4",
            "512 2 15296 3ea80cee",
            "5174566 4760033 1500 0 ad17a50f");
  }

  @Test
  void proofsTakeTheSameSteps() {
    List<String> found = new ArrayList<>();
    for (int seed = 0; seed < 10; seed++) {
      Project project = RandomProjects.of(seed, 20 + 2 * seed, 12, 1 + seed % 2);
      long[] known = SerialGeneration.starts(project, byFinish(project));
      ExactSearch exact = new ExactSearch(project, known, 0, SearchWatch.NONE);
      exact.run(60_000);
      found.add(exact.bound() + " " + exact.steps() + " " + new Fingerprint().add(exact.best()));
    }

    assertThat(found)
        .containsExactly(
            "58 410 3b125de3",
            "108 22318 332e4de4",
            "54 60078 a846f273",
            "136 28735 965af08c",
            "105 60146 e5ea19bd",
            "92 60292 302635ee",
            "95 60044 38c7c5bb",
            "111 60014 469daa59",
            "89 60015 95079798",
            "110 60331 ac0223e2");
  }

  @Test
  void aForecastDrawsAsBefore() {
    List<String> found = new ArrayList<>();
    for (double correlation : new double[] {0, 0.4}) {
      Plan plan = uncertain();
      Project project = Project.of(plan, Map.of());
      Schedule schedule = Solver.solve(project, Search.DEFAULT).schedule();
      ForecastTerms terms = new ForecastTerms(5, 700, correlation, 0.9, 1.5);
      Forecast forecast = Forecast.of(plan, project, schedule, terms);
      Fingerprint all = new Fingerprint();
      forecast.curve().forEach(finish -> all.add(finish.toMillis()));
      forecast
          .percentiles()
          .forEach(p -> all.add(p.percent(), p.low().toMillis(), p.high().toMillis()));
      forecast
          .tasks()
          .forEach(
              t -> all.add(Math.round(t.criticality() * 1e6), Math.round(t.sensitivity() * 1e6)));
      found.add(forecast.mean() + " " + forecast.onTime() + " " + all);
    }

    assertThat(found)
        .containsExactly(
            "PT2H34M11.968S 0.03428571428571429 7ebc19b1",
            "PT2H34M30.462S 0.05285714285714286 da38de64");
  }

  @Test
  void whatMergingCostsIsAsBefore() {
    Fingerprint all = new Fingerprint();
    List<Integer> knees = new ArrayList<>();
    for (int seed = 0; seed < 6; seed++) {
      AgentCurve curve =
          AgentCurve.of(
              folders(seed),
              AgentCurve.rolesOf(folders(seed)),
              Map.of(),
              6,
              new Search(seed, 60),
              new Overheads(Duration.ofMinutes(3), 0.2, 0.5),
              CurveWatch.NONE);
      curve
          .points()
          .forEach(p ->
              all.add(p.makespan().toMillis(), p.lowerBound().toMillis(), p.net().toMillis())
                  .add(p.paid().toMillis(), Math.round(p.efficiency() * 1e9)));
      knees.add(curve.knee());
    }

    assertThat(knees).containsExactly(4, 2, 2, 4, 3, 3);
    assertThat(all).hasToString("85c98be6");
  }

  private static String text(Solution solution) {
    return solution.schedule().makespan()
        + " "
        + solution.bound().value()
        + " "
        + solution.schedules()
        + " "
        + solution.proofSteps()
        + " "
        + new Fingerprint().add(solution.schedule().starts()).add(solution.bound().reason());
  }

  private static Fingerprint of(Grid grid) {
    Fingerprint all = new Fingerprint();
    all.add(grid.durations).add(grid.capacity).add(grid.demand).add(grid.demandStart);
    for (Grid.Axis axis : List.of(grid.forward, grid.backward)) {
      all.add(axis.order).add(axis.start).add(axis.predecessor).add(axis.lag);
      all.add(axis.successorStart).add(axis.successor).add(axis.successorLag);
    }
    return all;
  }

  private static int[] byFinish(Project project) {
    return PriorityRule.LATEST_FINISH.ranks(project.graph());
  }

  /** Times with no common unit, seven resources that bind, one of more units than a lane holds. */
  private static Project manyResources(long seed, int size) {
    RandomStream random = new RandomStream(seed);
    long[] durations = new long[size];
    Arrays.setAll(durations, v -> 1 + random.nextInt(500_000));
    List<Resource> resources = new ArrayList<>();
    for (int r = 0; r < 7; r++) {
      resources.add(new Resource(Resource.Kind.RESOURCE, "r" + r, r == 6 ? 100_000 : 3 + r));
    }
    int[][] demands = new int[size][7];
    for (int[] row : demands) {
      for (int r = 0; r < 7; r++) {
        row[r] = random.nextInt(r == 6 ? 50_000 : 4);
      }
    }
    int[] from = new int[size - 1];
    int[] to = new int[size - 1];
    long[] lags = new long[size - 1];
    for (int e = 0; e < from.length; e++) {
      to[e] = e + 1;
      from[e] = random.nextInt(e + 1);
      lags[e] = random.nextInt(3) > 0 ? TaskGraph.FINISH_TO_START : durations[from[e]] / 3;
    }
    return Project.of(TaskGraph.of(durations, from, to, lags), resources, demands);
  }

  private static Plan uncertain() {
    return new PlanBuilder()
        .pool("dev", 2)
        .pool("ops", 1)
        .task("a", 60, t -> t.between(30, 120).milestone("half", 20))
        .task("b", 40, t -> t.between(20, 50))
        .task("c", 30, t -> t.needs("a.half").role("ops").between(30, 90))
        .task("d", 20, t -> t.needs("b").role("ops"))
        .task("e", 50, t -> t.between(10, 70).writes("x"))
        .task("f", 25, t -> t.needs("c", "d").between(20, 200).writes("x"))
        .plan();
  }

  private static Plan folders(int seed) {
    RandomStream random = new RandomStream(seed);
    PlanBuilder plan = new PlanBuilder().pool("dev", 2).pool("ops", 1);
    for (int i = 0; i < 11; i++) {
      String folder = "f" + random.nextInt(3) + "/" + random.nextInt(5);
      String need = i > 0 && random.nextInt(2) == 0 ? "t" + random.nextInt(i) : "";
      String milestone = random.nextInt(3) == 0 ? ".half" : "";
      boolean ops = random.nextInt(4) == 0;
      plan.task(
          "t" + i,
          10 + random.nextInt(60),
          t -> {
            t.writes(folder).milestone("half", 5).role(ops ? "ops" : "dev");
            return need.isEmpty() ? t : t.needs(need + milestone);
          });
    }
    return plan.plan();
  }

  /** Writes down when a genetic search found what. */
  private static final class Trace implements GeneticSearch.Watch {
    private final GeneticSearch search;
    private final Fingerprint seen = new Fingerprint();
    private long most;
    private long generated;
    private int shorter;

    Trace(Project project, long seed, long most) {
      this.most = most;
      this.search = new GeneticSearch(new Grid(project), seed, Integer.MAX_VALUE, this);
    }

    String run() {
      search.run();
      return shorter + " " + seen;
    }

    @Override
    public void generated() {
      generated++;
    }

    @Override
    public void found(int[] starts) {
      shorter++;
      seen.add(generated).add(starts);
    }

    @Override
    public boolean isOver() {
      return generated >= most;
    }
  }
}
