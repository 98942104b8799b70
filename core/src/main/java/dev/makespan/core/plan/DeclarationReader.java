package dev.makespan.core.plan;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads what other parts of a plan refer to by name. */
final class DeclarationReader {

  private static final Map<String, Duration> HOURS =
      Map.of(
          "s", Duration.ofSeconds(1),
          "m", Duration.ofMinutes(1),
          "h", Duration.ofHours(1));

  private final Values values;
  private final Declared declared;
  private final ExecutionReader executions;

  DeclarationReader(Values values, Declared declared) {
    this.values = values;
    this.declared = declared;
    this.executions = new ExecutionReader(values);
  }

  /** First of all, since any text may refer to a parameter. */
  void parameterNames(Fields spec) {
    for (Node item : itemsOf(spec.find("parameters"))) {
      declared.parameters.add(textOf(item, "name"));
    }
    declared.parameters.remove("");
  }

  void declare(Fields spec) {
    declared.rates.putAll(values.entries(spec, "rates", this::rate));
    values
        .entries(spec, "pools", entry -> capacity(entry, 0))
        .forEach((name, slots) -> declared.pools.put(new Role(name), slots));
    declared.resources.putAll(values.entries(spec, "resources", entry -> capacity(entry, 1)));
    itemsOf(spec.find("ranges")).forEach(item -> declared.ranges.add(textOf(item, "name")));
    itemsOf(spec.find("phases")).forEach(item -> declared.phases.add(textOf(item, "id")));
  }

  /** Every task with its milestones, well written or not: references to it are right. */
  void tasks(List<Node> items, Fields defaults) {
    List<String> usual = ids(defaults.find("milestones"));
    DeclaredTasks tasks = new DeclaredTasks(items.size());
    for (Node item : items) {
      String id = textOf(item, "id");
      if (!id.isEmpty()) {
        Node own = findIn(item, "milestones");
        List<String> milestones = own == null || own instanceof Node.Nothing ? usual : ids(own);
        tasks.add(id, milestones);
      }
    }
    declared.tasks = tasks;
  }

  private static List<String> ids(@Nullable Node list) {
    List<Node> items = itemsOf(list);
    if (items.isEmpty()) {
      return List.of();
    }
    return items.stream().limit(PlanLimits.MAX_MILESTONES).map(item -> textOf(item, "id")).toList();
  }

  private static List<Node> itemsOf(@Nullable Node node) {
    return node instanceof Node.Sequence sequence ? sequence.items() : List.of();
  }

  /** The first value of {@code key}; null when there is none. */
  private static @Nullable Node findIn(Node node, String key) {
    if (node instanceof Node.Mapping mapping) {
      for (Node.Entry entry : mapping.entries()) {
        if (entry.key().value().equals(key)) {
          return entry.value();
        }
      }
    }
    return null;
  }

  private static String textOf(Node node, String key) {
    return switch (findIn(node, key)) {
      case Node.Text text -> text.value();
      case Node.Numeral number -> number.literal();
      case null, default -> "";
    };
  }

  private Optional<Rate> rate(Node.Entry entry) {
    values.id(entry.key(), "rates");
    String text = entry.value() instanceof Node.Text t ? t.value() : "";
    int slash = text.indexOf('/');
    BigDecimal units = slash < 0 ? null : Numbers.positive(text.substring(0, slash));
    String unit = slash < 0 ? "" : text.substring(slash + 1);
    Duration per = unit.equals("d") ? values.day() : HOURS.get(unit);
    if (units == null || per == null) {
      values
          .problems()
          .error(
              entry.value().at(),
              "bad-rate",
              "rates: expected a number per d, h, m or s such as 100/h, was "
                  + Shown.kindOf(entry.value()));
      return Optional.empty();
    }
    return Optional.of(new Rate(units, per));
  }

  private Optional<Integer> capacity(Node.Entry entry, int least) {
    Optional<String> name = values.id(entry.key(), entry.key().value());
    Optional<Long> number =
        values.numbers().whole(entry.value(), entry.key().value(), least, PlanLimits.MAX_CAPACITY);
    // A name whose number is wrong is declared all the same: its uses are no further problem.
    return name.map(ignored -> number.orElse((long) PlanLimits.MAX_CAPACITY).intValue());
  }

