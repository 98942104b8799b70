package dev.makespan.core.plan;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the parts of a plan that stand beside its tasks. */
final class PartsReader {

  private static final List<String> LEVELS = List.of("low", "medium", "high");
  private static final List<String> POLICIES = List.of("lock", "owner", "append", "regenerate");
  private static final List<String> DISPATCH_POLICIES =
      List.of("slack", "shortest-first", "first-come");
  private static final Pattern TIME_OF_DAY = Pattern.compile("([01][0-9]|2[0-3]):[0-5][0-9]");
  private static final String DEFAULT_BASE = "HEAD";

  private final Values values;
  private final Declared declared;
  private final ExecutionReader executions;

  PartsReader(Values values, Declared declared) {
    this.values = values;
    this.declared = declared;
    this.executions = new ExecutionReader(values);
  }

  List<FilePolicy> files(Fields spec) {
    Set<FilePattern> seen = new LinkedHashSet<>();
    int count = values.items(spec, "files").size();
    if (count > PlanLimits.MAX_FILE_POLICIES) {
      error(
          spec.at("files"),
          "too-many",
          "files: expected at most " + PlanLimits.MAX_FILE_POLICIES + ", was " + count);
      return List.of();
    }
    return values.each(spec, "files", node -> policy(node, seen));
  }

  private Optional<FilePolicy> policy(Node node, Set<FilePattern> seen) {
    Fields fields = Fields.of(node, PlanShape.FILE_POLICY, values.problems());
    Optional<FilePattern> path =
        values.required(fields, "path").flatMap(value -> values.path(value, "path"));
    if (path.isPresent() && !seen.add(path.get())) {
      error(fields.at("path"), "duplicate-id", "duplicate file policy '" + path.get() + "'");
    }
    Node said = fields.find("policy");
    Optional<FilePolicy.Kind> kind =
        said == null
            ? Optional.of(FilePolicy.Kind.LOCK)
            : values
                .word(said, "policy", POLICIES)
                .map(word -> FilePolicy.Kind.valueOf(word.toUpperCase(Locale.ROOT)));
    @Nullable TaskId owner = kind.map(k -> owner(fields, k)).orElse(null);
    if (path.isEmpty() || kind.isEmpty()) {
      return Optional.empty();
    }
    boolean whole = (kind.get() == FilePolicy.Kind.OWNER) == (owner != null);
    return whole ? Optional.of(new FilePolicy(path.get(), kind.get(), owner)) : Optional.empty();
  }

  private @Nullable TaskId owner(Fields fields, FilePolicy.Kind kind) {
    if (kind != FilePolicy.Kind.OWNER) {
      if (fields.has("owner")) {
        error(fields.at("owner"), "contradiction", "owner: expected none without 'policy: owner'");
      }
      return null;
    }
    return values.required(fields, "owner").flatMap(node -> task(node, "owner")).orElse(null);
  }

  private Optional<TaskId> task(Node node, String what) {
    Optional<String> id = values.id(node, what);
    if (id.isPresent() && !declared.tasks.has(id.get())) {
      error(
          node.at(),
          "unknown-task",
          what + ": " + declared.unknownTask(id.get(), values.problems()));
      return Optional.empty();
    }
    return id.map(TaskId::new);
  }

  private void error(Position at, String kind, String message) {
    values.problems().error(at, kind, message);
  }

  List<Risk> risks(Fields spec) {
    Set<String> seen = new LinkedHashSet<>();
    return values.each(spec, "risks", node -> risk(node, seen));
  }

  private Optional<Risk> risk(Node node, Set<String> seen) {
    Fields fields = Fields.of(node, PlanShape.RISK, values.problems());
    Optional<String> id = values.requiredId(fields, "id");
    if (id.isPresent() && !seen.add(id.get())) {
      error(fields.at("id"), "duplicate-id", "duplicate risk '" + id.get() + "'");
    }
    return id.map(name ->
        new Risk(
            name,
            values.title(fields, name),
            level(fields, "likelihood"),
            level(fields, "impact"),
            values.eachOnce(fields, "tasks", item -> task(item, "tasks")),
            values.findText(fields, "mitigation", PlanLimits.MAX_TEXT),
            values.findText(fields, "fallback", PlanLimits.MAX_TEXT)));
  }

