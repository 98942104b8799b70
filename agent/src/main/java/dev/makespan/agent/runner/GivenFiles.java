package dev.makespan.agent.runner;

import dev.makespan.core.plan.FilePattern;
import dev.makespan.core.plan.Shown;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The context of a task: what names a file of the workspace is that file, all else is a text. */
final class GivenFiles {

  /** What one file may fill of the prompt, and what all together may. */
  static final int MAX_FILE = 65_536;

  static final int MAX_ALL = 512 * 1024;

  private GivenFiles() {}

  static List<PromptText.Given> of(List<String> context, Path workspace) {
    List<PromptText.Given> given = new ArrayList<>();
    int left = MAX_ALL;
    for (String entry : context) {
      PromptText.Given piece = piece(entry, workspace, Math.min(left, MAX_FILE));
      left -= piece.content().length();
      given.add(piece);
    }
    return given;
  }

  private static PromptText.Given piece(String entry, Path workspace, int most) {
    boolean isPath = entry.indexOf('\n') < 0 && FilePattern.problemOf(entry).isEmpty();
    if (isPath) {
      try {
        Path file = workspace.resolve(entry).toRealPath();
        if (file.startsWith(workspace.toRealPath()) && Files.isRegularFile(file)) {
          return new PromptText.Given("`" + entry + "`", content(file, most));
        }
      } catch (IOException | java.nio.file.InvalidPathException e) {
        // Then it is a text, such as "as discussed".
        return new PromptText.Given("a note", Shown.escaped(entry));
      }
    }
    return new PromptText.Given("a note", entry);
  }

  private static String content(Path file, int most) throws IOException {
    try (var in = Files.newInputStream(file)) {
      String text = new String(in.readNBytes(most), StandardCharsets.UTF_8);
      long left = Files.size(file) - most;
      return left > 0 ? text + "\n… " + left + " bytes more are in the file" : text;
    }
  }
}
