package dev.makespan.formats.edit;

import dev.makespan.core.plan.Completion;
import dev.makespan.core.plan.DurationText;
import dev.makespan.core.plan.Estimate;
import dev.makespan.core.plan.FileMode;
import dev.makespan.core.plan.Milestone;
import dev.makespan.core.plan.Stub;
import dev.makespan.core.plan.Task;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.NodeTuple;

/** Writes pieces of a task in its place: what they share with it word for word, the rest anew. */
final class TaskSplit {

  /** Keys that are written anew for each piece. */
  private static final Set<String> OWN =
      Set.of(
          "id",
          "title",
          "duration",
          "size",
          "needs",
          "stubs",
          "reads",
          "writes",
          "appends",
          "regenerates",
          "milestones",
          "steps",
          "ranges",
          "labels");

  /** Keys that a piece without the task's completion leaves out. */
  private static final Set<String> COMPLETION = Set.of("deliverables", "artifacts", "gates");

  private final SourceTree source;
  private final TextEdits edits;

  TaskSplit(SourceTree source, TextEdits edits) {
    this.source = source;
    this.edits = edits;
  }

  /** Comments above the task stay above its first piece, and those inside it join them. */
  void replace(MappingNode node, List<Task> pieces) {
    boolean flow = SourceTree.isFlow(node);
    Written written = new Written(SourceTree.isJson(node));
    String indent = " ".repeat(flow ? 0 : source.column(node.getValue().getFirst().getKeyNode()));
    List<String> texts = new ArrayList<>();
    for (Task piece : pieces) {
      Map<String, String> entries = entries(node, piece, written);
      texts.add(flow ? inFlow(entries, written) : inBlock(entries, written, indent));
    }
    int begin = source.begin(node);
    int end = source.lineEnd(source.end(node));
    String kept = flow ? "" : keptComments(begin, end);
    edits.insert(source.lineBegin(begin), kept);
    boolean commentEnds =
        !kept.isEmpty() && source.text().substring(source.end(node), end).contains("#");
    edits.replace(
        begin, commentEnds ? end : source.end(node), String.join(between(node, flow), texts));
  }

  private String keptComments(int begin, int end) {
    String dash = source.text().substring(source.lineBegin(begin), begin).replaceAll("\\S.*", "");
    StringBuilder lines = new StringBuilder();
    for (String comment : source.comments(begin, end)) {
      lines.append(dash).append(comment).append(source.lineBreak());
    }
    return lines.toString();
  }

  private String between(MappingNode node, boolean flow) {
    int begin = source.begin(node);
    String before = source.text().substring(source.lineBegin(begin), begin);
    boolean listed = before.stripTrailing().endsWith("-");
    if (listed) {
      return source.lineBreak() + before;
    }
    return before.isBlank() && flow ? "," + source.lineBreak() + before : ", ";
  }

  private static String inFlow(Map<String, String> entries, Written written) {
    List<String> pairs = new ArrayList<>();
    entries.forEach((key, value) -> pairs.addAll(List.of(key, value)));
    return written.mapping(pairs);
  }

  private String inBlock(Map<String, String> entries, Written written, String indent) {
    List<String> lines = new ArrayList<>();
    entries.forEach((key, value) -> lines.add(blockEntry(key, value, written)));
    return String.join(source.lineBreak() + indent, lines);
  }

  /** A value on lines of its own brings its own layout along. */
  private static String blockEntry(String key, String value, Written written) {
    return value.startsWith("\n") || value.startsWith("\r")
        ? written.key(key).stripTrailing() + value
        : written.key(key) + value;
  }

  private Map<String, String> entries(MappingNode node, Task piece, Written written) {
    Map<String, String> entries = new LinkedHashMap<>();
    entries.put("id", written.text(piece.id().value()));
    entries.put("title", written.text(piece.title()));
    entries.put("duration", duration(piece.estimate(), written));
    for (NodeTuple entry : node.getValue()) {
      String key = SourceTree.nameOf(entry);
      boolean left = COMPLETION.contains(key) && piece.completion().equals(Completion.NONE);
      if (!OWN.contains(key) && !left) {
        entries.put(key, verbatim(entry));
      }
    }
    addOwn(entries, piece, written);
    return entries;
  }

  private String verbatim(NodeTuple entry) {
    String whole =
        source.text().substring(source.end(entry.getKeyNode()), source.end(entry.getValueNode()));
    String value = whole.substring(whole.indexOf(':') + 1);
    String stripped = value.stripLeading();
    boolean onItsOwnLines =
        !SourceTree.isFlow(entry.getValueNode())
            && value.substring(0, value.length() - stripped.length()).indexOf('\n') >= 0;
    return onItsOwnLines ? value.substring(breakOf(value)) : stripped;
  }

  private static int breakOf(String value) {
    int at = value.indexOf('\n');
    return at > 0 && value.charAt(at - 1) == '\r' ? at - 1 : at;
  }

  private static String duration(Estimate estimate, Written written) {
    if (estimate.optimistic().equals(estimate.pessimistic())) {
      return written.text(DurationText.of(estimate.likely()));
    }
    return written.mapping(
        List.of(
            "optimistic", written.text(DurationText.of(estimate.optimistic())),
            "likely", written.text(DurationText.of(estimate.likely())),
            "pessimistic", written.text(DurationText.of(estimate.pessimistic()))));
  }

  private static void addOwn(Map<String, String> entries, Task piece, Written written) {
    put(entries, "needs", piece.needs().stream().map(n -> written.text(n.toString())).toList());
    put(entries, "stubs", piece.stubs().stream().map(stub -> stub(stub, written)).toList());
    for (Map.Entry<FileMode, String> key : TaskEdit.FILE_KEYS.entrySet()) {
      List<String> paths = TaskEdit.paths(piece, key.getKey());
      put(entries, key.getValue(), paths.stream().map(written::text).toList());
    }
    put(
        entries,
        "milestones",
        piece.milestones().stream().map(m -> milestone(m, written)).toList());
    put(entries, "ranges", piece.ranges().stream().map(written::text).toList());
    Map<String, String> labels = piece.placement().labels();
    if (!labels.isEmpty()) {
      List<String> pairs = new ArrayList<>();
      labels.forEach((key, value) -> pairs.addAll(List.of(key, written.text(value))));
      entries.put("labels", written.mapping(pairs));
    }
  }

  private static void put(Map<String, String> entries, String key, List<String> items) {
    if (!items.isEmpty()) {
      entries.put(key, new Written(false).list(items));
    }
  }

  static String stub(Stub stub, Written written) {
    List<String> pairs = new ArrayList<>();
    pairs.addAll(List.of("task", written.text(stub.task().value())));
    pairs.addAll(List.of("via", written.text(stub.via())));
    String wire = stub.wire();
    if (wire != null) {
      pairs.addAll(List.of("wire", written.text(wire)));
    }
    return written.mapping(pairs);
  }

  static String milestone(Milestone milestone, Written written) {
    List<String> entries = new ArrayList<>();
    entries.addAll(List.of("id", written.text(milestone.id().value())));
    if (!milestone.title().equals(milestone.id().value())) {
      entries.addAll(List.of("title", written.text(milestone.title())));
    }
    entries.addAll(List.of("after", written.text(DurationText.of(milestone.after()))));
    return written.mapping(entries);
  }
}
