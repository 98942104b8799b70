package dev.makespan.scheduler;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;
import org.eclipse.microprofile.health.Readiness;

/**
 * Ready means: owns shards, or stands by with a database that answers. A process that stands by
 * refuses every call with UNAVAILABLE; it is ready all the same, since a rolling upgrade waits for
 * the new process to be ready before it stops the old one, which still owns them.
 */
@Singleton
public final class Health {

  private final ShardOwner owner;

  Health(ShardOwner owner) {
    this.owner = owner;
  }

  @Produces
  @Singleton
  @Readiness
  HealthCheck ready() {
    return () ->
        switch (owner.standing()) {
          case Standing.Owning owning ->
              named("shard")
                  .withData("standing", "owning")
                  .withData("shards", owning.shards().toString())
                  .up()
                  .build();
          case Standing.StandingBy _ -> named("shard").withData("standing", "by").up().build();
          case Standing.WithoutJournal without ->
              named("shard").withData("database", without.why()).down().build();
          case Standing.Starting _ ->
              named("shard").withData("standing", "starting").down().build();
          case Standing.Stopped _ -> named("shard").withData("standing", "stopped").down().build();
        };
  }

  @Produces
  @Singleton
  @Liveness
  HealthCheck live() {
    return () -> named("shard thread").status(owner.isAlive()).build();
  }

  private static org.eclipse.microprofile.health.HealthCheckResponseBuilder named(String name) {
    return HealthCheckResponse.named(name);
  }
}
