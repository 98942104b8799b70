package dev.makespan.gateway;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What an operator may set. */
@ConfigMapping(prefix = "makespan.gateway")
public interface GatewayConfig {

  /** Names this gateway to the scheduler; unset: made up at each start. */
  Optional<String> id();

  Scheduler scheduler();

  /** What the planner's calls for logs and artifacts have to bear; unset: nobody gets any. */
  Optional<String> serviceSecret();

  /** A file that holds it. */
  Optional<Path> serviceSecretFile();

  /** Streams at once; more are refused. */
  @WithDefault("20000")
  int maxStreams();

  /** Messages that wait for one agent to read; a slower reader is dropped. */
  @WithDefault("2000")
  int outboxLimit();

  /** From the start of a stream until its Hello. */
  @WithDefault("10s")
  Duration helloTimeout();

  /** From Hello until the scheduler's Welcome. */
  @WithDefault("10s")
  Duration welcomeTimeout();

  /** Status intervals without any message until an agent is taken for dead. */
  @WithDefault("3")
  int silentIntervals();

  /** Messages a second that an agent may say, whatever it holds. */
  @WithDefault("500")
  int messagesPerSecond();

  /** Beside them, for each of its slots. */
  @WithDefault("1000")
  int messagesPerSlotPerSecond();

  /** So many seconds' worth of messages may come at once. */
  @WithDefault("5")
  int burstSeconds();

  /** The least age at which a stream is renewed; each has its own, up to twice this. */
  @WithDefault("30m")
  Duration renewal();

  /** An agent that was asked to move has so long to open the next stream. */
  @WithDefault("90s")
  Duration overlap();

  /** How long a result that came beside the stream waits for the scheduler's answer. */
  @WithDefault("10s")
  Duration reportTimeout();

  /** How long agents have to move to another gateway when this one stops. */
  @WithDefault("3s")
  Duration drain();

  Records records();

  /** What attempts leave behind. Sizes in bytes. */
  interface Records {

    /** Where it is kept, which several gateways may share: a folder, or s3://bucket/prefix. */
    String folder();

    S3 s3();

    /** How long a link to the store is good when nobody says otherwise. */
    @WithDefault("15m")
    Duration linkLifetime();

    /** How long it may be good at most. */
    @WithDefault("12h")
    Duration maxLinkLifetime();

    /** Streams that write logs at once; more are refused. */
    @WithDefault("20000")
    int maxLogStreams();

    /** Kept of the beginning of each log. */
    @WithDefault("33554432")
    long logHeadBytes();

    /** Kept of the end of each log; what lies between is dropped, with a note. */
    @WithDefault("33554432")
    long logTailBytes();

    /** Past it a log goes on in another file; the tail is dropped by files. */
    @WithDefault("4194304")
    long segmentBytes();

    /** Largest artifact. */
    @WithDefault("4294967296")
    long maxArtifactBytes();

    /** All artifacts of an attempt together. */
    @WithDefault("17179869184")
    long maxAttemptBytes();

    /** Artifacts of an attempt. */
    @WithDefault("2000")
    int maxArtifacts();

    /** Logs and artifacts of an attempt are forgotten so long after the last of them came. */
    @WithDefault("30d")
    Duration retention();

    /** How often it is looked for what is to be forgotten. */
    @WithDefault("1h")
    Duration sweep();
  }

  /**
   * An S3-compatible store. Who the gateway is there comes from the environment, as the store's own
   * tools take it (AWS_ACCESS_KEY_ID and so on), never from here.
   */
  interface S3 {

    /** Unset: Amazon's of the region. */
    Optional<URI> endpoint();

    /**
     * Where links lead to, for clients that reach the store by another name; unset: the endpoint.
     */
    Optional<URI> publicEndpoint();

    @WithDefault("us-east-1")
    String region();

    /** Whether the bucket stands in the path and not in the host's name. */
    @WithDefault("false")
    boolean pathStyle();
  }

  /** Where the scheduler is. */
  interface Scheduler {
    String host();

    int port();

    /** Several replicas, host:port each; one is enough, since it names the owner of a shard. */
    Optional<List<String>> addresses();
  }
}
