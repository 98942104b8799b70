package dev.makespan.agent.workspace;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Whoever changes a cache holds this, among all threads and all processes of the machine: git's
 * worktrees of one repository are not made safely side by side. Goes with its process.
 */
final class CacheLock {

  /** A file's lock is one per process, so that threads line up here first. */
  private static final Map<Path, ReentrantLock> THREADS = new ConcurrentHashMap<>();

  private final Path file;
  private final ReentrantLock threads;

  CacheLock(Path file) {
    this.file = file.toAbsolutePath().normalize();
    this.threads = THREADS.computeIfAbsent(this.file, path -> new ReentrantLock(true));
  }

  /** What is done while the lock is held. */
  interface Step<T> {
    T run() throws AttemptProblem, InterruptedException;
  }

  <T> T holding(Step<T> step) throws AttemptProblem, InterruptedException {
    threads.lockInterruptibly();
    try (FileChannel channel =
            FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock held = channel.lock()) {
      if (!held.isValid()) {
        throw AttemptProblem.forNow("the lock " + file + " was lost");
      }
      return step.run();
    } catch (java.nio.channels.FileLockInterruptionException e) {
      throw interrupted(e);
    } catch (IOException e) {
      throw AttemptProblem.forNow("the lock " + file + " cannot be taken: " + e.getMessage());
    } finally {
      threads.unlock();
    }
  }

  private static InterruptedException interrupted(IOException cause) {
    Thread.interrupted();
    InterruptedException interrupted = new InterruptedException("asked to stop");
    interrupted.initCause(cause);
    return interrupted;
  }
}
