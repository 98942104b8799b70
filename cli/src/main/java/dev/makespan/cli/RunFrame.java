package dev.makespan.cli;

import dev.makespan.formats.analysis.Bar;
import dev.makespan.proto.run.v1.TaskState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** A live run as lines of text, none wider than the terminal. */
final class RunFrame {

  private static final int HEADER_LINES = 3;
  private static final int STATE_WIDTH = 11;
  private static final int AGENT_WIDTH = 14;
  private static final int MIN_BAR = 8;
  private static final int MAX_BAR = 60;
  private static final int NARROW = 60;
  private static final int GAPS = 6;

  private final String plan;
  private final Terminal terminal;

  RunFrame(String plan, Terminal terminal) {
    this.plan = plan;
    this.terminal = terminal;
  }

  /**
   * The lines of this moment.
   *
   * @param now plan time since the start
   * @param finish when the run is expected to end
   */
  List<String> lines(RunBoard board, Duration now, Duration finish) {
    List<String> lines = new ArrayList<>();
    lines.add(
        cut(
            "%s  run %d %s  %s of about %s  %d of %d done"
                .formatted(
                    plan,
                    board.id(),
                    States.name(board.state()),
                    Texts.at(now),
                    Texts.duration(finish),
                    board.doneTasks(),
                    board.rows().size())));
    List<RunBoard.Row> shown = shown(board.rows());
    int name =
        Math.min(Texts.MAX_NAME, shown.stream().mapToInt(r -> r.task().length()).max().orElse(0));
    Duration whole = now.compareTo(finish) > 0 ? now : finish;
    for (RunBoard.Row row : shown) {
      lines.add(line(row, name, now, whole));
    }
    int hidden = board.rows().size() - shown.size();
    if (hidden > 0) {
      lines.add(cut("  and " + Texts.count(hidden, "more task")));
    }
    return lines;
  }

  /** What moves comes first when there is no room for all. */
  private List<RunBoard.Row> shown(Collection<RunBoard.Row> rows) {
    int room = Math.max(1, terminal.rows() - HEADER_LINES);
    if (rows.size() <= room) {
      return List.copyOf(rows);
    }
    List<RunBoard.Row> live = rows.stream().filter(RunFrame::moves).limit(room - 1L).toList();
    return live.isEmpty() ? rows.stream().limit(room - 1L).toList() : live;
  }

  private static boolean moves(RunBoard.Row row) {
    return switch (row.state()) {
      case TASK_STATE_WAITING, TASK_STATE_DONE, TASK_STATE_CANCELLED, TASK_STATE_SKIPPED -> false;
      default -> true;
    };
  }

  private String line(RunBoard.Row row, int nameWidth, Duration now, Duration whole) {
    String state = Texts.cell(States.name(row.state()), STATE_WIDTH);
    String head = "  " + Texts.cell(row.task(), nameWidth) + "  ";
    if (terminal.columns() < NARROW) {
      return coloured(cut(head + state), state, row.state());
    }
    int bar =
        Math.clamp(
            terminal.columns() - nameWidth - STATE_WIDTH - AGENT_WIDTH - 2L * GAPS,
            MIN_BAR,
            MAX_BAR);
    String text =
        head + state + " " + Texts.cell(row.agent(), AGENT_WIDTH) + " " + bar(row, now, whole, bar);
    return coloured(cut(text), state, row.state());
  }

  private static String bar(RunBoard.Row row, Duration now, Duration whole, int width) {
    Duration start = row.start();
    if (start == null) {
      return Bar.empty(width);
    }
    Duration end = row.finish() == null ? now : row.finish();
    return Bar.draw(start, end, whole, width, row.finish() == null ? '>' : '=');
  }

  private String cut(String line) {
    return line.length() < terminal.columns() ? line : line.substring(0, terminal.columns() - 1);
  }

  /** Colours the state alone, after the line has been cut by its visible characters. */
  private String coloured(String line, String cell, TaskState state) {
    String code = code(state);
    int at = line.indexOf(cell.stripTrailing(), 2);
    if (!terminal.colour() || code.isEmpty() || at < 0) {
      return line;
    }
    int end = at + cell.stripTrailing().length();
    return line.substring(0, at)
        + "\033["
        + code
        + "m"
        + line.substring(at, end)
        + "\033[0m"
        + line.substring(end);
  }

  private static String code(TaskState state) {
    return switch (state) {
      case TASK_STATE_DONE -> "32";
      case TASK_STATE_RUNNING, TASK_STATE_VERIFYING, TASK_STATE_INTEGRATING -> "36";
      case TASK_STATE_FAILED, TASK_STATE_HELD -> "31";
      case TASK_STATE_BACKOFF, TASK_STATE_CANCELLING -> "33";
      case TASK_STATE_WAITING,
          TASK_STATE_READY,
          TASK_STATE_LEASED,
          TASK_STATE_CANCELLED,
          TASK_STATE_SKIPPED,
          TASK_STATE_UNSPECIFIED,
          UNRECOGNIZED ->
          "";
    };
  }
}
