package dev.makespan.core.task;

import java.util.regex.Pattern;

/** The name of an agent, chosen by itself. */
public record AgentId(String value) implements Comparable<AgentId> {

  private static final Pattern SYNTAX = Pattern.compile("[A-Za-z0-9._-]{1,63}");

  public AgentId {
    if (!SYNTAX.matcher(value).matches()) {
      throw new IllegalArgumentException(
          "agent id: expected 1 to 63 letters, digits, '-', '_' or '.'");
    }
  }

  @Override
  public int compareTo(AgentId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
