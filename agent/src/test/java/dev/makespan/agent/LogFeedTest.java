package dev.makespan.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.makespan.core.plan.TaskId;
import dev.makespan.core.session.MadeArtifact;
import dev.makespan.core.session.SessionId;
import dev.makespan.core.task.RunId;
import dev.makespan.core.task.TaskRef;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class LogFeedTest {

  private static final TaskRef TASK = new TaskRef(new RunId(1), new TaskId("compile"), 7);

  /** A gateway that keeps what a test lets it keep. */
  private static final class Kept implements Bulk {
    private final List<LogFeed.Piece> said = new CopyOnWriteArrayList<>();
    private @Nullable LogListener listener;
    private boolean ready = true;
    private boolean completed;
    private long oldest;
    private int streams;

    @Override
    public LogOut writeLog(SessionId session, TaskRef task, long oldestHeld, LogListener to) {
      listener = to;
      oldest = oldestHeld;
      streams++;
      return new LogOut() {
        @Override
        public boolean isReady() {
          return ready;
        }

        @Override
        public void say(LogFeed.Piece piece) {
          said.add(piece);
        }

        @Override
        public void complete() {
          completed = true;
        }
      };
    }

    @Override
    public Bulk.Kept put(SessionId session, TaskRef task, MadeArtifact made, Path file) {
      throw new UnsupportedOperationException("logs only");
    }

    LogListener listener() {
      if (listener == null) {
        throw new AssertionError("no stream was opened");
      }
      return listener;
    }

    String text() {
      StringBuilder text = new StringBuilder();
      said.forEach(piece -> text.append(StandardCharsets.UTF_8.decode(piece.bytes().duplicate())));
      return text.toString();
    }
  }

  private final Kept gateway = new Kept();
  private final Queue<Runnable> later = new ArrayDeque<>();
  private Instant now = Instant.EPOCH;
  private Duration step = Duration.ZERO;
  private final LogFeed feed =
      new LogFeed(
          new SessionId("s"),
          TASK,
          () -> gateway,
          this::time,
          () -> 0.5,
          (task, pause) -> later.add(task));

  private Instant time() {
    now = now.plus(step);
    return now;
  }

  private void take(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    feed.take(bytes, bytes.length);
  }

  @Test
  void nothingIsSaidBeforeThePositionIsKnown() {
    take("early");
    assertThat(gateway.said).isEmpty();

    gateway.listener().kept(0);

    assertThat(gateway.text()).isEqualTo("early");
  }

  @Test
  void whatComesWhileSomethingIsOnItsWayIsGathered() {
    take("a");
    gateway.listener().kept(0);
    take("b");
    take("c");
    assertThat(gateway.said).hasSize(1);

    gateway.listener().kept(1);

    assertThat(gateway.said).hasSize(2);
    assertThat(gateway.text()).isEqualTo("abc");
  }

  @Test
  void whatWasNotKeptIsSaidAgainOnTheNextStreamAndNothingElse() {
    take("a");
    gateway.listener().kept(0);
    take("b");
    gateway.listener().kept(1);
    take("c");
    gateway.said.clear();

    gateway.listener().ended("lost", false);
    later.remove().run();
    gateway.listener().kept(1);

    assertThat(gateway.oldest).isEqualTo(2);
    assertThat(gateway.said).extracting(LogFeed.Piece::sequence).containsExactly(2L);
    gateway.listener().kept(2);
    assertThat(gateway.text()).isEqualTo("bc");
  }

  @Test
  void whatTheOldStreamStillSaysCountsForNothing() {
    take("a");
    Bulk.LogListener old = gateway.listener();
    old.ended("lost", false);
    later.remove().run();

    old.kept(1);
    old.ended("again", false);

    assertThat(gateway.said).isEmpty();
    assertThat(later).isEmpty();
    gateway.listener().kept(0);
    assertThat(gateway.text()).isEqualTo("a");
  }

  @Test
  void whenNothingIsTakenForLongTheRestIsDroppedAndTheOffsetShowsIt() {
    step = Duration.ofMillis(400);
    byte[] flood = new byte[LogFeed.BUFFER_BYTES + 1_000];
    feed.take(flood, flood.length);
    step = Duration.ZERO;

    gateway.listener().kept(0);
    long sequence = gateway.said.getLast().sequence();
    gateway.listener().kept(sequence);
    take("after");

    LogFeed.Piece last = gateway.said.getLast();
    assertThat(last.sequence()).isEqualTo(sequence + 1);
    assertThat(last.offset()).isEqualTo(LogFeed.BUFFER_BYTES + 1_000);
  }

  @Test
  void theEndIsKeptBeforeTheStreamIsCompleted() throws InterruptedException {
    take("a");
    gateway.listener().kept(0);
    gateway.listener().kept(1);
    Thread keeps =
        Thread.ofPlatform()
            .start(() -> {
              while (gateway.said.size() < 2) {
                Thread.onSpinWait();
              }
              gateway.listener().kept(2);
            });

    feed.finish(Duration.ofDays(1));

    keeps.join();
    assertThat(gateway.said.getLast().last()).isTrue();
    assertThat(gateway.completed).isTrue();
  }

  @Test
  void aGatewayWithoutLogsIsNotAskedAgain() throws InterruptedException {
    take("a");
    gateway.listener().ended("no such service", true);

    take("b");
    feed.finish(Duration.ofDays(1));

    assertThat(gateway.streams).isEqualTo(1);
    assertThat(later).isEmpty();
  }

  @Test
  void theEndWaitsNoLongerThanItMay() throws InterruptedException {
    step = Duration.ofMillis(400);
    take("a");

    feed.finish(Duration.ofSeconds(2));

    assertThat(gateway.completed).isTrue();
  }
}
