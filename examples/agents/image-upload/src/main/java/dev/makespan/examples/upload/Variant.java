package dev.makespan.examples.upload;

import java.util.Arrays;
import java.util.Optional;

/** What is made of an uploaded picture, each by the task of its name. */
enum Variant {
  THUMBNAIL("thumbnail", 150, 0.80f),
  MEDIUM("medium", 600, 0.85f),
  ORIGINAL("original", 4_000, 0.90f);

  private final String task;
  private final int side;
  private final float quality;

  Variant(String task, int side, float quality) {
    this.task = task;
    this.side = side;
    this.quality = quality;
  }

  static Optional<Variant> find(String task) {
    return Arrays.stream(values()).filter(one -> one.task.equals(task)).findFirst();
  }

  /** The task that makes it, and the name of its artifact. */
  String task() {
    return task;
  }

  /** Of the square that it has to fit into, in pixels. */
  int side() {
    return side;
  }

  /** Of the JPEG, from 0 to 1; less when it would get too large. */
  float quality() {
    return quality;
  }

  String fileName() {
    return task + ".jpg";
  }
}
