package dev.makespan.core.plan;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads how long a task takes and when its milestones are due. */
final class EstimateReader {

  private static final Estimate UNKNOWN =
      new Estimate(Duration.ZERO, Duration.ZERO, Duration.ZERO, null, true);

  private final Values values;
  private final Declared declared;

  EstimateReader(Values values, Declared declared) {
    this.values = values;
    this.declared = declared;
  }

  /** From the duration, the size or the steps; assumed to be nothing when none is there. */
  Estimate estimate(Fields fields, List<Step> steps) {
    Node duration = fields.find("duration");
    Node size = fields.find("size");
    if (duration != null && size != null) {
      error(size, "contradiction", "expected duration or size, was both");
    }
    if (duration != null) {
      return ofDuration(duration).orElse(UNKNOWN);
    }
    if (size != null) {
      return ofSize(size).orElse(UNKNOWN);
    }
    Duration sum = steps.stream().map(Step::duration).reduce(Duration.ZERO, Duration::plus);
    if (sum.compareTo(PlanLimits.MAX_DURATION) > 0) {
      values
          .problems()
          .error(
              fields.at("steps"),
              "out-of-range",
              "steps: expected at most %d days together"
                  .formatted(PlanLimits.MAX_DURATION.toDays()));
      return UNKNOWN;
    }
    return sum.isZero() ? UNKNOWN : Estimate.exactly(sum);
  }

  private void error(Node node, String kind, String message) {
    values.problems().error(node.at(), kind, message);
  }

  private Optional<Estimate> ofDuration(Node node) {
    if (!(node instanceof Node.Mapping)) {
      return values.duration(node, "duration", false).map(Estimate::exactly);
    }
    Fields points = Fields.of(node, PlanShape.THREE_POINTS, values.problems());
    Optional<Duration> optimistic = point(points, "optimistic");
    Optional<Duration> likely = point(points, "likely");
    Optional<Duration> pessimistic = point(points, "pessimistic");
    if (optimistic.isEmpty() || likely.isEmpty() || pessimistic.isEmpty()) {
      return Optional.empty();
    }
    if (optimistic.get().compareTo(likely.get()) > 0
        || likely.get().compareTo(pessimistic.get()) > 0) {
      error(node, "out-of-range", "duration: expected optimistic <= likely <= pessimistic");
      return Optional.empty();
    }
    return Optional.of(
        new Estimate(optimistic.get(), likely.get(), pessimistic.get(), null, false));
  }

  private Optional<Duration> point(Fields points, String key) {
    return values.required(points, key).flatMap(node -> values.duration(node, key, false));
  }

  private Optional<Estimate> ofSize(Node node) {
    String text = node instanceof Node.Text t ? t.value() : "";
    int blank = text.indexOf(' ');
    BigDecimal amount = blank < 0 ? null : Numbers.positive(text.substring(0, blank));
    if (amount == null) {
      error(
          node,
          "bad-size",
          "size: expected a number and a unit such as 1200 loc, was " + Shown.kindOf(node));
      return Optional.empty();
    }
    String unit = text.substring(blank + 1);
    Rate rate = declared.rates.get(unit);
    if (rate == null) {
      error(
          node,
          "unknown-rate",
          "size: no rate is given for "
              + Shown.quoted(unit)
              + values.problems().suggestion(unit, declared.rates.keySet()));
      return Optional.empty();
    }
    BigDecimal millis = rate.millisFor(amount);
    if (millis.compareTo(BigDecimal.valueOf(PlanLimits.MAX_DURATION.toMillis())) > 0) {
      error(
          node,
          "out-of-range",
          "size: expected at most %d days of work, was %s"
              .formatted(PlanLimits.MAX_DURATION.toDays(), Shown.kindOf(node)));
      return Optional.empty();
    }
    Duration time = Duration.ofMillis(millis.longValueExact());
    return Optional.of(new Estimate(time, time, time, text, false));
  }

  /** Those that can be read; each has its own id and a time within the task. */
  List<Milestone> milestones(Fields fields, Estimate estimate) {
    List<Node> items = values.items(fields, "milestones");
    if (items.isEmpty()) {
      return List.of();
    }
    int count = items.size();
    if (count > PlanLimits.MAX_MILESTONES) {
      values
          .problems()
          .error(
              fields.at("milestones"),
              "too-many",
              "milestones: expected at most " + PlanLimits.MAX_MILESTONES + ", was " + count);
      return List.of();
    }
    Set<String> seen = new LinkedHashSet<>();
    List<Milestone> all = new ArrayList<>();
    for (Node item : items) {
      milestone(item, estimate, seen).ifPresent(all::add);
    }
    return all;
  }

  private Optional<Milestone> milestone(Node node, Estimate estimate, Set<String> seen) {
    Fields fields = Fields.of(node, PlanShape.MILESTONE, values.problems());
    Optional<String> id = values.requiredId(fields, "id");
    if (id.isPresent() && !seen.add(id.get())) {
      values
          .problems()
          .error(fields.at("id"), "duplicate-id", "duplicate milestone '" + id.get() + "'");
    }
    String title = values.title(fields, id.orElse(""));
    Optional<Duration> after = offset(fields, estimate);
    return id.flatMap(name -> after.map(time -> new Milestone(new MilestoneId(name), title, time)));
  }

  private Optional<Duration> offset(Fields fields, Estimate estimate) {
    Optional<String> key = values.exactlyOne(fields, List.of("after", "at"));
    Node node = key.map(fields::find).orElse(null);
    if (node == null) {
      return Optional.empty();
    }
    if (key.get().equals("at")) {
      return values.numbers().percent(node, "at").map(part -> partOf(estimate.likely(), part));
    }
    Optional<Duration> after = values.duration(node, "after", true);
    if (estimate.assumed()) {
      return after.map(time -> Duration.ZERO);
    }
    if (after.isPresent() && after.get().compareTo(estimate.likely()) > 0) {
      error(
          node,
          "out-of-range",
          "after: expected a time within the task's duration, was " + Shown.kindOf(node));
      return Optional.empty();
    }
    return after;
  }

  private static Duration partOf(Duration whole, BigDecimal part) {
    BigDecimal millis = BigDecimal.valueOf(whole.toMillis()).multiply(part);
    return Duration.ofMillis(millis.setScale(0, RoundingMode.HALF_UP).longValueExact());
  }
}
