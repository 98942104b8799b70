package dev.makespan.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.makespan.core.change.PlanChange;
import dev.makespan.core.learn.FileLesson;
import dev.makespan.core.plan.TaskId;
import dev.makespan.formats.analysis.ChangeText;
import dev.makespan.proto.run.v1.Run;
import java.util.List;

/** What a run teaches, for people and for programs. */
record Learned(Run run, List<FileLesson> lessons) {

  private static final int MAX_COLUMN = 60;

  Learned {
    lessons = List.copyOf(lessons);
  }

  /** As a diff marks it: what comes, what goes, and what is another thing now. */
  private static String sign(PlanChange change) {
    return switch (ChangeText.kindOf(change)) {
      case "add-access" -> "+";
      case "remove-access" -> "-";
      default -> "~";
    };
  }

  String text() {
    String title =
        "run %d of %s version %d: ".formatted(run.getId(), run.getPlanName(), run.getPlanVersion());
    if (lessons.isEmpty()) {
      return title + (TouchedByRun.isTold(run) ? "nothing to learn" : nobodyTold()) + "\n";
    }
    long certain = lessons.stream().filter(FileLesson::certain).count();
    StringBuilder text = new StringBuilder(title);
    text.append(Texts.count(lessons.size(), "change"))
        .append(" of the files that its tasks declare, ")
        .append(certain)
        .append(" certain\n");
    int longest = lessons.stream().mapToInt(one -> words(one).length()).max().orElse(0);
    int width = Math.min(longest, MAX_COLUMN);
    for (FileLesson lesson : lessons) {
      text.append("  ")
          .append(sign(lesson.change()))
          .append(lesson.certain() ? "  " : "? ")
          .append(padded(words(lesson), width))
          .append("  ")
          .append(lesson.basis())
          .append('\n');
    }
    return text.toString();
  }

  /** Never cut off: somebody may want to copy a path. */
  private static String padded(String text, int width) {
    return text + " ".repeat(Math.max(0, width - text.length()));
  }

  private static String nobodyTold() {
    return "nothing to learn, since no agent said which files it changed";
  }

  private static String words(FileLesson lesson) {
    return ChangeText.of(lesson.change());
  }

  /**
   * For programs.
   *
   * @param file that was written; empty: none
   * @param written the changes that are in it now
   */
  ObjectNode json(String file, List<PlanChange> written) {
    ObjectNode node = Json.object();
    node.put("run", run.getId());
    node.put("plan", run.getPlanName());
    node.put("planVersion", run.getPlanVersion());
    node.put("file", file);
    node.put("written", file.isEmpty() ? 0 : written.size());
    node.put("filesTold", TouchedByRun.isTold(run));
    ArrayNode all = node.putArray("lessons");
    for (FileLesson lesson : lessons) {
      TaskId task = ChangeText.taskOf(lesson.change());
      all.addObject()
          .put("task", task == null ? "" : task.value())
          .put("kind", ChangeText.kindOf(lesson.change()))
          .put("change", words(lesson))
          .put("certain", lesson.certain())
          .put("basis", lesson.basis())
          .put("written", !file.isEmpty() && written.contains(lesson.change()));
    }
    return node;
  }
}
