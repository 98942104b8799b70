package dev.makespan.core.plan;

import java.util.List;

/** What the check of a description says. Problems are sorted by their place in the file. */
public sealed interface CheckedPlan {

  List<Problem> problems();

  /** The plan has no errors; {@code problems} are warnings and notes. */
  record Accepted(Plan plan, List<Problem> problems) implements CheckedPlan {
    public Accepted {
      problems = List.copyOf(problems);
    }
  }

  /** At least one of {@code problems} is an error. */
  record Refused(List<Problem> problems) implements CheckedPlan {
    public Refused {
      problems = List.copyOf(problems);
    }
  }
}
