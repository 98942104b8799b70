package dev.makespan.core.session;

import java.util.regex.Pattern;

/** The name of an agent's session, chosen by the agent; outlives its streams. */
public record SessionId(String value) implements Comparable<SessionId> {

  private static final Pattern SYNTAX = Pattern.compile("[A-Za-z0-9._-]{1,64}");

  public SessionId {
    if (!SYNTAX.matcher(value).matches()) {
      throw new IllegalArgumentException(
          "session id: expected 1 to 64 letters, digits, '-', '_' or '.'");
    }
  }

  @Override
  public int compareTo(SessionId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
