package dev.makespan.gateway;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;

/** Starts a fake scheduler before the gateway and gives it to the test. */
public class FakeSchedulerResource implements QuarkusTestResourceLifecycleManager {

  private final FakeScheduler scheduler = new FakeScheduler();

  @Override
  public Map<String, String> start() {
    try {
      return Map.of(
          "makespan.gateway.scheduler.host",
          "localhost",
          "makespan.gateway.scheduler.port",
          Integer.toString(scheduler.start()),
          "makespan.gateway.hello-timeout",
          "3s",
          "makespan.gateway.welcome-timeout",
          "2s",
          "makespan.gateway.drain",
          "100ms");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void inject(TestInjector injector) {
    injector.injectIntoFields(scheduler, new TestInjector.MatchesType(FakeScheduler.class));
  }

  @Override
  public void stop() {
    scheduler.stop();
  }
}
