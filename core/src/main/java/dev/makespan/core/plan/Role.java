package dev.makespan.core.plan;

/** What an agent must be able to do to get a task: the name of a pool. */
public record Role(String value) implements Comparable<Role> {

  public Role {
    Names.requireId("role", value);
  }

  @Override
  public int compareTo(Role other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
