package dev.makespan.examples.upload;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A file to upload, and what is announced of it.
 *
 * @param sha256 that of a file beside it with the suffix {@code .sha256}, or its own
 */
record Upload(Path file, String sha256) {

  static final String ANNOUNCEMENT = ".sha256";

  /** All pictures of {@code folder}, in the order of their names. */
  static List<Upload> in(Path folder) throws IOException {
    List<Upload> uploads = new ArrayList<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.filter(Upload::isPicture).sorted().toList()) {
        uploads.add(of(file));
      }
    }
    return uploads;
  }

  private static boolean isPicture(Path file) {
    return Files.isRegularFile(file) && !file.toString().endsWith(ANNOUNCEMENT);
  }

  private static Upload of(Path file) throws IOException {
    Path announced = file.resolveSibling(file.getFileName() + ANNOUNCEMENT);
    String sha256 =
        Files.exists(announced)
            ? Files.readString(announced).strip()
            : AnnouncedPicture.hash(Files.readAllBytes(file));
    return new Upload(file.toAbsolutePath().normalize(), sha256);
  }
}