  private Level level(Fields fields, String key) {
    return values
        .required(fields, key)
        .flatMap(node -> values.word(node, key, LEVELS))
        .map(word -> Level.valueOf(word.toUpperCase(Locale.ROOT)))
        .orElse(Level.MEDIUM);
  }

  @Nullable Workspace workspace(Fields spec) {
    Node node = spec.find("workspace");
    if (node == null) {
      return null;
    }
    Fields fields = Fields.of(node, PlanShape.WORKSPACE, values.problems());
    String base = argument(fields, "base", GitNames::problemOfName);
    return new Workspace(
        values.required(fields, "repository").isPresent()
            ? plain(argument(fields, "repository", GitNames::problemOfRepository))
            : "",
        base == null ? DEFAULT_BASE : base,
        argument(fields, "branch", GitNames::problemOfName),
        values.findText(fields, "verify", PlanLimits.MAX_TEXT),
        values.findText(fields, "regenerate", PlanLimits.MAX_TEXT));
  }

  private static String plain(@Nullable String text) {
    return text == null ? "" : text;
  }

  /** Text that becomes an argument of git; with references it is looked at once they are bound. */
  private @Nullable String argument(Fields fields, String key, UnaryOperator<String> problemOf) {
    String text = values.findText(fields, key, PlanLimits.MAX_TITLE);
    if (text != null) {
      String problem = argumentProblem(text, problemOf);
      if (!problem.isEmpty()) {
        error(fields.at(key), "bad-text", key + ": " + problem);
      }
    }
    return text;
  }

  private static String argumentProblem(String text, UnaryOperator<String> problemOf) {
    if (isNoArgument(text)) {
      return "expected one line that does not begin with '-', was " + Shown.quoted(text);
    }
    return Template.hasReference(text) ? "" : problemOf.apply(text);
  }

  static boolean isNoArgument(String text) {
    return text.isBlank() || text.startsWith("-") || text.chars().anyMatch(c -> c < ' ');
  }

  int intake(Fields spec) {
    Node node = spec.find("intake");
    if (node == null) {
      return 0;
    }
    Fields fields = Fields.of(node, PlanShape.INTAKE, values.problems());
    values.required(fields, "limit");
    return (int) values.numbers().whole(fields, "limit", 0, 1, PlanLimits.MAX_CAPACITY);
  }

  Budget budget(Fields spec) {
    return executions.budget(spec);
  }

  Dispatching dispatching(Fields spec) {
    Node said = spec.find("policy");
    Dispatching.Policy policy =
        said == null
            ? Dispatching.Policy.SLACK
            : values
                .word(said, "policy", DISPATCH_POLICIES)
                .map(word -> word.toUpperCase(Locale.ROOT).replace('-', '_'))
                .map(Dispatching.Policy::valueOf)
                .orElse(Dispatching.Policy.SLACK);
    String label = values.findText(spec, "affinity", PlanLimits.MAX_TITLE);
    return new Dispatching(policy, label == null ? "" : label);
  }

  Coordination coordination(Fields spec) {
    Node node = spec.find("coordination");
    if (node == null) {
      return Coordination.NONE;
    }
    Fields fields = Fields.of(node, PlanShape.COORDINATION, values.problems());
    return new Coordination(
        values.each(fields, "digests", this::digest),
        values.each(fields, "escalation", this::escalation),
        values.entries(
            fields, "targets", entry -> values.duration(entry.value(), "targets", false)));
  }

  private Optional<Coordination.Digest> digest(Node node) {
    Fields fields = Fields.of(node, PlanShape.DIGEST, values.problems());
    Optional<String> name = values.requiredId(fields, "name");
    Optional<String> at =
        values
            .required(fields, "at")
            .flatMap(value ->
                values.named(
                    value,
                    "at",
                    text -> TIME_OF_DAY.matcher(text).matches(),
                    "a time of day such as \"09:00\""));
    return name.flatMap(n -> at.map(time -> new Coordination.Digest(n, time)));
  }

  private Optional<Coordination.Escalation> escalation(Node node) {
    Fields fields = Fields.of(node, PlanShape.ESCALATION, values.problems());
    var after =
        values.required(fields, "after").flatMap(value -> values.duration(value, "after", true));
    String notified = values.requiredText(fields, "notify", PlanLimits.MAX_TITLE);
    return after.map(time -> new Coordination.Escalation(time, notified));
  }
}
