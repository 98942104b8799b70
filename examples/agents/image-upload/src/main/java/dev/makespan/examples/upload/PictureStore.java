package dev.makespan.examples.upload;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * Where variants are published: a folder here, an object store elsewhere. Everything is put under
 * an address that follows from what was uploaded, so that two attempts leave one file.
 */
record PictureStore(Path root) {

  /** The address under which {@code bytes} are found from now on, whole or not at all. */
  String put(String address, byte[] bytes) throws IOException {
    Path file = root.resolve(address);
    Path folder = Files.createDirectories(file.resolveSibling(""));
    Path fresh = Files.createTempFile(folder, ".", ".new");
    try {
      Files.write(fresh, bytes);
      Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(fresh);
    }
    return address;
  }

  boolean has(String address) {
    return Files.isRegularFile(root.resolve(address));
  }
}
