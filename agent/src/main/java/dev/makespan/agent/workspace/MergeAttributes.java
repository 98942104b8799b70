package dev.makespan.agent.workspace;

import dev.makespan.core.plan.FilePattern;
import dev.makespan.core.session.AttemptWorkspace;
import java.util.ArrayList;
import java.util.List;

/** How files merge, as git's attributes: additions by union, what is made anew by keeping ours. */
final class MergeAttributes {

  private MergeAttributes() {}

  static String text(AttemptWorkspace workspace) {
    List<String> lines = new ArrayList<>();
    workspace.appends().forEach(path -> add(lines, path, "merge=union"));
    workspace.regenerates().forEach(path -> add(lines, path, "merge=ours"));
    return lines.isEmpty() ? "" : String.join("\n", lines) + "\n";
  }

  /** A plain path may be a folder, of which git's attributes know only what is in it. */
  private static void add(List<String> lines, FilePattern path, String attribute) {
    lines.add(quoted("/" + path.text()) + " " + attribute);
    if (!path.isGlob()) {
      lines.add(quoted("/" + path.text() + "/**") + " " + attribute);
    }
  }

  private static String quoted(String pattern) {
    String plain = pattern.replace("[", "\\[").replace("?", "\\?");
    return "\"" + plain.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
  }
}
