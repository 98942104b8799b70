package dev.makespan.formats.edit;

import java.util.List;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** Makes a list hold other items; those that stay are not touched. */
final class ListEdit {

  private final SourceTree source;
  private final TextEdits edits;

  ListEdit(SourceTree source, TextEdits edits) {
    this.source = source;
    this.edits = edits;
  }

  /**
   * Makes {@code list} say {@code want}.
   *
   * @param have what its items say now, in their order, written as {@code want} is
   */
  void change(SequenceNode list, List<String> have, List<String> want) {
    int same = 0;
    while (same < Math.min(have.size(), want.size()) && have.get(same).equals(want.get(same))) {
      same++;
    }
    int tail = 0;
    while (tail < Math.min(have.size(), want.size()) - same
        && have.get(have.size() - 1 - tail).equals(want.get(want.size() - 1 - tail))) {
      tail++;
    }
    int oldEnd = have.size() - tail;
    int newEnd = want.size() - tail;
    int both = Math.min(oldEnd, newEnd);
    for (int i = same; i < both; i++) {
      Node item = list.getValue().get(i);
      edits.replace(source.begin(item), source.end(item), want.get(i));
    }
    if (newEnd > both) {
      add(list, both, want.subList(both, newEnd));
    }
    if (oldEnd > both) {
      remove(list, both, oldEnd);
    }
  }

  private void add(SequenceNode list, int at, List<String> texts) {
    List<Node> items = list.getValue();
    if (SourceTree.isFlow(list)) {
      String joined = String.join(", ", texts);
      if (items.isEmpty()) {
        edits.insert(source.begin(list) + 1, joined);
      } else if (at == 0) {
        edits.insert(source.begin(items.getFirst()), joined + ", ");
      } else {
        edits.insert(source.end(items.get(at - 1)), ", " + joined);
      }
      return;
    }
    String indent = " ".repeat(source.column(list)) + "- ";
    StringBuilder lines = new StringBuilder();
    if (at == 0) {
      texts.forEach(text -> lines.append(indent).append(text).append(source.lineBreak()));
      edits.insert(source.lineBegin(source.begin(items.getFirst())), lines.toString());
    } else {
      texts.forEach(text -> lines.append(source.lineBreak()).append(indent).append(text));
      edits.insert(source.lineEnd(source.end(items.get(at - 1))), lines.toString());
    }
  }

  /** An item on a line of its own takes the comment behind it along. */
  private void remove(SequenceNode list, int from, int to) {
    List<Node> items = list.getValue();
    if (SourceTree.isFlow(list)) {
      removeInFlow(items, from, to);
      return;
    }
    int begin = source.lineBegin(source.begin(items.get(from)));
    int last = source.lineEnd(source.end(items.get(to - 1)));
    int end = Math.min(source.text().length(), last + source.lineBreak().length());
    edits.replace(begin, end, "");
    if (from == 0 && to == items.size()) {
      edits.insert(source.text().lastIndexOf(':', source.begin(list)) + 1, " []");
    }
  }

  private void removeInFlow(List<Node> items, int from, int to) {
    int begin = source.begin(items.get(from));
    int end = source.end(items.get(to - 1));
    int before = from == 0 ? begin : source.end(items.get(from - 1));
    int behind = to < items.size() ? source.begin(items.get(to)) : end;
    if (source.comments(before, behind).isEmpty()) {
      boolean last = to == items.size();
      edits.replace(last ? before : begin, last ? end : behind, "");
      return;
    }
    for (int i = from; i < to; i++) {
      edits.replace(source.begin(items.get(i)), source.end(items.get(i)), "");
      int comma = to < items.size() ? i : i - 1;
      if (comma >= 0) {
        int at = commaBehind(source.end(items.get(comma)));
        edits.replace(at, at + 1, "");
      }
    }
  }

  /** The next comma that is not in a comment. */
  private int commaBehind(int from) {
    int at = from;
    while (source.text().charAt(at) != ',') {
      at = source.text().charAt(at) == '#' ? source.lineEnd(at) : at + 1;
    }
    return at;
  }
}
