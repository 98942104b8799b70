package dev.makespan.agent.workspace;

import dev.makespan.core.plan.GitNames;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * A plan's repository, as this agent reaches it.
 *
 * @param address what git is told
 * @param shown for people: without who asks
 */
record Repository(String address, String shown) {

  private static final int KEY_DIGITS = 24;

  /**
   * What {@code said} means here.
   *
   * @param folder what a relative path counts from
   */
  static Repository of(String said, Path folder) throws AttemptProblem {
    String problem = GitNames.problemOfRepository(said);
    if (!problem.isEmpty()) {
      throw AttemptProblem.forGood("workspace.repository: " + problem);
    }
    if (said.contains("://") || isHostAndPath(said)) {
      return new Repository(said, GitNames.shown(said));
    }
    Path path = path(said, folder);
    if (!Files.isDirectory(path)) {
      throw AttemptProblem.forGood(
          "the repository " + GitNames.shown(path.toString()) + " is not there on this machine");
    }
    return new Repository(path.toString(), GitNames.shown(path.toString()));
  }

  private static Path path(String said, Path folder) throws AttemptProblem {
    try {
      return folder.resolve(said).toAbsolutePath().normalize();
    } catch (InvalidPathException e) {
      throw AttemptProblem.forGood("workspace.repository: expected a path or a URL");
    }
  }

  /** As {@code git@host:path}, of which a colon before any slash is the sign. */
  private static boolean isHostAndPath(String said) {
    int colon = said.indexOf(':');
    int slash = said.indexOf('/');
    return colon > 0 && (slash < 0 || colon < slash);
  }

  /** A name for its cache: the same for the same address, and no part of a path. */
  String key() {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(address.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash).substring(0, KEY_DIGITS);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
