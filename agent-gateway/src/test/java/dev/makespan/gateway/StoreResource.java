package dev.makespan.gateway;

import dev.makespan.gateway.records.s3.TestStore;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Starts an S3-compatible store before the gateway, which finds its keys as the SDK does. */
public class StoreResource implements QuarkusTestResourceLifecycleManager {

  private @Nullable TestStore store;

  @Override
  public Map<String, String> start() {
    store = new TestStore();
    System.setProperty("aws.accessKeyId", TestStore.KEY_ID);
    System.setProperty("aws.secretAccessKey", TestStore.SECRET);
    return Map.of(
        "makespan.gateway.records.folder",
        "s3://" + TestStore.BUCKET + "/team",
        "makespan.gateway.records.s3.endpoint",
        store.endpoint().toString(),
        "makespan.gateway.records.s3.path-style",
        "true");
  }

  @Override
  public void stop() {
    System.clearProperty("aws.accessKeyId");
    System.clearProperty("aws.secretAccessKey");
    if (store != null) {
      store.close();
    }
  }
}
