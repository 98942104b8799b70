package dev.makespan.agent.runner;

import dev.makespan.core.plan.Artifact;
import dev.makespan.core.plan.FilePattern;
import dev.makespan.core.session.MadeArtifact;
import dev.makespan.core.session.TaskSurroundings;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What a task must leave behind: looked for and hashed. Links count as nothing. */
final class Deliverables {

  /** More files than this are not hashed. */
  static final int MAX_HASHED = 1_000;

  private static final int MAX_NAME = 256;
  private static final int CHUNK = 65_536;

  private final List<String> problems = new ArrayList<>();
  private final Map<String, MadeArtifact> made = new LinkedHashMap<>();
  private final Map<String, Path> places = new LinkedHashMap<>();

  private Deliverables() {}

  /** Looks for all that {@code wanted} names beneath {@code root}. */
  static Deliverables of(TaskSurroundings wanted, Path root) throws IOException {
    Deliverables found = new Deliverables();
    for (Artifact artifact : wanted.artifacts()) {
      found.artifact(artifact, root);
    }
    if (!wanted.deliverables().isEmpty()) {
      found.deliverables(wanted.deliverables(), root);
    }
    return found;
  }

  /** What is missing or too large; empty: nothing. */
  List<String> problems() {
    return problems;
  }

  List<MadeArtifact> made() {
    return List.copyOf(made.values());
  }

  /** Where {@code one} of what was made stands. */
  Path placeOf(MadeArtifact one) {
    Path place = places.get(one.name());
    if (place == null) {
      throw new IllegalArgumentException("expected one that was made, was " + one.name());
    }
    return place;
  }

  private void made(String name, Path file, long bytes) throws IOException {
    made.put(name, new MadeArtifact(name, hash(file), bytes));
    places.put(name, file);
  }

  private void artifact(Artifact artifact, Path root) throws IOException {
    Path file = beneath(root, artifact.path());
    if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) || leadsOut(root, file)) {
      problems.add("artifact " + artifact.name() + " (" + artifact.path() + ") is not there");
      return;
    }
    long bytes = Files.size(file);
    if (artifact.maxBytes() > 0 && bytes > artifact.maxBytes()) {
      problems.add(
          "artifact %s: expected at most %d bytes, was %d"
              .formatted(artifact.name(), artifact.maxBytes(), bytes));
      return;
    }
    made(artifact.name(), file, bytes);
  }

  private static Path beneath(Path root, String path) {
    String problem = FilePattern.problemOf(path);
    if (!problem.isEmpty()) {
      throw new IllegalArgumentException("artifact: " + problem);
    }
    return root.resolve(path);
  }

  /** Whether a folder on the way to {@code file} is a link to elsewhere. */
  private static boolean leadsOut(Path root, Path file) throws IOException {
    return !file.toRealPath().startsWith(root.toRealPath());
  }

  private void deliverables(List<FilePattern> wanted, Path root) throws IOException {
    Set<FilePattern> absent = new LinkedHashSet<>(wanted);
    Files.walkFileTree(
        root,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
            return folder.endsWith(".git")
                ? FileVisitResult.SKIP_SUBTREE
                : FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            if (attributes.isRegularFile()) {
              file(root, file, attributes.size(), wanted, absent);
            }
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException problem) {
            return FileVisitResult.CONTINUE;
          }
        });
    absent.forEach(pattern -> problems.add(pattern.text() + " is not there"));
  }

  private void file(
      Path root, Path file, long bytes, List<FilePattern> wanted, Set<FilePattern> absent)
      throws IOException {
    String path = root.relativize(file).toString();
    if (!FilePattern.problemOf(path).isEmpty()) {
      return;
    }
    FilePattern plain = new FilePattern(path);
    List<FilePattern> matching = wanted.stream().filter(one -> one.matches(plain)).toList();
    absent.removeAll(matching);
    boolean wantedToo = !matching.isEmpty() && !made.containsKey(path);
    if (wantedToo && path.length() <= MAX_NAME && made.size() < MAX_HASHED) {
      made(path, file, bytes);
    }
  }

  /** In bounded memory, however large the file is. */
  static String hash(Path file) throws IOException {
    try (InputStream content = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      byte[] chunk = new byte[CHUNK];
      int length = content.read(chunk);
      while (length >= 0) {
        digest.update(chunk, 0, length);
        length = content.read(chunk);
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
