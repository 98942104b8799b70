package dev.makespan.agent.runner;

import dev.makespan.core.plan.FileAccess;
import dev.makespan.core.plan.FileMode;
import dev.makespan.core.plan.FilePattern;
import java.util.List;

/** Which paths an attempt may change, as its task declares. */
final class DeclaredFiles {

  private final List<FilePattern> changeable;

  DeclaredFiles(List<FileAccess> files) {
    this.changeable =
        files.stream().filter(file -> file.mode() != FileMode.READ).map(FileAccess::path).toList();
  }

  boolean covers(String path) {
    if (!FilePattern.problemOf(path).isEmpty()) {
      return false;
    }
    FilePattern plain = new FilePattern(path);
    return changeable.stream().anyMatch(pattern -> pattern.matches(plain));
  }

  /** Those that nobody has declared, in the order given. */
  List<String> undeclared(List<String> paths) {
    return paths.stream().filter(path -> !covers(path)).toList();
  }
}
