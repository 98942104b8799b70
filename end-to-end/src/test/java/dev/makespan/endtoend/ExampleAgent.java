package dev.makespan.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The agents of {@code examples/agents}, made ready in a folder of their own as their README says.
 */
enum ExampleAgent {
  PYTHON("python", "--") {
    @Override
    void prepare(Path folder) throws Exception {
      fetch(folder, "python3", "-m", "venv", ".venv");
      fetch(folder, ".venv/bin/pip", "install", "--quiet", "-r", "requirements.txt");
      Files.createDirectories(folder.resolve("generated"));
      make(
          folder,
          ".venv/bin/python",
          "-m",
          "grpc_tools.protoc",
          "-I",
          "../../../proto/src/main/proto",
          "--python_out=generated",
          "--grpc_python_out=generated",
          "makespan/agent/v1/agent.proto",
          "makespan/agent/v1/agent_service.proto");
    }

    @Override
    List<String> program() {
      return List.of(".venv/bin/python", "agent.py");
    }
  },

  GO("go", "-") {
    @Override
    void prepare(Path folder) throws Exception {
      fetch(folder, "npx", "--yes", BUF, "--version");
      fetch(folder, "go", "mod", "download");
      make(folder, "npx", "--yes", BUF, "generate", "../../../proto");
      make(folder, "go", "vet", ".");
      make(folder, "go", "build", "-o", "agent", ".");
    }

    @Override
    List<String> program() {
      return List.of("./agent");
    }
  },

  NODE("node", "--") {
    @Override
    void prepare(Path folder) throws Exception {
      fetch(folder, "npm", "ci", "--no-audit", "--no-fund");
      make(folder, "node", "--check", "agent.js");
    }

    @Override
    List<String> program() {
      return List.of("node", "agent.js");
    }
  };

  private static final String BUF = "@bufbuild/buf@1.75.0";
  private static final List<String> LEFT_OUT =
      List.of(".venv", "generated", "node_modules", "__pycache__", "target");

  private final String language;
  private final String dashes;

  ExampleAgent(String language, String dashes) {
    this.language = language;
    this.dashes = dashes;
  }

  /** Its only role, and a part of its name. */
  String role() {
    return language;
  }

  abstract void prepare(Path folder) throws Exception;

  abstract List<String> program();

  /** Copies the example and the proto files beneath {@code root}, and does what its README says. */
  Path prepareIn(Path root) throws Exception {
    copy(Command.PROJECT.resolve("proto"), root.resolve("proto"));
    String folder = "examples/agents/" + language;
    copy(Command.PROJECT.resolve(folder), root.resolve(folder));
    prepare(root.resolve(folder));
    return root.resolve(folder);
  }

  Command start(Path folder, int gatewayPort, String id) {
    List<String> command = new ArrayList<>(program());
    command.addAll(List.of(dashes + "gateway", "localhost:" + gatewayPort));
    command.addAll(List.of(dashes + "role", role(), dashes + "id", id));
    return Command.start(folder, Map.of(), command);
  }

  private static void copy(Path from, Path to) throws IOException {
    if (Files.exists(to)) {
      return;
    }
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.filter(one -> isSource(from.relativize(one))).toList()) {
        Path copied = to.resolve(from.relativize(file).toString());
        Files.createDirectories(copied.getParent());
        Files.copy(file, copied);
      }
    }
  }

  private static boolean isSource(Path file) {
    for (Path part : file) {
      if (LEFT_OUT.contains(part.toString())) {
        return false;
      }
    }
    return true;
  }

  /** What needs a toolchain or a registry, of which a machine may have none: then it is skipped. */
  private static void fetch(Path folder, String... command) throws InterruptedException {
    String output;
    try (Command fetching = Command.start(folder, Map.of(), List.of(command))) {
      if (fetching.await() == 0) {
        return;
      }
      output = fetching.text();
    } catch (UncheckedIOException e) {
      output = String.valueOf(e.getMessage());
    }
    abort("not tried here, since '" + String.join(" ", command) + "' can't be done: " + output);
  }

  private static void make(Path folder, String... command) throws InterruptedException {
    try (Command making = Command.start(folder, Map.of(), List.of(command))) {
      assertThat(making.await()).as(making.text()).isZero();
    }
  }
}
