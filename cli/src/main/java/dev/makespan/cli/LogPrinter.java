package dev.makespan.cli;

import com.google.protobuf.ByteString;
import java.io.ByteArrayOutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Prints pieces of logs as whole lines, so that neither a character nor a line of two tasks is cut.
 * Control characters but tabs are shown and not obeyed: an agent has written them.
 */
final class LogPrinter {

  /** A line without an end is printed in parts of this many bytes. */
  private static final int MAX_LINE_BYTES = 65_536;

  private static final Pattern COLOURS = Pattern.compile("\u001b\\[[0-9;?]*[A-Za-z]");

  private final PrintWriter out;
  private final boolean named;
  private final Map<String, ByteArrayOutputStream> begun = new LinkedHashMap<>();

  /**
   * A printer of one log or of several.
   *
   * @param named whether each line begins with its task
   */
  LogPrinter(PrintWriter out, boolean named) {
    this.out = out;
    this.named = named;
  }

  /** A piece of the log of {@code task}. */
  void print(String task, ByteString data) {
    ByteArrayOutputStream line = begun.computeIfAbsent(task, _ -> new ByteArrayOutputStream());
    for (byte one : data) {
      if (one == '\n' || line.size() >= MAX_LINE_BYTES) {
        end(task, line);
      }
      if (one != '\n') {
        line.write(one);
      }
    }
    out.flush();
  }

  /** So many bytes are not there. */
  void dropped(String task, long bytes) {
    end(task);
    line(task, "… %d bytes were dropped here …".formatted(bytes));
  }

  /** Nothing follows of {@code task} for now: what has no line's end yet is printed. */
  void end(String task) {
    ByteArrayOutputStream line = begun.get(task);
    if (line != null && line.size() > 0) {
      end(task, line);
    }
    out.flush();
  }

  private void end(String task, ByteArrayOutputStream line) {
    line(task, shown(line.toString(StandardCharsets.UTF_8)));
    line.reset();
  }

  private void line(String task, String text) {
    out.print(named ? task + " | " + text + "\n" : text + "\n");
  }

  /**
   * Without colours and a carriage return at its end, and with other control characters in view.
   */
  private static String shown(String line) {
    String plain = COLOURS.matcher(line).replaceAll("");
    String text = plain.endsWith("\r") ? plain.substring(0, plain.length() - 1) : plain;
    StringBuilder shown = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Character.isISOControl(c) && c != '\t') {
        shown.append("\\u%04x".formatted((int) c));
      } else {
        shown.append(c);
      }
    }
    return shown.toString();
  }
}
