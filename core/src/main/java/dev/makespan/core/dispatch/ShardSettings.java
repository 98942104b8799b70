package dev.makespan.core.dispatch;

import java.time.Duration;

/**
 * The clocks of a shard, all in real time.
 *
 * @param lease how long an attempt is an agent's without a status report
 * @param delivery how long an assignment may stay unanswered
 * @param statusInterval how often agents are to report
 * @param cancelGrace between TERM and KILL of a cancelled command
 * @param rest how long an agent that returned a task is not asked for it again
 * @param infraLimit lost attempts of a task before it fails
 */
public record ShardSettings(
    Duration lease,
    Duration delivery,
    Duration statusInterval,
    Duration cancelGrace,
    Duration rest,
    int infraLimit) {

  public static final ShardSettings DEFAULT =
      new ShardSettings(
          Duration.ofSeconds(30),
          Duration.ofSeconds(5),
          Duration.ofSeconds(5),
          Duration.ofSeconds(10),
          Duration.ofSeconds(30),
          10);
}
