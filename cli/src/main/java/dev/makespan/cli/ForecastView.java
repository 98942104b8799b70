package dev.makespan.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.makespan.core.plan.Plan;
import dev.makespan.core.schedule.Forecast;
import dev.makespan.core.schedule.ForecastTerms;
import dev.makespan.formats.analysis.Bar;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/** A forecast for people and for programs. */
final class ForecastView {

  /** Tasks that are listed for people. */
  static final int MAX_LISTED = 10;

  private static final int BAR = 48;

  private ForecastView() {}

  static String text(Plan plan, ForecastTerms terms, Forecast forecast) {
    StringBuilder text = new StringBuilder();
    text.append(
        "%s: %s, %s%n%n"
            .formatted(
                plan.name(),
                Texts.count(plan.tasks().size(), "task"),
                Texts.count(forecast.samples(), "sample")));
    if (!Forecast.isUncertain(plan, terms)) {
      text.append("No duration of this plan is uncertain, so the forecast is the schedule.\n")
          .append("Give tasks {optimistic, likely, pessimistic}, or try --assume 0.8,1.6.\n\n");
    }
    text.append(
        "  %-8s %-10s kept in %s of the samples%n"
            .formatted("planned", Texts.duration(forecast.planned()), percent(forecast.onTime())));
    Duration longest = forecast.curve().getLast();
    for (Forecast.Percentile percentile : forecast.percentiles()) {
      text.append(
          "  %-8s %-10s %s  %s to %s%n"
              .formatted(
                  "P" + percentile.percent(),
                  Texts.duration(percentile.finish()),
                  Bar.draw(Duration.ZERO, percentile.finish(), longest, BAR, '='),
                  Texts.duration(percentile.low()),
                  Texts.duration(percentile.high())));
    }
    text.append("  %-8s %s%n".formatted("mean", Texts.duration(forecast.mean())));
    tasks(text, plan, forecast);
    return text.toString();
  }

  private static void tasks(StringBuilder text, Plan plan, Forecast forecast) {
    List<Integer> listed =
        byWeight(forecast).stream()
            .filter(v -> forecast.tasks().get(v).criticality() > 0)
            .limit(MAX_LISTED)
            .toList();
    text.append("\nWhat moves the finish (on the longest path; how the finish goes with it)\n");
    for (int v : listed) {
      Forecast.TaskRisk risk = forecast.tasks().get(v);
      text.append(
          "  %s  %6s  %5.2f%n"
              .formatted(
                  Texts.cell(plan.tasks().get(v).id().value(), Texts.MAX_NAME),
                  percent(risk.criticality()),
                  risk.sensitivity()));
    }
  }

  private static List<Integer> byWeight(Forecast forecast) {
    Comparator<Integer> bySensitivity =
        Comparator.comparingDouble(v -> -forecast.tasks().get(v).sensitivity());
    return IntStream.range(0, forecast.tasks().size())
        .boxed()
        .sorted(bySensitivity.thenComparingDouble(v -> -forecast.tasks().get(v).criticality()))
        .toList();
  }

  static ObjectNode json(Plan plan, ForecastTerms terms, Forecast forecast) {
    ObjectNode node = Json.object();
    node.put("plan", plan.name());
    node.put("seed", terms.seed());
    node.put("samples", forecast.samples());
    node.put("roleCorrelation", terms.roleCorrelation());
    Json.putSeconds(node, "plannedSeconds", forecast.planned());
    node.put("onTime", forecast.onTime());
    Json.putSeconds(node, "meanSeconds", forecast.mean());
    ArrayNode percentiles = node.putArray("percentiles");
    for (Forecast.Percentile percentile : forecast.percentiles()) {
      ObjectNode one = percentiles.addObject().put("percent", percentile.percent());
      Json.putSeconds(one, "finishSeconds", percentile.finish());
      Json.putSeconds(one, "lowSeconds", percentile.low());
      Json.putSeconds(one, "highSeconds", percentile.high());
    }
    ArrayNode curve = node.putArray("curveSeconds");
    forecast.curve().forEach(finish -> curve.add(finish.toMillis() / 1000.0));
    ArrayNode tasks = node.putArray("tasks");
    for (int v = 0; v < forecast.tasks().size(); v++) {
      tasks
          .addObject()
          .put("task", plan.tasks().get(v).id().value())
          .put("criticality", forecast.tasks().get(v).criticality())
          .put("sensitivity", forecast.tasks().get(v).sensitivity());
    }
    return node;
  }

  private static String percent(double share) {
    return String.format(Locale.ROOT, "%.0f %%", 100 * share);
  }
}
