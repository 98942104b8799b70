package dev.makespan.formats.edit;

import java.util.List;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;

/** Sets keys of a mapping in the layout that it has. */
final class MappingEdit {

  private final SourceTree source;
  private final TextEdits edits;

  MappingEdit(SourceTree source, TextEdits edits) {
    this.source = source;
    this.edits = edits;
  }

  /** {@code value}: written already, on one line. */
  void set(MappingNode mapping, String key, String value) {
    SourceTree.findEntry(mapping, key)
        .ifPresentOrElse(entry -> replace(entry, value), () -> add(mapping, key, value));
  }

  private void replace(NodeTuple entry, String value) {
    Node old = entry.getValueNode();
    int begin = source.begin(old);
    boolean joined = begin > 0 && source.text().charAt(begin - 1) == ':';
    edits.replace(begin, source.end(old), joined ? " " + value : value);
  }

  private void add(MappingNode mapping, String key, String value) {
    String text = new Written(SourceTree.isJson(mapping)).key(key) + value;
    List<NodeTuple> entries = mapping.getValue();
    if (SourceTree.isFlow(mapping)) {
      addInFlow(mapping, text);
      return;
    }
    int column = source.column(entries.getFirst().getKeyNode());
    NodeTuple after = lastOnOneLine(entries);
    int end = source.lineEnd(source.end(after.getValueNode()));
    edits.insert(end, source.lineBreak() + " ".repeat(column) + text);
  }

  private void addInFlow(MappingNode mapping, String text) {
    List<NodeTuple> entries = mapping.getValue();
    if (entries.isEmpty()) {
      edits.insert(source.begin(mapping) + 1, text);
      return;
    }
    NodeTuple last = entries.getLast();
    int begin = source.begin(last.getKeyNode());
    String before = source.text().substring(source.lineBegin(begin), begin);
    String separator =
        before.isBlank() && entries.size() > 1 ? "," + source.lineBreak() + before : ", ";
    edits.insert(source.end(last.getValueNode()), separator + text);
  }

  /** Behind an entry of one line there is never a part of a longer value. */
  private NodeTuple lastOnOneLine(List<NodeTuple> entries) {
    for (NodeTuple entry : entries.reversed()) {
      int begin = source.begin(entry.getKeyNode());
      int end = source.end(entry.getValueNode());
      if (source.text().indexOf('\n', begin) < 0 || source.text().indexOf('\n', begin) >= end) {
        return entry;
      }
    }
    return entries.getLast();
  }
}
