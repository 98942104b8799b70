package dev.makespan.postgres;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/** The server's programs, unpacked once per machine and user into a cache. */
record ServerBinaries(Path home) {

  private static final int DIGEST_CHARACTERS = 16;
  private static final int OWNER_EXECUTES = 0100;

  Path program(String name) {
    return home.resolve("bin").resolve(name);
  }

  /** Unpacks this platform's archive beneath {@code cache}, unless it is there. */
  static ServerBinaries unpackedIn(Path cache) throws StartFailure {
    byte[] archive = archive();
    Path home = cache.resolve("postgres-" + digest(archive));
    if (Files.isDirectory(home)) {
      return new ServerBinaries(home);
    }
    try {
      Files.createDirectories(cache);
      Path fresh = Files.createTempDirectory(cache, "unpacking-");
      unpack(archive, fresh);
      publish(fresh, home);
      return new ServerBinaries(home);
    } catch (IOException e) {
      throw new StartFailure("can't unpack PostgreSQL into " + cache + ": " + e.getMessage(), e);
    }
  }

  /** Renames, so that a reader sees all or nothing; another process may have been faster. */
  private static void publish(Path fresh, Path home) throws IOException {
    try {
      Files.move(fresh, home, StandardCopyOption.ATOMIC_MOVE);
    } catch (FileAlreadyExistsException | DirectoryNotEmptyException e) {
      deleteTree(fresh);
    } catch (IOException e) {
      if (!Files.isDirectory(home)) {
        throw e;
      }
      deleteTree(fresh);
    }
  }

  private static void unpack(byte[] archive, Path into) throws IOException {
    try (TarArchiveInputStream tar =
        new TarArchiveInputStream(
            new BufferedInputStream(new XZInputStream(new ByteArrayInputStream(archive))))) {
      for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        Path target = into.resolve(entry.getName()).normalize();
        if (!target.startsWith(into)) {
          throw new IOException("the archive climbs out: " + entry.getName());
        }
        write(tar, entry, target);
      }
    }
  }

  private static void write(TarArchiveInputStream tar, TarArchiveEntry entry, Path target)
      throws IOException {
    if (entry.isDirectory()) {
      Files.createDirectories(target);
    } else if (entry.isSymbolicLink()) {
      Files.createDirectories(target.resolveSibling("."));
      Files.createSymbolicLink(target, Path.of(entry.getLinkName()));
    } else {
      Files.createDirectories(target.resolveSibling("."));
      Files.copy(tar, target);
      if ((entry.getMode() & OWNER_EXECUTES) != 0) {
        Set<PosixFilePermission> mode = Files.getPosixFilePermissions(target);
        mode.addAll(
            Set.of(
                PosixFilePermission.OWNER_EXECUTE,
                PosixFilePermission.GROUP_EXECUTE,
                PosixFilePermission.OTHERS_EXECUTE));
        Files.setPosixFilePermissions(target, mode);
      }
    }
  }

  static void deleteTree(Path root) throws IOException {
    List<Path> paths;
    try (Stream<Path> walk = Files.walk(root)) {
      paths = walk.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path path : paths) {
      Files.deleteIfExists(path);
    }
  }

  private static byte[] archive() throws StartFailure {
    String name = archiveName();
    try (InputStream in = ServerBinaries.class.getResourceAsStream("/" + name)) {
      if (in == null) {
        throw new StartFailure(
            "there is no embedded PostgreSQL for this platform ("
                + System.getProperty("os.name")
                + ", "
                + System.getProperty("os.arch")
                + "); start one yourself and set DATABASE_URL");
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new StartFailure("can't read " + name + ": " + e.getMessage(), e);
    }
  }

  private static String archiveName() {
    String system = System.getProperty("os.name").toLowerCase(Locale.ROOT);
    String machine = System.getProperty("os.arch").toLowerCase(Locale.ROOT);
    return "postgres-"
        + (system.startsWith("mac") ? "darwin" : system)
        + "-"
        + (machine.equals("aarch64") || machine.equals("arm64") ? "arm_64" : "x86_64")
        + ".txz";
  }

  private static String digest(byte[] archive) {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(archive);
      return HexFormat.of().formatHex(hash).substring(0, DIGEST_CHARACTERS);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
