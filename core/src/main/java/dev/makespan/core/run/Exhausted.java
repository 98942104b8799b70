package dev.makespan.core.run;

import dev.makespan.core.plan.BudgetKind;
import java.util.Locale;

/** A limit of a budget that is reached. */
public record Exhausted(BudgetKind kind, double used, double limit) {

  /** How the reason of a pause begins that a budget has made. */
  public static final String REASON = "budget: ";

  /** As a reason to pause. */
  public String reason() {
    return REASON + text();
  }

  /** As a clause. */
  public String text() {
    return switch (kind) {
      case TOKENS -> "%,d of %,d tokens are used".formatted((long) used, (long) limit);
      case COST -> "cost %s of %s is used".formatted(number(used), number(limit));
      case AGENT_HOURS -> "%s of %s agent hours are used".formatted(number(used), number(limit));
    };
  }

  private static String number(double value) {
    String text = String.format(Locale.ROOT, "%.3f", value);
    return text.replaceAll("\\.?0+$", "");
  }
}
