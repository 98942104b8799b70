package dev.makespan.examples.upload;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.IntStream;

/**
 * Pictures in a folder, made for a trial.
 *
 * @param count in all
 * @param broken so many of them lack their second half
 * @param misannounced so many others are announced with the hash of something else
 * @param side of the largest, in pixels
 * @param seed the same seed makes the same pictures
 */
record Pictures(int count, int broken, int misannounced, int side, long seed) {

  Pictures {
    if (count < 1 || broken < 0 || misannounced < 0 || broken + misannounced > count) {
      throw new IllegalArgumentException(
          "expected 1 picture or more, and not more wrong ones than pictures, was %d, %d and %d"
              .formatted(count, broken, misannounced));
    }
    if (side < 2) {
      throw new IllegalArgumentException("side: expected 2 pixels or more, was " + side);
    }
  }

  /** Writes them into {@code folder}, beside what is there. */
  void write(Path folder) throws IOException {
    Files.createDirectories(folder);
    try {
      IntStream.range(0, count).parallel().forEach(n -> write(folder, n));
    } catch (UncheckedIOException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  private void write(Path folder, int n) {
    boolean isBroken = n < broken;
    boolean isMisannounced = !isBroken && n < broken + misannounced;
    long own = seed * 1_000_003 + n;
    byte[] bytes =
        isBroken ? PictureGenerator.broken(own, side) : PictureGenerator.picture(own, side);
    String kind = isBroken ? "broken" : isMisannounced ? "misannounced" : "picture";
    Path file = folder.resolve("%s-%05d.img".formatted(kind, n));
    try {
      Files.write(file, bytes);
      if (isMisannounced) {
        String other = AnnouncedPicture.hash("something else".getBytes(StandardCharsets.UTF_8));
        Files.writeString(file.resolveSibling(file.getFileName() + Upload.ANNOUNCEMENT), other);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(file + " cannot be written: " + e.getMessage(), e);
    }
  }
}
