package dev.makespan.formats.edit;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Replacements in a text, by places in the text as it was; those at one place keep their order. */
final class TextEdits {

  private record Edit(int begin, int end, String text) {}

  private final List<Edit> edits = new ArrayList<>();

  void insert(int at, String text) {
    edits.add(new Edit(at, at, text));
  }

  void replace(int begin, int end, String text) {
    edits.add(new Edit(begin, end, text));
  }

  boolean isEmpty() {
    return edits.isEmpty();
  }

  /** What is inside a replaced part is gone with it. */
  String applyTo(String text) {
    edits.sort(Comparator.comparingInt(Edit::begin));
    StringBuilder result = new StringBuilder();
    int done = 0;
    for (Edit edit : edits) {
      if (edit.begin() >= done) {
        result.append(text, done, edit.begin()).append(edit.text());
        done = edit.end();
      }
    }
    return result.append(text, done, text.length()).toString();
  }
}
