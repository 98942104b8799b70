package dev.makespan.core.session;

/**
 * How much an agent may say. Past it the stream is closed, that one alone.
 *
 * @param messagesPerSecond whatever it holds
 * @param messagesPerSlotPerSecond for each of its slots beside them: an assignment takes about four
 * @param burstSeconds so many seconds' worth at once, such as when it was not read for a while
 */
public record SessionLimits(int messagesPerSecond, int messagesPerSlotPerSecond, int burstSeconds) {

  public static final SessionLimits DEFAULT = new SessionLimits(500, 1_000, 5);

  double perSecond(int slots) {
    return messagesPerSecond + (double) messagesPerSlotPerSecond * slots;
  }
}
