package dev.makespan.agent.runner;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;

/**
 * How an agent runs commands.
 *
 * @param folder where caches and attempts are kept
 * @param relativeTo what a repository's relative path counts from
 * @param environment of the agent
 * @param allowed names of variables that commands get from it
 * @param patience how long finished work waits until the files it wrote undeclared are granted
 */
public record RunnerSettings(
    Path folder,
    Path relativeTo,
    Map<String, String> environment,
    Set<String> allowed,
    Secrets secrets,
    Duration patience) {

  public RunnerSettings {
    environment = Map.copyOf(environment);
    allowed = Set.copyOf(allowed);
  }
}
