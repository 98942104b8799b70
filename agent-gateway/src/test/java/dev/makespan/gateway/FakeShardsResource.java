package dev.makespan.gateway;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;

/** Starts two fake replicas before the gateway and gives them to the test. */
public class FakeShardsResource implements QuarkusTestResourceLifecycleManager {

  private final FakeShards shards = new FakeShards();

  @Override
  public Map<String, String> start() {
    try {
      return Map.of(
          "makespan.gateway.scheduler.host",
          "localhost",
          "makespan.gateway.scheduler.port",
          Integer.toString(shards.start()),
          "makespan.gateway.drain",
          "100ms");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void inject(TestInjector injector) {
    injector.injectIntoFields(shards, new TestInjector.MatchesType(FakeShards.class));
  }

  @Override
  public void stop() {
    shards.stop();
  }
}
