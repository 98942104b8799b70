package dev.makespan.cli;

import dev.makespan.core.plan.Shown;
import dev.makespan.formats.plan.FileAccessProto;
import dev.makespan.proto.run.v1.FileDrift;
import dev.makespan.proto.run.v1.RunReport;
import dev.makespan.proto.run.v1.RunUsage;
import java.util.List;
import java.util.Locale;

/** What a run used, and which files its tasks changed otherwise than declared, for people. */
final class DriftText {

  private static final int MAX_PATHS = 5;

  private DriftText() {}

  static void append(StringBuilder text, RunReport report) {
    usage(text, report.getUsage());
    if (report.getDriftsCount() > 0) {
      text.append("\nFiles changed otherwise than declared; makespan learn proposes the changes\n");
      report.getDriftsList().forEach(drift -> drift(text, drift));
    }
  }

  private static void usage(StringBuilder text, RunUsage usage) {
    if (usage.equals(RunUsage.getDefaultInstance())) {
      return;
    }
    text.append(
        String.format(
            Locale.ROOT,
            "%nUsed: %,d tokens in, %,d tokens out, cost %.2f%n",
            usage.getInputTokens(),
            usage.getOutputTokens(),
            usage.getCost()));
  }

  private static void drift(StringBuilder text, FileDrift drift) {
    text.append("  ").append(drift.getTask()).append(": ");
    List<String> untouched =
        drift.getUntouchedList().stream()
            .map(access -> FileAccessProto.fromProto(access).path().text())
            .toList();
    if (drift.getUndeclaredCount() > 0) {
      text.append("changed undeclared ").append(shown(drift.getUndeclaredList()));
      text.append(untouched.isEmpty() ? "" : "; ");
    }
    if (!untouched.isEmpty()) {
      text.append("declared and did not change ").append(shown(untouched));
    }
    text.append('\n');
  }

  private static String shown(List<String> paths) {
    String first = String.join(", ", paths.stream().limit(MAX_PATHS).map(Shown::escaped).toList());
    int more = paths.size() - MAX_PATHS;
    return more > 0 ? first + " and " + more + " more" : first;
  }
}
