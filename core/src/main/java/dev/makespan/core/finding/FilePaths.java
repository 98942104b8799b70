package dev.makespan.core.finding;

import dev.makespan.core.plan.FilePattern;
import dev.makespan.core.plan.TaskId;
import java.util.List;
import java.util.Locale;

/** Where files are moved to when tasks stop sharing one. */
final class FilePaths {

  /** Names of files that grow by additions more often than not. */
  private static final List<String> LISTS =
      List.of(
          "cargo.toml",
          "package.json",
          "requirements.txt",
          "go.mod",
          "mod.rs",
          "lib.rs",
          "index.ts",
          "index.js",
          "__init__.py",
          "changelog.md",
          ".gitignore",
          ".env.template",
          "routes.rs");

  private FilePaths() {}

  /** {@code src/posts.rs} → {@code src/posts/upload.rs} */
  static FilePattern pieceOf(FilePattern path, TaskId task) {
    return new FilePattern(folderOf(path) + "/" + task.value() + extensionOf(path));
  }

  /** {@code src/posts.rs} → {@code src/posts/**} */
  static FilePattern piecesOf(FilePattern path) {
    return new FilePattern(folderOf(path) + "/**");
  }

  /** {@code src/posts.rs} → {@code src/posts} */
  static String folderOf(FilePattern path) {
    String extension = extensionOf(path);
    String text = path.text();
    return extension.isEmpty()
        ? text + ".d"
        : text.substring(0, text.length() - extension.length());
  }

  /** {@code src/main.rs} → {@code src/main.rs.proposals/upload} */
  static FilePattern proposalOf(FilePattern path, TaskId task) {
    return new FilePattern(path.text() + ".proposals/" + task.value());
  }

  static boolean looksLikeAList(FilePattern path) {
    return LISTS.contains(nameOf(path).toLowerCase(Locale.ROOT));
  }

  private static String nameOf(FilePattern path) {
    return path.text().substring(path.text().lastIndexOf('/') + 1);
  }

  /** With its dot; empty when the name has none or begins with it. */
  private static String extensionOf(FilePattern path) {
    String name = nameOf(path);
    int dot = name.lastIndexOf('.');
    return dot <= 0 ? "" : name.substring(dot);
  }
}
