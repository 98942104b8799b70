package dev.makespan.core.plan;

/** The name of a milestone, unique in its task. */
public record MilestoneId(String value) implements Comparable<MilestoneId> {

  public MilestoneId {
    Names.requireId("milestone", value);
  }

  @Override
  public int compareTo(MilestoneId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
