package dev.makespan.cli;

import dev.makespan.proto.run.v1.ReportCheck;
import dev.makespan.proto.run.v1.RunReport;
import java.util.List;
import java.util.Locale;

/** What holds before and after integration, for people. */
final class ChecklistText {

  private ChecklistText() {}

  static void append(StringBuilder text, RunReport report) {
    append(text, "Before integration", report.getBeforeIntegrationList());
    append(text, "After integration", report.getAfterIntegrationList());
  }

  private static void append(StringBuilder text, String heading, List<ReportCheck> checks) {
    if (checks.isEmpty()) {
      return;
    }
    text.append('\n').append(heading).append('\n');
    for (ReportCheck check : checks) {
      text.append("  %s %s: %s%n".formatted(mark(check), check.getWhat(), check.getDetail()));
    }
  }

  private static String mark(ReportCheck check) {
    return switch (check.getStanding()) {
      case CHECK_STANDING_OK -> "[x]";
      case CHECK_STANDING_OPEN -> "[ ]";
      case CHECK_STANDING_PROBLEM -> "[!]";
      case CHECK_STANDING_PEOPLE -> "[?]";
      case CHECK_STANDING_UNSPECIFIED, UNRECOGNIZED -> "[-]";
    };
  }

  /** As a word: ok, open, problem or people. */
  static String standing(ReportCheck check) {
    return check.getStanding().name().replace("CHECK_STANDING_", "").toLowerCase(Locale.ROOT);
  }
}
