package dev.makespan.planner.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Plans to create. */
public final class SomePlans {

  private SomePlans() {}

  /** An example of the project under a name of the test's own. */
  public static String example(String file, String name) {
    try {
      String text = Files.readString(Path.of("..", "examples", file + ".yaml"));
      return text.replace("name: " + file, "name: " + name);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** One task of an hour. */
  public static String small(String name) {
    return """
    apiVersion: makespan.dev/v1
    kind: Plan
    metadata: {name: %s, title: Small}
    spec:
      tasks:
        - {id: a, title: First, duration: 1h}
    """
        .formatted(name);
  }

  /** Three things are wrong, each on a line of its own. */
  public static String bad(String name) {
    return """
    apiVersion: makespan.dev/v1
    kind: Plan
    metadata: {name: %s, title: Bad}
    spec:
      tasks:
        - id: a
          title: First
          duration: 1 fortnight
          need: [b]
        - id: b
          title: Second
          duration: 1h
          needs: [nobody]
    """
        .formatted(name);
  }

  public static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
