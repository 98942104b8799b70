package dev.makespan.planner;

import dev.makespan.core.plan.Plan;
import java.lang.ref.SoftReference;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Plans that were read lately, by the hash of their file: the same file is read once, also when
 * many ask for it at once. Bounded by what the plans weigh together; of those that are too heavy
 * for that, the last one stays as long as there is memory to spare.
 */
final class OpenedPlans {

  static final int MAX_PLANS = 256;

  /** Of all remembered plans together. */
  static final int MAX_TASKS = 50_000;

  /** Of all remembered files together. */
  static final long MAX_BYTES = 16L * 1024 * 1024;

  /** A file and what it says. */
  record Opened(Plan plan, PlanSource file) {}

  /** The least lately used first; guarded by itself, like all that follow. */
  private final Map<String, Opened> remembered = new LinkedHashMap<>(16, 0.75f, true);

  private final Map<String, CompletableFuture<Answer<Opened>>> reading = new LinkedHashMap<>();
  private SoftReference<@Nullable Heavy> heavy = new SoftReference<>(null);
  private long tasks;
  private long bytes;

  private record Heavy(String contentHash, Opened opened) {}

  /** Blocks; {@code read} is called when nobody else reads this file already. */
  Answer<Opened> open(String contentHash, Supplier<Answer<Opened>> read) {
    CompletableFuture<Answer<Opened>> mine = new CompletableFuture<>();
    CompletableFuture<Answer<Opened>> others;
    synchronized (remembered) {
      Opened known = find(contentHash);
      if (known != null) {
        return Answer.of(known);
      }
      others = reading.putIfAbsent(contentHash, mine);
    }
    return others == null ? lead(contentHash, read, mine) : follow(others);
  }

  private Answer<Opened> lead(
      String contentHash,
      Supplier<Answer<Opened>> read,
      CompletableFuture<Answer<Opened>> followers) {
    @Nullable Answer<Opened> answer = null;
    try {
      answer = read.get();
      followers.complete(answer);
      return answer;
    } catch (RuntimeException | Error failure) {
      followers.completeExceptionally(failure);
      throw failure;
    } finally {
      finished(contentHash, answer);
    }
  }

  private static Answer<Opened> follow(CompletableFuture<Answer<Opened>> leader) {
    try {
      return leader.join();
    } catch (CompletionException failure) {
      throw failure.getCause() instanceof RuntimeException cause ? cause : failure;
    }
  }

  private void finished(String contentHash, @Nullable Answer<Opened> answer) {
    synchronized (remembered) {
      reading.remove(contentHash);
      if (answer instanceof Answer.Given<Opened>(Opened opened)) {
        remember(contentHash, opened);
      }
    }
  }

  /** A plan that was just read for another reason, and will be asked for next. */
  void remember(String contentHash, Opened opened) {
    synchronized (remembered) {
      if (find(contentHash) != null) {
        return;
      }
      if (!isLight(opened)) {
        heavy = new SoftReference<>(new Heavy(contentHash, opened));
        return;
      }
      remembered.put(contentHash, opened);
      weigh(opened, 1);
      forgetTheOldest();
    }
  }

  private @Nullable Opened find(String contentHash) {
    Opened known = remembered.get(contentHash);
    Heavy last = heavy.get();
    return known == null && last != null && last.contentHash.equals(contentHash)
        ? last.opened
        : known;
  }

  private static boolean isLight(Opened opened) {
    return opened.plan().tasks().size() <= MAX_TASKS && opened.file().content().length <= MAX_BYTES;
  }

  private void forgetTheOldest() {
    while (remembered.size() > MAX_PLANS || tasks > MAX_TASKS || bytes > MAX_BYTES) {
      String oldest = remembered.keySet().iterator().next();
      Opened forgotten = remembered.remove(oldest);
      if (forgotten != null) {
        weigh(forgotten, -1);
      }
    }
  }

  private void weigh(Opened opened, int sign) {
    tasks += (long) sign * opened.plan().tasks().size();
    bytes += (long) sign * opened.file().content().length;
  }
}
