package dev.makespan.core.plan;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads how a task is run, what must be there when it is done, and what it may cost. */
final class ExecutionReader {

  private static final Pattern VARIABLE = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,127}");
  private static final Pattern LABEL = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.:/-]{0,127}");
  private static final String EXPECTED_LABEL =
      "1 to 128 letters, digits and '_.:/-', beginning with a letter or digit";
  private static final String RESERVED = "MAKESPAN_";
  private static final long MAX_TOKENS = 1_000_000_000_000_000_000L;
  private static final double MAX_COST = 1e12;

  private static final KeyGroup EXECUTED =
      new KeyGroup("run", "env", "secrets", "timeout", "retry", "context", "publishes");

  private static final KeyGroup COMPLETED = new KeyGroup("deliverables", "artifacts", "gates");

  private final Values values;

  ExecutionReader(Values values) {
    this.values = values;
  }

  Execution execution(Fields fields) {
    if (!fields.hasAny(EXECUTED)) {
      return Execution.DEFAULT;
    }
    return new Execution(
        work(fields),
        env(fields),
        values.eachOnce(fields, "secrets", node -> label(node, "secrets")),
        values.findDuration(fields, "timeout", false),
        retry(fields),
        values.each(
            fields, "context", node -> values.literal(node, "context", PlanLimits.MAX_TEXT)),
        values.eachOnce(fields, "publishes", node -> label(node, "publishes")));
  }

  private Optional<String> label(Node node, String what) {
    return values.named(node, what, text -> LABEL.matcher(text).matches(), EXPECTED_LABEL);
  }

  private Work work(Fields fields) {
    Node node = fields.find("run");
    if (node == null) {
      return new Work.AgentsDefault();
    }
    Fields run = Fields.of(node, PlanShape.RUN, values.problems());
    if (!(node instanceof Node.Mapping)) {
      return new Work.AgentsDefault();
    }
    String key = values.exactlyOne(run, List.of("command", "script", "prompt")).orElse("");
    return switch (key) {
      case "command" -> command(run);
      case "script" -> new Work.Script(values.requiredText(run, key, PlanLimits.MAX_TEXT));
      case "prompt" -> new Work.Prompt(values.requiredText(run, key, PlanLimits.MAX_TEXT));
      default -> new Work.AgentsDefault();
    };
  }

  private Work command(Fields run) {
    List<String> argv =
        values.each(run, "command", node -> values.literal(node, "command", PlanLimits.MAX_TEXT));
    if (argv.isEmpty() || argv.getFirst().isEmpty()) {
      values
          .problems()
          .error(
              run.at("command"),
              "missing-value",
              "command: expected a list with at least the program");
      return new Work.AgentsDefault();
    }
    return new Work.Command(argv);
  }

  private Map<String, String> env(Fields fields) {
    return values.entries(fields, "env", this::variable);
  }

  private Optional<String> variable(Node.Entry entry) {
    String name = entry.key().value();
    if (!VARIABLE.matcher(name).matches() || name.startsWith(RESERVED)) {
      values
          .problems()
          .error(
              entry.key().at(),
              "bad-id",
              "env: expected letters, digits and '_', not beginning with a digit or %s, was %s"
                  .formatted(RESERVED, Shown.quoted(name)));
    }
    return values.literal(entry.value(), "env", PlanLimits.MAX_TEXT);
  }

  private Retry retry(Fields fields) {
    Node node = fields.find("retry");
    if (node == null) {
      return Retry.DEFAULT;
    }
    Fields retry = Fields.of(node, PlanShape.RETRY, values.problems());
    int limit =
        (int)
            values
                .numbers()
                .whole(retry, "limit", Retry.DEFAULT.limit(), 1, PlanLimits.MAX_ATTEMPTS);
    int gates = (int) values.numbers().whole(retry, "gates", limit, 1, PlanLimits.MAX_ATTEMPTS);
    Duration backoff = values.findDuration(retry, "backoff", true);
    return new Retry(limit, gates, backoff == null ? Retry.DEFAULT.backoff() : backoff);
  }

  Completion completion(Fields fields) {
    if (!fields.hasAny(COMPLETED)) {
      return Completion.NONE;
    }
    return new Completion(
        values.paths(fields, "deliverables"),
        values.eachOnce(fields, "artifacts", this::artifact),
        gates(fields, "gates"));
  }

  private Optional<Artifact> artifact(Node node) {
    Fields fields = Fields.of(node, PlanShape.ARTIFACT, values.problems());
    Optional<String> name = values.required(fields, "name").flatMap(value -> label(value, "name"));
    Optional<FilePattern> path =
        values.required(fields, "path").flatMap(value -> values.path(value, "path"));
    if (path.isPresent() && path.get().isGlob()) {
      values
          .problems()
          .error(
              fields.at("path"),
              "bad-path",
              "path: expected one file, was the pattern " + Shown.quoted(path.get().text()));
    }
    Node max = fields.find("max");
    long bytes = max == null ? 0 : values.numbers().bytes(max, "max").orElse(0L);
    return name.flatMap(n -> path.map(p -> new Artifact(n, p.text(), bytes)));
  }

  List<Gate> gates(Fields fields, String key) {
    return values.each(fields, key, this::gate);
  }

  private Optional<Gate> gate(Node node) {
    Fields gate = Fields.of(node, PlanShape.GATE, values.problems());
    if (!(node instanceof Node.Mapping)) {
      return Optional.empty();
    }
    String key = values.exactlyOne(gate, List.of("run", "metric", "approval", "file")).orElse("");
    if (!key.equals("metric") && (gate.has("min") || gate.has("max"))) {
      values
          .problems()
          .error(gate.at(), "contradiction", "a gate: min and max go with a metric only");
    }
    Node value = key.isEmpty() ? null : gate.find(key);
    if (value == null) {
      return Optional.empty();
    }
    return switch (key) {
      case "run" -> values.text(value, key, PlanLimits.MAX_TEXT).map(Gate.Run::new);
      case "approval" -> label(value, key).map(Gate.Approval::new);
      case "file" -> values.path(value, key).map(path -> new Gate.PresentFile(path.text()));
      default -> metric(gate, value);
    };
  }

  private Optional<Gate> metric(Fields gate, Node node) {
    @Nullable Double min =
        values.numbers().findDecimal(gate, "min", -Double.MAX_VALUE, Double.MAX_VALUE);
    @Nullable Double max =
        values.numbers().findDecimal(gate, "max", -Double.MAX_VALUE, Double.MAX_VALUE);
    if (!gate.has("min") && !gate.has("max")) {
      values
          .problems()
          .error(gate.at(), "missing-key", "a gate: expected min, max or both for the metric");
    }
    if (min != null && max != null && min > max) {
      values
          .problems()
          .error(
              gate.at("max"),
              "out-of-range",
              "a gate: expected min <= max, was " + min + " and " + max);
    }
    return label(node, "metric").map(name -> new Gate.Metric(name, min, max));
  }

  Budget budget(Fields fields) {
    Node node = fields.find("budget");
    if (node == null) {
      return Budget.NONE;
    }
    Fields budget = Fields.of(node, PlanShape.BUDGET, values.problems());
    Double cost = values.numbers().findDecimal(budget, "cost", 0, MAX_COST);
    Double hours = values.numbers().findDecimal(budget, "agent-hours", 0, MAX_COST);
    return new Budget(
        values.numbers().whole(budget, "tokens", 0, 0, MAX_TOKENS),
        cost == null ? 0 : cost,
        hours == null ? 0 : hours);
  }
}
