package dev.makespan.core.run;

import dev.makespan.core.plan.Budget;
import dev.makespan.core.plan.BudgetKind;
import dev.makespan.core.task.Traces.Usage;
import org.jspecify.annotations.Nullable;

/**
 * What one run, or one task, has used. Times are real microseconds since the run was made; what
 * runs now counts up to the moment that is asked for.
 */
final class Account {

  private static final double MICROS_OF_HOUR = 3.6e9;

  private final double speed;
  private long tokens;
  private double cost;
  private long endedMicros;
  private int live;
  private long liveSince;

  /** Nothing used. {@code speed}: plan time per real time. */
  Account(double speed) {
    this.speed = speed;
  }

  Account copy() {
    Account copy = new Account(speed);
    copy.tokens = tokens;
    copy.cost = cost;
    copy.endedMicros = endedMicros;
    copy.live = live;
    copy.liveSince = liveSince;
    return copy;
  }

  void use(Usage before, Usage now) {
    long sum = tokens + (now.tokens() - before.tokens());
    tokens = sum < 0 ? Long.MAX_VALUE : sum;
    cost += now.cost() - before.cost();
  }

  void begin(long at) {
    live++;
    liveSince += at;
  }

  /** An attempt that began at {@code since} is over; {@code counts}: its agent worked on it. */
  void end(long since, long at, boolean counts) {
    live--;
    liveSince -= since;
    endedMicros += counts ? Math.max(0, at - since) : 0;
  }

  Spent spent(long at) {
    return new Spent(tokens, cost, hours(micros(at)));
  }

  private long micros(long at) {
    return endedMicros + Math.max(0, live * at - liveSince);
  }

  private double hours(long micros) {
    return (double) micros * speed / MICROS_OF_HOUR;
  }

  private long micros(Budget limit) {
    return (long) Math.ceil(limit.agentHours() * MICROS_OF_HOUR / speed);
  }

  /** The first limit that is reached; null: none is. */
  @Nullable Exhausted findExhausted(Budget limit, long at) {
    if (limit.tokens() > 0 && tokens >= limit.tokens()) {
      return new Exhausted(BudgetKind.TOKENS, (double) tokens, (double) limit.tokens());
    }
    if (limit.cost() > 0 && cost >= limit.cost()) {
      return new Exhausted(BudgetKind.COST, cost, limit.cost());
    }
    if (limit.agentHours() > 0 && micros(at) >= micros(limit)) {
      return new Exhausted(BudgetKind.AGENT_HOURS, hours(micros(at)), limit.agentHours());
    }
    return null;
  }

  /** When the limit of time is reached if all that runs goes on; negative: never by itself. */
  long exhaustedAt(Budget limit, long at) {
    if (limit.agentHours() <= 0 || live == 0) {
      return -1;
    }
    long left = Math.max(0, micros(limit) - micros(at));
    return at + Math.ceilDiv(left, live);
  }

  /**
   * Whether it matters for a limit that an attempt has used so much more: it reaches the limit, or
   * is a part of it that shows.
   */
  boolean matters(Budget limit, Usage before, Usage now) {
    return matters(
            (double) limit.tokens(),
            (double) tokens,
            (double) now.tokens() - (double) before.tokens())
        || matters(limit.cost(), cost, now.cost() - before.cost());
  }

  private static boolean matters(double limit, double used, double more) {
    if (limit <= 0 || more <= 0) {
      return false;
    }
    boolean reaches = used < limit && used + more >= limit;
    return reaches || more >= limit / Spending.STEPS;
  }
}
