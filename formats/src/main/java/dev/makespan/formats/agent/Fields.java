package dev.makespan.formats.agent;

import com.google.protobuf.Duration;
import dev.makespan.core.plan.TaskId;
import dev.makespan.core.session.SessionId;
import dev.makespan.core.task.RunId;
import dev.makespan.core.task.TaskRef;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Checked fields. What is wrong is an IllegalArgumentException, which {@link Parsed#of} catches.
 */
final class Fields {

  /** No duration on the stream is longer: 100 years, far from any overflow. */
  private static final java.time.Duration MAX_DURATION = java.time.Duration.ofDays(36_500);

  private static final int NANOS_PER_SECOND = 1_000_000_000;

  private Fields() {}

  static TaskRef ref(dev.makespan.proto.agent.v1.TaskRef ref) {
    if (ref.getFence() <= 0) {
      throw wrong("fence", "a number above 0", ref.getFence());
    }
    return new TaskRef(new RunId(ref.getRunId()), new TaskId(ref.getTask()), ref.getFence());
  }

  static List<TaskRef> refs(
      String field, List<dev.makespan.proto.agent.v1.TaskRef> refs, int most) {
    atMost(field, refs.size(), most);
    List<TaskRef> read = refs.stream().map(Fields::ref).toList();
    Set<TaskRef> seen = new HashSet<>();
    for (TaskRef ref : read) {
      if (!seen.add(ref)) {
        throw wrong(field, "each attempt once", ref + " twice");
      }
    }
    return read;
  }

  static dev.makespan.proto.agent.v1.TaskRef toProto(TaskRef ref) {
    return dev.makespan.proto.agent.v1.TaskRef.newBuilder()
        .setRunId(ref.run().value())
        .setTask(ref.task().value())
        .setFence(ref.fence())
        .build();
  }

  static List<dev.makespan.proto.agent.v1.TaskRef> toProto(List<TaskRef> refs) {
    return refs.stream().map(Fields::toProto).toList();
  }

  /** PostgreSQL and terminals both choke on U+0000, so no text has it. */
  static String text(String field, String text, int most) {
    if (text.length() > most) {
      throw wrong(field, "at most " + most + " characters", text.length());
    }
    if (text.indexOf('\0') >= 0) {
      throw wrong(field, "no U+0000", "one");
    }
    return text;
  }

  /** An id that an agent has chosen; the syntax is that of session ids. */
  static String id(String field, String id) {
    try {
      return new SessionId(id).value();
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          field + ": expected 1 to 64 letters, digits, '-', '_' or '.'", e);
    }
  }

  static String name(String field, String text) {
    if (text.isEmpty()) {
      throw wrong(field, "a name", "nothing");
    }
    return text(field, text, AgentLimits.MAX_NAME);
  }

  static int between(String field, int least, int most, int number) {
    if (number < least || number > most) {
      throw wrong(field, "a number from " + least + " to " + most, number);
    }
    return number;
  }

  static void atMost(String field, int size, int most) {
    if (size > most) {
      throw wrong(field, "at most " + most + " entries", size);
    }
  }

  static double finite(String field, double number) {
    if (!Double.isFinite(number)) {
      throw wrong(field, "a finite number", number);
    }
    return number;
  }

  /** Names and texts in the order of their names: a proto map has none. */
  static Map<String, String> texts(String field, Map<String, String> entries, int longest) {
    Map<String, String> checked = new LinkedHashMap<>();
    new TreeMap<>(entries)
        .forEach(
            (key, value) -> checked.put(name(field, key), text(field + "." + key, value, longest)));
    return checked;
  }

  static java.time.Duration duration(String field, Duration duration) {
    boolean outOfRange =
        duration.getSeconds() < 0
            || duration.getSeconds() > MAX_DURATION.toSeconds()
            || duration.getNanos() < 0
            || duration.getNanos() >= NANOS_PER_SECOND;
    if (outOfRange) {
      throw wrong(
          field,
          "0 s to 36,500 days",
          duration.getSeconds() + " s and " + duration.getNanos() + " ns");
    }
    return java.time.Duration.ofSeconds(duration.getSeconds(), duration.getNanos());
  }

  static Duration toProto(java.time.Duration duration) {
    return Duration.newBuilder()
        .setSeconds(duration.getSeconds())
        .setNanos(duration.getNano())
        .build();
  }

  static IllegalArgumentException wrong(String field, String expected, Object was) {
    return new IllegalArgumentException(field + ": expected " + expected + ", was " + was);
  }
}
