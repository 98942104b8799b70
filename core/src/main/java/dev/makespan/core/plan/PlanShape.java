package dev.makespan.core.plan;

import java.util.List;

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
      "policy",
      "affinity",
      "coordination"),
  PARAMETER("a parameter", "name", "title", "required", "default"),
  RANGE("a range", "name", "first", "stride", "size"),
  FILE_POLICY("a file policy", "path", "policy", "owner"),
  PHASE("a phase", "id", "title", "barrier", "checkpoint"),
  DEFAULTS("defaults", taskKeysAfter()),
  TASK("a task", taskKeysAfter("id")),
  THREE_POINTS("a three-point duration", "optimistic", "likely", "pessimistic"),
  STUB("a stub", "task", "via", "wire"),
  MILESTONE("a milestone", "id", "title", "after", "at"),
  STEP("a step", "id", "title", "duration", "reads", "writes", "after"),
  RUN("run", "command", "script", "prompt"),
  RETRY("retry", "limit", "gates", "backoff"),
  ARTIFACT("an artifact", "name", "path", "max"),
  GATE("a gate", "run", "metric", "min", "max", "approval", "file"),
  RISK("a risk", "id", "title", "likelihood", "impact", "tasks", "mitigation", "fallback"),
  WORKSPACE("workspace", "repository", "base", "branch", "verify", "regenerate"),
  INTAKE("intake", "limit"),
  BUDGET("a budget", "tokens", "cost", "agent-hours"),
  COORDINATION("coordination", "digests", "escalation", "targets"),
  DIGEST("a digest", "name", "at"),
  ESCALATION("an escalation level", "after", "notify");

  private static final int SLOTS = 256;
  private static final int SHIFT = 24;

  private final String noun;

  @SuppressWarnings("ImmutableEnumChecker") // a copy that nobody changes
  private final List<String> keys;

  /** A hash table of the keys' places from 1; 0: free. Every task is asked for every key. */
  @SuppressWarnings("ImmutableEnumChecker") // as above
  private final byte[] places = new byte[SLOTS];

  PlanShape(String noun, String... keys) {
    this.noun = noun;
    this.keys = List.of(keys);
    for (int place = 0; place < keys.length; place++) {
      places[slotOf(keys[place])] = (byte) (place + 1);
    }
  }

  /** What messages call it. */
  String noun() {
    return noun;
  }

  public List<String> keys() {
    return keys;
  }

  boolean has(String key) {
    return place(key) >= 0;
  }

  /** Where {@code key} stands among the keys, or -1. */
  int place(String key) {
    return places[slotOf(key)] - 1;
  }

  /** The slot that has {@code key}, or the free one where it would stand. */
  private int slotOf(String key) {
    int hash = key.hashCode() * 0x9E3779B9;
    int slot = hash >>> SHIFT;
    while (places[slot] != 0 && !keys.get(places[slot] - 1).equals(key)) {
      slot = (slot + 1) % SLOTS;
    }
    return slot;
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
