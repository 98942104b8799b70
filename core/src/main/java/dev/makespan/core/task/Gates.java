package dev.makespan.core.task;

import dev.makespan.core.plan.Gate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Looks at a task's gates when its agent says that the work is good. */
final class Gates {

  private Gates() {}

  /** What is red, one line each; empty: every gate is green. */
  static List<String> redOnes(TaskTerms terms, TaskCommand.Succeed result) {
    List<String> red = new ArrayList<>();
    for (Gate gate : terms.gates()) {
      String finding = redness(gate, result);
      if (!finding.isEmpty()) {
        red.add(finding);
      }
    }
    return red;
  }

  /** The approvals that people have yet to give once nothing is red. */
  static List<String> approvals(TaskTerms terms) {
    List<String> names = new ArrayList<>();
    for (Gate gate : terms.gates()) {
      if (gate instanceof Gate.Approval approval && !terms.approvalsGiven()) {
        names.add(approval.name());
      }
    }
    return names;
  }

  private static String redness(Gate gate, TaskCommand.Succeed result) {
    return switch (gate) {
      case Gate.Metric metric -> redness(metric, result.metrics().get(metric.name()));
      case Gate.Run _, Gate.PresentFile _ -> redness(gate.toString(), result.gates());
      case Gate.Approval _ -> "";
    };
  }

  private static String redness(Gate.Metric gate, @Nullable Double value) {
    if (value == null) {
      return gate + ": was not reported";
    }
    Double min = gate.min();
    Double max = gate.max();
    boolean inside = (min == null || value >= min) && (max == null || value <= max);
    return inside ? "" : gate + ": was " + value;
  }

  private static String redness(String gate, Map<String, TaskCommand.GateFinding> findings) {
    TaskCommand.GateFinding finding = findings.get(gate);
    if (finding == null) {
      return gate + ": was not reported";
    }
    return finding.green() ? "" : gate + ": " + finding.report();
  }
}
