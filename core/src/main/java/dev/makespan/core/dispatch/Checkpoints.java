package dev.makespan.core.dispatch;

import dev.makespan.core.plan.TaskId;
import dev.makespan.core.task.RunId;
import dev.makespan.core.task.TaskRef;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Where the last attempt at each task was, for the next one. In memory alone: it saves work and
 * promises nothing, so a take-over may forget it, and so may a shard that is full of them.
 */
final class Checkpoints {

  /** Characters of all checkpoints together; past it the oldest are forgotten. */
  static final long MAX_CHARACTERS = 32L * 1024 * 1024;

  private record Key(RunId run, TaskId task) {}

  private final Map<Key, String> kept = new LinkedHashMap<>();
  private long characters;

  void keep(TaskRef ref, String checkpoint) {
    drop(ref);
    kept.put(keyOf(ref), checkpoint);
    characters += checkpoint.length();
    Iterator<String> oldest = kept.values().iterator();
    while (characters > MAX_CHARACTERS) {
      characters -= oldest.next().length();
      oldest.remove();
    }
  }

  /** Empty: none is known. */
  String of(TaskRef ref) {
    return kept.getOrDefault(keyOf(ref), "");
  }

  void drop(TaskRef ref) {
    String before = kept.remove(keyOf(ref));
    characters -= before == null ? 0 : before.length();
  }

  private static Key keyOf(TaskRef ref) {
    return new Key(ref.run(), ref.task());
  }
}
