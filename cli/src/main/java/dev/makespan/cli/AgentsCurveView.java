package dev.makespan.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.makespan.core.plan.Plan;
import dev.makespan.core.plan.Role;
import dev.makespan.core.schedule.AgentCurve;
import dev.makespan.core.schedule.Overheads;
import dev.makespan.formats.analysis.Bar;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** The agents' curve for people and for programs. */
final class AgentsCurveView {

  private static final int BAR = 32;

  private AgentsCurveView() {}

  static String text(Plan plan, List<Role> varied, AgentCurve curve) {
    StringBuilder text = new StringBuilder();
    text.append("%s: agents of %s%n%n".formatted(plan.name(), named(varied)));
    text.append("  agents  makespan    at least    net         paid        efficiency\n");
    Duration longest = curve.points().getFirst().net();
    for (AgentCurve.Point point : curve.points()) {
      text.append(
          "  %6d  %-10s  %-10s  %-10s  %-10s  %5s  %s%s%n"
              .formatted(
                  point.agents(),
                  Texts.duration(point.makespan()),
                  Texts.duration(point.lowerBound()),
                  Texts.duration(point.net()),
                  Texts.duration(point.paid()),
                  percent(point.efficiency()),
                  Bar.draw(Duration.ZERO, point.net(), longest(longest, curve), BAR, '='),
                  point.agents() == curve.knee() ? "  <- knee" : ""));
    }
    text.append('\n').append(verdict(curve, varied)).append('\n');
    text.append(assumptions(curve.overheads())).append('\n');
    return text.toString();
  }

  static ObjectNode json(Plan plan, List<Role> varied, AgentCurve curve) {
    ObjectNode node = Json.object();
    node.put("plan", plan.name());
    ArrayNode roles = node.putArray("roles");
    varied.forEach(role -> roles.add(role.value()));
    node.put("knee", curve.knee());
    node.put("oneAgentIsBest", curve.isOneAgentBest());
    ObjectNode overheads = node.putObject("overheads");
    Json.putSeconds(overheads, "mergeSeconds", curve.overheads().merge());
    overheads.put("conflictChance", curve.overheads().conflictChance());
    overheads.put("rework", curve.overheads().rework());
    ArrayNode points = node.putArray("points");
    for (AgentCurve.Point point : curve.points()) {
      ObjectNode one = points.addObject().put("agents", point.agents());
      Json.putSeconds(one, "makespanSeconds", point.makespan());
      Json.putSeconds(one, "lowerBoundSeconds", point.lowerBound());
      Json.putSeconds(one, "netSeconds", point.net());
      Json.putSeconds(one, "paidSeconds", point.paid());
      one.put("efficiency", point.efficiency());
    }
    return node;
  }

  private static Duration longest(Duration first, AgentCurve curve) {
    return curve.points().stream()
        .map(AgentCurve.Point::net)
        .reduce(first, (a, b) -> a.compareTo(b) >= 0 ? a : b);
  }

  private static String named(List<Role> varied) {
    return varied.size() == 1
        ? "role " + varied.getFirst()
        : "each role (" + String.join(", ", varied.stream().map(Role::value).toList()) + ")";
  }

  private static String verdict(AgentCurve curve, List<Role> varied) {
    String each = varied.size() == 1 ? "" : " of each role";
    if (curve.isOneAgentBest()) {
      return "One agent%s is best: more win nothing that is worth it.".formatted(each);
    }
    AgentCurve.Point knee = curve.points().get(curve.knee() - 1);
    return "%d agents%s are worth it: %s instead of %s with one."
        .formatted(
            curve.knee(),
            each,
            Texts.duration(knee.net()),
            Texts.duration(curve.points().getFirst().net()));
  }

  private static String assumptions(Overheads overheads) {
    return overheads.equals(Overheads.NONE)
        ? "Net counts no merging and no conflicts."
        : "Net counts %s to merge what ran side by side, and a chance of %s that two writers in one"
                .formatted(Texts.duration(overheads.merge()), percent(overheads.conflictChance()))
            + " folder conflict, which costs %s of a task's work."
                .formatted(percent(overheads.rework()));
  }

  private static String percent(double share) {
    return String.format(Locale.ROOT, "%.0f %%", 100 * share);
  }
}
