package dev.makespan.formats.edit;

import dev.makespan.core.plan.FileAccess;
import dev.makespan.core.plan.FileMode;
import dev.makespan.core.plan.Task;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** Writes what differs between a task as it was and as it is to be. */
final class TaskEdit {

  /** The keys of the paths that a task touches, in the order in which they are read. */
  static final Map<FileMode, String> FILE_KEYS = fileKeys();

  private final MappingEdit mappings;
  private final ListEdit lists;
  private final Written written;
  private final MappingNode node;

  TaskEdit(SourceTree source, TextEdits edits, MappingNode node) {
    this.mappings = new MappingEdit(source, edits);
    this.lists = new ListEdit(source, edits);
    this.written = new Written(SourceTree.isJson(node));
    this.node = node;
  }

  private static Map<FileMode, String> fileKeys() {
    Map<FileMode, String> keys = new LinkedHashMap<>();
    keys.put(FileMode.READ, "reads");
    keys.put(FileMode.WRITE, "writes");
    keys.put(FileMode.APPEND, "appends");
    keys.put(FileMode.REGENERATE, "regenerates");
    return keys;
  }

  /** Paths of one mode, in the task's order. */
  static List<String> paths(Task task, FileMode mode) {
    return task.files().stream()
        .filter(access -> access.mode() == mode)
        .map(FileAccess::path)
        .map(path -> path.text())
        .toList();
  }

  void change(Task before, Task after) {
    texts("needs", strings(before.needs()), strings(after.needs()));
    FILE_KEYS.forEach((mode, key) -> texts(key, paths(before, mode), paths(after, mode)));
    texts("ranges", before.ranges(), after.ranges());
    list("stubs", before.stubs(), after.stubs(), stub -> TaskSplit.stub(stub, written));
    list(
        "milestones",
        before.milestones(),
        after.milestones(),
        m -> TaskSplit.milestone(m, written));
    labels(before, after);
  }

  private static List<String> strings(List<?> values) {
    return values.stream().map(Object::toString).toList();
  }

  private void texts(String key, List<String> before, List<String> after) {
    list(key, before, after, written::text);
  }

  /** {@code text}: an item as it is written. */
  private <T> void list(String key, List<T> before, List<T> after, Function<T, String> text) {
    if (before.equals(after)) {
      return;
    }
    List<String> texts = after.stream().map(text).toList();
    Optional<Node> list = SourceTree.find(node, key);
    if (list.isPresent() && list.get() instanceof SequenceNode items && !isOdd(items, before)) {
      List<String> have = before.stream().map(text).toList();
      lists.change(items, have, texts);
    } else {
      mappings.set(node, key, written.list(texts));
    }
  }

  /** Items that are said twice count once, and then places do not fit. */
  private static boolean isOdd(SequenceNode items, List<?> before) {
    return items.getValue().size() != before.size();
  }

  private void labels(Task before, Task after) {
    Map<String, String> had = before.placement().labels();
    Map<String, String> wanted = after.placement().labels();
    if (had.equals(wanted)) {
      return;
    }
    Optional<Node> labels = SourceTree.find(node, "labels");
    if (labels.isPresent()
        && labels.get() instanceof MappingNode mapping
        && !mapping.getValue().isEmpty()
        && wanted.keySet().containsAll(had.keySet())) {
      wanted.forEach((key, value) -> {
        if (!value.equals(had.get(key))) {
          mappings.set(mapping, key, written.text(value));
        }
      });
      return;
    }
    List<String> entries = new ArrayList<>();
    wanted.forEach((key, value) -> {
      entries.add(key);
      entries.add(written.text(value));
    });
    mappings.set(node, "labels", written.mapping(entries));
  }
}
