package dev.makespan.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.makespan.proto.plan.v1.Budget;
import dev.makespan.proto.run.v1.BudgetChange;
import dev.makespan.proto.run.v1.Run;
import dev.makespan.proto.run.v1.RunBudget;
import dev.makespan.proto.run.v1.RunState;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What a run may use and has used, for people and programs, and what people set. */
final class BudgetText {

  private static final String KEYS = "tokens, cost or agent-hours";

  private BudgetText() {}

  /** Such as {@code tokens=5000000,cost=40}. */
  static BudgetChange read(Map<String, String> limits) throws Failure {
    BudgetChange.Builder change = BudgetChange.newBuilder();
    for (Map.Entry<String, String> limit : limits.entrySet()) {
      String text = limit.getValue();
      try {
        switch (limit.getKey()) {
          case "tokens" -> change.setTokens(Long.parseLong(text.replace("_", "")));
          case "cost" -> change.setCost(Double.parseDouble(text));
          case "agent-hours" -> change.setAgentHours(Double.parseDouble(text));
          default ->
              throw Failure.badInput(
                  "--budget: expected %s, was '%s'".formatted(KEYS, limit.getKey()));
        }
      } catch (NumberFormatException e) {
        throw new Failure(
            ExitCodes.BAD_INPUT,
            "--budget: %s: expected a number from 0, was '%s'".formatted(limit.getKey(), text),
            e);
      }
    }
    return change.build();
  }

  /** A line of what is used of each limit, and what to do at one; empty: there is none. */
  static String of(Run run) {
    RunBudget budget = run.getBudget();
    Budget limit = budget.getLimit();
    List<String> parts = new ArrayList<>();
    if (limit.getTokens() > 0) {
      parts.add(
          String.format(Locale.ROOT, "%,d of %,d tokens", budget.getTokens(), limit.getTokens()));
    }
    if (limit.getCost() > 0) {
      parts.add(String.format(Locale.ROOT, "cost %.2f of %.2f", budget.getCost(), limit.getCost()));
    }
    if (limit.getAgentHours() > 0) {
      parts.add(
          String.format(
              Locale.ROOT,
              "%.2f of %.2f agent hours",
              budget.getAgentHours(),
              limit.getAgentHours()));
    }
    if (parts.isEmpty()) {
      return "";
    }
    StringBuilder text = new StringBuilder("budget: " + String.join(", ", parts) + " used\n");
    boolean asks = !budget.getExhausted().isEmpty() && run.getState() == RunState.RUN_STATE_PAUSED;
    if (asks) {
      text.append(
          "it waits for a decision: makespan resume %d --budget LIMIT=N, or makespan cancel %d%n"
              .formatted(run.getId(), run.getId()));
    }
    return text.toString();
  }

  static void put(ObjectNode node, Run run) {
    if (!run.hasBudget()) {
      return;
    }
    RunBudget budget = run.getBudget();
    node.putObject("budget")
        .put("tokens", budget.getTokens())
        .put("tokenLimit", budget.getLimit().getTokens())
        .put("cost", budget.getCost())
        .put("costLimit", budget.getLimit().getCost())
        .put("agentHours", budget.getAgentHours())
        .put("agentHourLimit", budget.getLimit().getAgentHours())
        .put("exhausted", budget.getExhausted());
  }
}
