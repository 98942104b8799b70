package dev.makespan.gateway;

import dev.makespan.gateway.records.ArtifactLimits;
import dev.makespan.gateway.records.ArtifactStore;
import dev.makespan.gateway.records.FileArtifacts;
import dev.makespan.gateway.records.FileSegments;
import dev.makespan.gateway.records.Holdings;
import dev.makespan.gateway.records.LogInflows;
import dev.makespan.gateway.records.LogLimits;
import dev.makespan.gateway.records.LogReader;
import dev.makespan.gateway.records.RecordFolders;
import dev.makespan.gateway.records.RecordSweep;
import dev.makespan.gateway.records.SegmentStore;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.UUID;
import java.util.concurrent.Executors;

/** Puts together what keeps the records of attempts. */
@Singleton
public class RecordWiring {

  /** A disk does not get faster with more. */
  private static final int WRITERS = 4;

  @Produces
  @Singleton
  RecordThreads threads() {
    return new RecordThreads(
        Executors.newFixedThreadPool(
            WRITERS, Thread.ofPlatform().daemon().name("record-writer-", 0).factory()),
        Executors.newVirtualThreadPerTaskExecutor());
  }

  @Produces
  @Singleton
  Holdings holdings(InstantSource time) {
    return new Holdings(time);
  }

  @Produces
  @Singleton
  RecordFolders folders(GatewayConfig config) {
    Path folder = Path.of(config.records().folder());
    try {
      return RecordFolders.open(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(
          "makespan.gateway.records.folder: expected a folder that can be written, was " + folder,
          e);
    }
  }

  @Produces
  @Singleton
  SegmentStore segments(RecordFolders folders, GatewayConfig config) {
    return new FileSegments(
        folders,
        config.records().segmentBytes(),
        () -> UUID.randomUUID().toString().replace("-", ""));
  }

  @Produces
  @Singleton
  ArtifactStore artifacts(RecordFolders folders) {
    return new FileArtifacts(folders);
  }

  @Produces
  @Singleton
  RecordSweep sweep(RecordFolders folders, GatewayConfig config) {
    return new RecordSweep(folders, config.records().retention());
  }

  @Produces
  @Singleton
  ArtifactLimits artifactLimits(GatewayConfig config) {
    GatewayConfig.Records records = config.records();
    return new ArtifactLimits(
        records.maxArtifactBytes(), records.maxAttemptBytes(), records.maxArtifacts());
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