  List<Parameter> parameters(Fields spec) {
    Set<String> seen = new LinkedHashSet<>();
    return values.each(spec, "parameters", node -> parameter(node, seen));
  }

  private Optional<Parameter> parameter(Node node, Set<String> seen) {
    Fields fields = Fields.of(node, PlanShape.PARAMETER, values.problems());
    Optional<String> name =
        values
            .required(fields, "name")
            .flatMap(n -> values.named(n, "name", Template::isName, Template.EXPECTED_NAME));
    unique(fields, "name", name, "parameter", seen);
    String title = values.title(fields, name.orElse(""));
    boolean required = values.flag(fields, "required");
    Node otherwise = fields.find("default");
    Optional<String> value =
        otherwise == null
            ? Optional.empty()
            : values.literal(otherwise, "default", PlanLimits.MAX_PARAMETER_VALUE);
    if (value.isPresent() && required) {
      values
          .problems()
          .error(
              fields.at("default"),
              "contradiction",
              "default: expected none, since the parameter is required");
    }
    if (value.isPresent() && Template.hasReference(value.get())) {
      values
          .problems()
          .error(fields.at("default"), "bad-reference", "default: expected no reference");
    }
    return name.map(n -> new Parameter(n, title, required, value.orElse(null)));
  }

  private void unique(
      Fields fields, String key, Optional<String> name, String noun, Set<String> seen) {
    if (name.isPresent() && !seen.add(name.get())) {
      values
          .problems()
          .error(fields.at(key), "duplicate-id", "duplicate " + noun + " '" + name.get() + "'");
    }
  }

  List<NumberRange> ranges(Fields spec, List<Task> tasks) {
    Set<String> seen = new LinkedHashSet<>();
    Map<String, Integer> takers = new LinkedHashMap<>();
    tasks.forEach(task -> task.ranges().forEach(name -> takers.merge(name, 1, Integer::sum)));
    return values.each(spec, "ranges", node -> range(node, seen, takers));
  }

  private Optional<NumberRange> range(Node node, Set<String> seen, Map<String, Integer> takers) {
    Fields fields = Fields.of(node, PlanShape.RANGE, values.problems());
    Optional<String> name = values.requiredId(fields, "name");
    unique(fields, "name", name, "range", seen);
    values.required(fields, "first");
    long first = values.numbers().whole(fields, "first", 0, 0, Long.MAX_VALUE);
    long size = values.numbers().whole(fields, "size", 1, 1, Long.MAX_VALUE);
    long stride = values.numbers().whole(fields, "stride", size, 1, Long.MAX_VALUE);
    if (size > stride) {
      values
          .problems()
          .error(
              fields.at("size"),
              "out-of-range",
              "size: expected at most the stride of " + stride + ", was " + size);
    }
    Optional<NumberRange> range = name.map(n -> new NumberRange(n, first, stride, size));
    range.ifPresent(r -> checkEnd(r, fields, takers.getOrDefault(r.name(), 0)));
    return range;
  }

  private void checkEnd(NumberRange range, Fields fields, int takers) {
    try {
      if (takers > 0) {
        var _ = range.lastOf(takers - 1);
      }
    } catch (ArithmeticException overflow) {
      values
          .problems()
          .error(
              fields.at(),
              "out-of-range",
              "range '%s': expected numbers up to %d, %d tasks take more"
                  .formatted(range.name(), Long.MAX_VALUE, takers));
    }
  }

  List<Phase> phases(Fields spec) {
    Set<String> seen = new LinkedHashSet<>();
    List<Phase> all = new ArrayList<>();
    for (Node item : values.items(spec, "phases")) {
      Fields fields = Fields.of(item, PlanShape.PHASE, values.problems());
      Optional<String> id = values.requiredId(fields, "id");
      unique(fields, "id", id, "phase", seen);
      String title = values.title(fields, id.orElse(""));
      boolean barrier = values.flag(fields, "barrier");
      List<Gate> checkpoint = executions.gates(fields, "checkpoint");
      id.ifPresent(name -> all.add(new Phase(new PhaseId(name), title, barrier, checkpoint)));
    }
    return all;
  }
}
