package dev.makespan.core.plan;

/** The name of a phase, unique in its plan. */
public record PhaseId(String value) implements Comparable<PhaseId> {

  public PhaseId {
    Names.requireId("phase", value);
  }

  @Override
  public int compareTo(PhaseId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
