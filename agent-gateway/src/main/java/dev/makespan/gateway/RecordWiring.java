package dev.makespan.gateway;

import dev.makespan.gateway.records.ArtifactIntake;
import dev.makespan.gateway.records.ArtifactLimits;
import dev.makespan.gateway.records.ArtifactStore;
import dev.makespan.gateway.records.FileArtifacts;
import dev.makespan.gateway.records.FileSegments;
import dev.makespan.gateway.records.Holdings;
import dev.makespan.gateway.records.LinkLifetimes;
import dev.makespan.gateway.records.LinkedArtifacts;
import dev.makespan.gateway.records.LogInflows;
import dev.makespan.gateway.records.LogLimits;
import dev.makespan.gateway.records.LogReader;
import dev.makespan.gateway.records.RecordFolders;
import dev.makespan.gateway.records.RecordStores;
import dev.makespan.gateway.records.RecordSweep;
import dev.makespan.gateway.records.SegmentStore;
import dev.makespan.gateway.records.Sweep;
import dev.makespan.gateway.records.s3.S3Records;
import dev.makespan.gateway.records.s3.S3Settings;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.UUID;
import java.util.concurrent.Executors;
import org.jboss.logging.Logger;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;

/** Puts together what keeps the records of attempts. */
@Singleton
public class RecordWiring {

  private static final Logger LOG = Logger.getLogger(RecordWiring.class);

  /** A disk does not get faster with more. */
  private static final int DISK_WRITERS = 4;

  /** A store behind a network is waited for most of the time. */
  private static final int STORE_WRITERS = 32;

  @Produces
  @Singleton
  RecordThreads threads(GatewayConfig config) {
    int writers = S3Settings.isMeant(config.records().folder()) ? STORE_WRITERS : DISK_WRITERS;
    return new RecordThreads(
        Executors.newFixedThreadPool(
            writers, Thread.ofPlatform().daemon().name("record-writer-", 0).factory()),
        Executors.newVirtualThreadPerTaskExecutor());
  }

  @Produces
  @Singleton
  Holdings holdings(InstantSource time) {
    return new Holdings(time);
  }

  @Produces
  @Singleton
  RecordStores stores(GatewayConfig config, RecordThreads threads) {
    return S3Settings.isMeant(config.records().folder())
        ? inStore(config.records(), threads)
        : inFolder(config.records());
  }

  private static RecordStores inFolder(GatewayConfig.Records config) {
    Path folder = Path.of(config.folder());
    try {
      RecordFolders folders = RecordFolders.open(folder);
      return new RecordStores(
          new FileSegments(folders, config.segmentBytes(), RecordWiring::uniqueName),
          new FileArtifacts(folders),
          new RecordSweep(folders, config.retention()));
    } catch (IOException e) {
      throw new UncheckedIOException(
          "makespan.gateway.records.folder: expected a folder that can be written, was " + folder,
          e);
    }
  }

  /** A store that is away at the start may come back, so that it is no reason not to start. */
  private static RecordStores inStore(GatewayConfig.Records config, RecordThreads threads) {
    S3Settings settings = settings(config);
    S3Records store =
        S3Records.of(
            settings, DefaultCredentialsProvider.builder().build(), RecordWiring::uniqueName);
    threads
        .readers()
        .execute(() -> {
          try {
            store.check();
            LOG.infof("logs and artifacts are kept in bucket %s", settings.bucket());
          } catch (IOException e) {
            LOG.errorf("logs and artifacts can't be kept: %s", e.getMessage());
          }
        });
    return new RecordStores(store.segments(), store.artifacts(), store.sweep(config.retention()));
  }

  private static S3Settings settings(GatewayConfig.Records config) {
    try {
      return S3Settings.of(
          config.folder(),
          config.s3().endpoint(),
          config.s3().publicEndpoint(),
          config.s3().region(),
          config.s3().pathStyle());
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("makespan.gateway.records.folder: " + e.getMessage(), e);
    }
  }

  private static String uniqueName() {
    return UUID.randomUUID().toString().replace("-", "");
  }

  @Produces
  @Singleton
  SegmentStore segments(RecordStores stores) {
    return stores.segments();
  }

  @Produces
  @Singleton
  ArtifactStore artifacts(RecordStores stores) {
    return stores.artifacts();
  }

  @Produces
  @Singleton
  Sweep sweep(RecordStores stores) {
    return stores.sweep();
  }

  @Produces
  @Singleton
  LinkLifetimes linkLifetimes(GatewayConfig config) {
    return new LinkLifetimes(config.records().linkLifetime(), config.records().maxLinkLifetime());
  }

  @Produces
  @Singleton
  ArtifactIntake artifactIntake(ArtifactStore artifacts, Holdings holdings, GatewayConfig config) {
    GatewayConfig.Records records = config.records();
    return new ArtifactIntake(
        artifacts,
        holdings,
        new ArtifactLimits(
            records.maxArtifactBytes(), records.maxAttemptBytes(), records.maxArtifacts()));
  }

  @Produces
  @Singleton
  LinkedArtifacts linkedArtifacts(ArtifactIntake intake, InstantSource time) {
    return new LinkedArtifacts(intake, time);
  }

  @Produces
  @Singleton
  LogReader logReader(SegmentStore segments) {
    return new LogReader(segments);
  }

  @Produces
  @Singleton
  LogInflows logInflows(
      SegmentStore segments,
      Holdings holdings,
      RecordThreads threads,
      GatewayConfig config,
      InstantSource time) {
    return new LogInflows(
        segments,
        holdings,
        new LogLimits(config.records().logHeadBytes(), config.records().logTailBytes()),
        threads.writers(),
        time,
        config.records().maxLogStreams());
  }
}
