package dev.makespan.core.plan;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a task is run.
 *
 * @param timeout from start to result; null: none
 * @param context files and texts that the agent is given
 */
public record Execution(
    Work work,
    Map<String, String> env,
    List<String> secrets,
    @Nullable Duration timeout,
    Retry retry,
    List<String> context,
    List<String> publishes) {

  /** What a plan that says nothing gets. */
  public static final Execution DEFAULT =
      new Execution(
          new Work.AgentsDefault(), Map.of(), List.of(), null, Retry.DEFAULT, List.of(), List.of());

  public Execution {
    env = Ordered.copyOf(env);
    secrets = List.copyOf(secrets);
    context = List.copyOf(context);
    publishes = List.copyOf(publishes);
  }
}
