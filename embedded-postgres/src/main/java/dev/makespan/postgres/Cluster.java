package dev.makespan.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * The server's directory: {@code data}, {@code password} (readable by its owner alone) and {@code
 * postgres.log}.
 */
record Cluster(Path directory) {

  /** Past this the log begins anew; the one before is kept. */
  static final long MAX_LOG_BYTES = 8L << 20;

  static final String USER = "makespan";
  private static final int PASSWORD_BYTES = 24;

  Path data() {
    return directory.resolve("data");
  }

  Path log() {
    return directory.resolve("postgres.log");
  }

  private Path passwordFile() {
    return directory.resolve("password");
  }

  String password() throws StartFailure {
    try {
      return Files.readString(passwordFile()).strip();
    } catch (IOException e) {
      throw new StartFailure("can't read the database's password: " + passwordFile(), e);
    }
  }

  /** Makes an empty cluster, unless there is one. A half-made one is made again. */
  void initialize(ServerBinaries binaries, ServerUser user)
      throws StartFailure, InterruptedException {
    try {
      if (Files.exists(data().resolve("PG_VERSION"))) {
        rotateLog();
        return;
      }
      Path fresh = directory.resolve("data.new");
      if (Files.exists(fresh)) {
        ServerBinaries.deleteTree(fresh);
      }
      writePassword();
      user.own(directory);
      initdb(binaries, user, fresh);
      Files.move(fresh, data(), StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new StartFailure("can't make a database in " + directory + ": " + e.getMessage(), e);
    }
  }

  private void initdb(ServerBinaries binaries, ServerUser user, Path into)
      throws StartFailure, InterruptedException, IOException {
    List<String> command = new ArrayList<>();
    command.add(binaries.program("initdb").toString());
    command.addAll(List.of("--pgdata", into.toString(), "--username", USER));
    command.addAll(List.of("--pwfile", passwordFile().toString(), "--auth", "scram-sha-256"));
    command.addAll(List.of("--encoding", "UTF8", "--no-locale"));
    Process process =
        new ProcessBuilder(user.command(command))
            .redirectErrorStream(true)
            .redirectOutput(log().toFile())
            .start();
    if (process.waitFor() != 0) {
      throw new StartFailure(
          "can't make a database in " + directory + ": " + lastLine() + " (see " + log() + ")");
    }
  }

  private void writePassword() throws IOException {
    byte[] secret = new byte[PASSWORD_BYTES];
    new SecureRandom().nextBytes(secret);
    Files.deleteIfExists(passwordFile());
    Files.createFile(
        passwordFile(),
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(passwordFile(), HexFormat.of().formatHex(secret));
  }

  private void rotateLog() throws IOException {
    if (Files.exists(log()) && Files.size(log()) > MAX_LOG_BYTES) {
      Files.move(log(), directory.resolve("postgres.log.1"), StandardCopyOption.REPLACE_EXISTING);
    }
  }

  /** What the server said last; why it did not start, mostly. */
  String lastLine() {
    try {
      List<String> lines = Files.readAllLines(log());
      return lines.stream()
          .filter(
              line -> line.contains("FATAL") || line.contains("PANIC") || line.contains("error"))
          .reduce((first, second) -> second)
          .or(() -> lines.stream().reduce((first, second) -> second))
          .orElse("it said nothing");
    } catch (IOException e) {
      return "its log can't be read";
    }
  }
}
