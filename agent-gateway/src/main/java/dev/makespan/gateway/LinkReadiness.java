package dev.makespan.gateway;

import dev.makespan.gateway.grpc.SchedulerLinks;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/**
 * A gateway without its scheduler can't welcome anybody, so it gets no new agents; the streams that
 * it has stay, and liveness does not depend on it.
 */
@Readiness
public class LinkReadiness implements HealthCheck {

  private final SchedulerLinks link;

  public LinkReadiness(SchedulerLinks link) {
    this.link = link;
  }

  @Override
  public HealthCheckResponse call() {
    return HealthCheckResponse.named("link to the scheduler")
        .status(link.isLinked())
        .withData("address", link.schedulerAddress())
        .build();
  }
}
