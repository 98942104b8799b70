package dev.makespan.formats.analysis;

import dev.makespan.core.analysis.PlanAnalysis;
import dev.makespan.core.analysis.PlannedTask;
import java.time.Duration;

/** The schedule now, and with the proposals below it on the same scale; a lane for each agent. */
public final class TimelineSvg {

  private static final double WIDTH = 1_000;
  private static final double LEFT = 150;
  private static final double RIGHT = 30;
  private static final double PLOT = WIDTH - LEFT - RIGHT;
  private static final double LANE = 30;
  private static final double BAR = 22;
  private static final int FONT = 12;
  private static final int MAX_TITLE = 80;

  private final AnalyzedPlan analyzed;
  private final Svg svg = new Svg();
  private final Duration whole;

  private TimelineSvg(AnalyzedPlan analyzed) {
    this.analyzed = analyzed;
    Duration now = analyzed.analysis().schedule();
    Duration then = analyzed.review().proposal().analysis().schedule();
    this.whole = analyzed.hasProposal() && then.compareTo(now) > 0 ? then : now;
  }

  public static String of(AnalyzedPlan analyzed) {
    return new TimelineSvg(analyzed).draw();
  }

  private String draw() {
    String title = analyzed.plan().title().isEmpty() ? "" : ": " + analyzed.plan().title();
    String name = Figures.shown(analyzed.plan().name() + title, MAX_TITLE);
    svg.text(20, 32, 18, "start", "", name);
    svg.text(20, 54, 13, "start", "muted", Summary.ofProposal(analyzed));
    double y = panel(74, "Now", analyzed.analysis());
    if (analyzed.hasProposal()) {
      y = panel(y + 16, "With the proposals", analyzed.review().proposal().analysis());
    }
    svg.rect("hot", 20, y + 6, 14, 12, "");
    svg.text(40, y + 16, FONT, "start", "muted", "critical: a delay moves the finish");
    return svg.document(WIDTH, y + 32, name + ", timeline", Summary.ofProposal(analyzed));
  }

  /** The lower edge of what was drawn. */
  private double panel(double top, String heading, PlanAnalysis analysis) {
    TimelineView view = TimelineView.of(analysis);
    String left = view.leftOut().isEmpty() ? "" : " (" + view.leftOut() + ")";
    String finish = Figures.duration(analysis.schedule());
    svg.text(20, top + 16, 14, "start", "", heading + ": " + finish + left);
    double first = top + 42;
    double bottom = first + LANE * Math.max(1, view.lanes().size());
    for (int i = 0; i < view.lanes().size(); i++) {
      svg.rect("lane", LEFT, first + i * LANE + 2, PLOT, LANE - 4, "");
    }
    won(analysis, first, bottom);
    for (Duration tick : TimeAxis.ticks(whole)) {
      svg.vertical(x(tick), first - 4, bottom);
      svg.text(x(tick), first - 8, 11, "middle", "muted", Figures.duration(tick));
    }
    for (int i = 0; i < view.lanes().size(); i++) {
      lane(view.lanes().get(i), first + i * LANE);
    }
    return bottom;
  }

  private void won(PlanAnalysis analysis, double first, double bottom) {
    Duration won = whole.minus(analysis.schedule());
    if (won.isPositive()) {
      double x = x(analysis.schedule());
      svg.rect("won", x, first, LEFT + PLOT - x, bottom - first, "");
      String text = Svg.fitted(Figures.duration(won) + " less", LEFT + PLOT - x, FONT);
      svg.text((x + LEFT + PLOT) / 2, (first + bottom) / 2 + 4, FONT, "middle", "", text);
    }
  }

  private void lane(TimelineView.Lane lane, double y) {
    svg.text(LEFT - 8, y + 19, FONT, "end", "muted", Svg.fitted(lane.name(), LEFT - 28, FONT));
    for (PlannedTask task : lane.tasks()) {
      double from = x(task.start());
      double width = x(task.finish()) - from;
      String tip =
          "%s: %s to %s, %s%s"
              .formatted(
                  task.task(),
                  Figures.at(task.start()),
                  Figures.at(task.finish()),
                  task.slot(),
                  task.critical() ? ", critical" : "");
      svg.rect(task.critical() ? "hot" : "task", from, y + 4, Math.max(2, width - 1), BAR, tip);
      String label = Svg.fitted(task.task().value(), width - 8, FONT);
      if (!label.isEmpty()) {
        svg.text(from + width / 2, y + 19, FONT, "middle", "", label);
      }
    }
  }

  private double x(Duration at) {
    return LEFT + PLOT * at.toMillis() / Math.max(1, whole.toMillis());
  }
}
