package dev.makespan.formats.edit;

import dev.makespan.core.plan.FilePolicy;
import dev.makespan.core.plan.NumberRange;
import dev.makespan.core.plan.Plan;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** Writes what differs between a plan's declarations as they were and as they are to be. */
final class SpecEdit {

  private final SourceTree source;
  private final TextEdits edits;
  private final MappingEdit mappings;
  private final Written written;
  private final MappingNode spec;

  SpecEdit(SourceTree source, TextEdits edits, MappingNode spec) {
    this.source = source;
    this.edits = edits;
    this.mappings = new MappingEdit(source, edits);
    this.written = new Written(SourceTree.isJson(spec));
    this.spec = spec;
  }

  void change(Plan before, Plan after) {
    numbers("pools", before.pools(), after.pools());
    numbers("resources", before.resources(), after.resources());
    list("ranges", before.ranges(), after.ranges(), this::range);
    list("files", before.files(), after.files(), this::policy);
  }

  private <K> void numbers(String key, Map<K, Integer> before, Map<K, Integer> after) {
    if (before.equals(after)) {
      return;
    }
    Optional<Node> there = SourceTree.find(spec, key);
    if (there.isPresent()
        && there.get() instanceof MappingNode mapping
        && !mapping.getValue().isEmpty()) {
      after.forEach((name, number) -> {
        if (!number.equals(before.get(name))) {
          mappings.set(mapping, name.toString(), number.toString());
        }
      });
      return;
    }
    List<String> entries = new ArrayList<>();
    after.forEach((name, number) -> {
      entries.add(name.toString());
      entries.add(number.toString());
    });
    setBeforeTasks(key, written.mapping(entries));
  }

  private <T> void list(String key, List<T> before, List<T> after, Function<T, String> text) {
    if (before.equals(after)) {
      return;
    }
    List<String> texts = after.stream().map(text).toList();
    Optional<Node> there = SourceTree.find(spec, key);
    if (there.isPresent()
        && there.get() instanceof SequenceNode items
        && items.getValue().size() == before.size()) {
      new ListEdit(source, edits).change(items, before.stream().map(text).toList(), texts);
    } else {
      setBeforeTasks(key, written.list(texts));
    }
  }

  /** Where authors put declarations; in the middle of tasks nobody would find them. */
  private void setBeforeTasks(String key, String value) {
    Optional<NodeTuple> tasks = SourceTree.findEntry(spec, "tasks");
    if (SourceTree.find(spec, key).isPresent() || tasks.isEmpty()) {
      mappings.set(spec, key, value);
      return;
    }
    int at = source.begin(tasks.get().getKeyNode());
    String text = written.key(key) + value;
    if (SourceTree.isFlow(spec)) {
      edits.insert(at, text + ", ");
    } else {
      int column = source.column(tasks.get().getKeyNode());
      edits.insert(at, text + source.lineBreak() + " ".repeat(column));
    }
  }

  private String range(NumberRange range) {
    return written.mapping(
        List.of(
            "name", written.text(range.name()),
            "first", Long.toString(range.first()),
            "stride", Long.toString(range.stride()),
            "size", Long.toString(range.size())));
  }

  private String policy(FilePolicy policy) {
    List<String> entries = new ArrayList<>();
    entries.addAll(List.of("path", written.text(policy.path().text())));
    entries.addAll(List.of("policy", written.text(policy.kind().name().toLowerCase(Locale.ROOT))));
    if (policy.owner() != null) {
      entries.addAll(List.of("owner", written.text(policy.owner().value())));
    }
    return written.mapping(entries);
  }
}
