package dev.makespan.planner;

import dev.makespan.core.plan.Plan;
import dev.makespan.core.plan.Role;
import dev.makespan.core.schedule.AgentCurve;
import dev.makespan.core.schedule.ForecastTerms;
import dev.makespan.core.schedule.Overheads;
import dev.makespan.core.schedule.Search;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Says what is wrong with a question, and fills in what it leaves open. */
final class QuestionCheck {

  /** Longest search that can be asked for. */
  static final Duration MAX_TIME = Duration.ofMinutes(10);

  /** Schedules of a search for a plan of 100 tasks or less; larger plans get fewer. */
  static final int DEFAULT_SCHEDULES = 50_000;

  /** Likewise for each number of agents on a curve. */
  static final int DEFAULT_CURVE_SCHEDULES = 2_000;

  static final int MAX_CURVE_SCHEDULES = 1_000_000;
  static final int DEFAULT_MOST_AGENTS = 32;

  private final Plan plan;
  private final List<Violation> wrong = new ArrayList<>();

  private QuestionCheck(Plan plan) {
    this.plan = plan;
  }

  /** The question with nothing open, or everything that is wrong with it. */
  static Answer<Question> complete(Question question, Plan plan) {
    return new QuestionCheck(plan).complete(question);
  }

  private Answer<Question> complete(Question question) {
    Map<String, Integer> pools = pools(question.pools());
    Question completed =
        switch (question) {
          case Question.Analysis _ -> new Question.Analysis(pools);
          case Question.Schedule asked -> schedule(asked, pools);
          case Question.Curve asked -> curve(asked, pools);
          case Question.Forecast asked -> forecast(asked, pools);
        };
    return wrong.isEmpty() ? Answer.of(completed) : Answer.refused(Refusal.invalid(wrong));
  }

  private Question schedule(Question.Schedule asked, Map<String, Integer> pools) {
    Duration time = asked.timeLimit();
    require(
        !time.isNegative() && time.compareTo(MAX_TIME) <= 0,
        "time_limit",
        "0 to " + MAX_TIME.toSeconds() + " s",
        time);
    long open = time.isZero() ? bySize(DEFAULT_SCHEDULES) : Search.MAX_SCHEDULES;
    return new Question.Schedule(
        pools, seed(asked.seed()), schedules(asked.schedules(), open, Search.MAX_SCHEDULES), time);
  }

  private Question curve(Question.Curve asked, Map<String, Integer> pools) {
    boolean known =
        asked.role().isEmpty()
            || plan.pools().keySet().stream().anyMatch(r -> r.value().equals(asked.role()));
    require(known, "role", "a role of the plan: " + Pools.roles(plan), "another");
    range("most_agents", asked.mostAgents(), AgentCurve.MAX_AGENTS);
    require(
        !asked.merge().isNegative() && asked.merge().compareTo(Overheads.MAX_MERGE) <= 0,
        "merge",
        "0 to 24 h",
        asked.merge());
    share("conflict_chance", asked.conflictChance());
    share("rework", asked.rework());
    long open = bySize(DEFAULT_CURVE_SCHEDULES);
    return new Question.Curve(
        pools,
        asked.role(),
        asked.mostAgents() == 0 ? DEFAULT_MOST_AGENTS : asked.mostAgents(),
        seed(asked.seed()),
        schedules(asked.schedules(), open, MAX_CURVE_SCHEDULES),
        asked.merge(),
        asked.conflictChance(),
        asked.rework());
  }

  private Question forecast(Question.Forecast asked, Map<String, Integer> pools) {
    range("samples", asked.samples(), ForecastTerms.MAX_SAMPLES);
    share("role_correlation", asked.roleCorrelation());
    share("assumed_best", asked.assumedBest());
    double worst = asked.assumedWorst();
    require(
        worst >= 1 && worst <= ForecastTerms.MAX_WORST,
        "assumed_worst",
        "1 to " + ForecastTerms.MAX_WORST,
        worst);
    return new Question.Forecast(
        pools,
        seed(asked.seed()),
        schedules(asked.schedules(), bySize(DEFAULT_SCHEDULES), Search.MAX_SCHEDULES),
        asked.samples() == 0 ? ForecastTerms.DEFAULT_SAMPLES : asked.samples(),
        asked.roleCorrelation(),
        asked.assumedBest(),
        worst);
  }

  private Map<String, Integer> pools(Map<String, Integer> wishes) {
    Map<String, Integer> named = new TreeMap<>();
    switch (Pools.of(plan, wishes)) {
      case Answer.Refused<Map<Role, Integer>>(Refusal refusal) ->
          wrong.addAll(refusal.violations());
      case Answer.Given<Map<Role, Integer>>(Map<Role, Integer> pools) ->
          pools.forEach((role, slots) -> named.put(role.value(), slots));
    }
    return named;
  }

  private static long seed(long asked) {
    return asked == 0 ? 1 : asked;
  }

  private long schedules(long asked, long open, int most) {
    range("schedules", asked, most);
    return asked == 0 ? open : asked;
  }

  /** The work of a search grows with schedules times tasks. */
  private long bySize(long schedules) {
    int tasks = Math.max(plan.tasks().size(), Analyses.TASKS_OF_FULL_SEARCH);
    return Math.max(Analyses.MIN_SCHEDULES, schedules * Analyses.TASKS_OF_FULL_SEARCH / tasks);
  }

  private void range(String field, long asked, int most) {
    require(asked >= 0 && asked <= most, field, "0 to " + most, asked);
  }

  private void share(String field, double asked) {
    require(asked >= 0 && asked <= 1, field, "0 to 1", asked);
  }

  private void require(boolean holds, String field, String expected, Object was) {
    if (!holds) {
      wrong.add(Violation.of(field, "expected " + expected + ", was " + was));
    }
  }
}
