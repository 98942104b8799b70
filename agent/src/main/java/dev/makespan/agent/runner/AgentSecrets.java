package dev.makespan.agent.runner;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Secrets as files of a folder, as Kubernetes mounts them, and as variables of the agent that it
 * was allowed to hand on.
 */
public final class AgentSecrets implements Secrets {

  private static final Pattern FILE = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}");
  private static final int MAX_BYTES = 65_536;

  private final @Nullable Path folder;
  private final Set<String> variables;
  private final Map<String, String> environment;

  /**
   * Makes them.
   *
   * @param folder null: none
   * @param variables names of those that may be handed on
   */
  public AgentSecrets(
      @Nullable Path folder, Set<String> variables, Map<String, String> environment) {
    this.folder = folder;
    this.variables = Set.copyOf(variables);
    this.environment = Map.copyOf(environment);
  }

  @Override
  public Optional<String> find(String name) {
    Optional<String> variable =
        variables.contains(name) ? Optional.ofNullable(environment.get(name)) : Optional.empty();
    return variable.or(() -> file(name));
  }

  private Optional<String> file(String name) {
    if (folder == null || !FILE.matcher(name).matches()) {
      return Optional.empty();
    }
    try (var content = Files.newInputStream(folder.resolve(name))) {
      return Optional.of(new String(content.readNBytes(MAX_BYTES), StandardCharsets.UTF_8));
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
