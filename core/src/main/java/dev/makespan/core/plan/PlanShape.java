package dev.makespan.core.plan;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The mappings that a plan file is made of, and the keys that each may have. */
public enum PlanShape {
  PLAN("a plan", "apiVersion", "kind", "metadata", "spec"),
  METADATA("metadata", "name", "title"),
  SPEC(
      "spec",
      "day",
      "rates",
      "parameters",
      "pools",
      "resources",
      "ranges",
      "files",
      "phases",
      "defaults",
      "tasks",
      "risks",
      "workspace",
      "intake",
      "budget",
      "coordination"),
  PARAMETER("a parameter", "name", "title", "required", "default"),
  RANGE("a range", "name", "first", "stride", "size"),
  FILE_POLICY("a file policy", "path", "policy", "owner"),
  PHASE("a phase", "id", "title", "barrier", "checkpoint"),
  DEFAULTS("defaults", taskKeysAfter()),
  TASK("a task", taskKeysAfter("id")),
  THREE_POINTS("a three-point duration", "optimistic", "likely", "pessimistic"),
  STUB("a stub", "task", "via"),
  MILESTONE("a milestone", "id", "title", "after", "at"),
  STEP("a step", "id", "title", "duration", "reads", "writes", "after"),
  RUN("run", "command", "script", "prompt"),
  RETRY("retry", "limit", "gates", "backoff"),
  ARTIFACT("an artifact", "name", "path", "max"),
  GATE("a gate", "run", "metric", "min", "max", "approval", "file"),
  RISK("a risk", "id", "title", "likelihood", "impact", "tasks", "mitigation", "fallback"),
  WORKSPACE("workspace", "repository", "base", "branch", "verify"),
  INTAKE("intake", "limit"),
  BUDGET("a budget", "tokens", "cost", "agent-hours"),
  COORDINATION("coordination", "digests", "escalation", "targets"),
  DIGEST("a digest", "name", "at"),
  ESCALATION("an escalation level", "after", "notify");

  private final String noun;

  @SuppressWarnings("ImmutableEnumChecker") // a copy that nobody changes
  private final List<String> keys;

  @SuppressWarnings("ImmutableEnumChecker") // as above
  private final Set<String> known;

  PlanShape(String noun, String... keys) {
    this.noun = noun;
    this.keys = List.of(keys);
    this.known = new LinkedHashSet<>(this.keys);
  }

  /** What messages call it. */
  String noun() {
    return noun;
  }

  public List<String> keys() {
    return keys;
  }

  boolean has(String key) {
    return known.contains(key);
  }

  private static String[] taskKeysAfter(String... first) {
    String[] rest = {
      "title",
      "phase",
      "role",
      "labels",
      "priority",
      "risk",
      "duration",
      "size",
      "needs",
      "stubs",
      "reads",
      "writes",
      "appends",
      "regenerates",
      "uses",
      "milestones",
      "steps",
      "ranges",
      "run",
      "env",
      "secrets",
      "timeout",
      "retry",
      "context",
      "publishes",
      "deliverables",
      "artifacts",
      "gates",
      "budget"
    };
    String[] all = new String[first.length + rest.length];
    System.arraycopy(first, 0, all, 0, first.length);
    System.arraycopy(rest, 0, all, first.length, rest.length);
    return all;
  }
}
