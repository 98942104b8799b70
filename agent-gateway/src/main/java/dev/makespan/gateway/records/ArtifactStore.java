package dev.makespan.gateway.records;

import dev.makespan.core.plan.TaskId;
import dev.makespan.core.session.MadeArtifact;
import dev.makespan.core.task.RunId;
import dev.makespan.core.task.TaskRef;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Keeps artifacts: a name once in an attempt. Any number of processes may share a store. */
public interface ArtifactStore {

  /** Those of an attempt by name. */
  List<MadeArtifact> artifacts(TaskRef attempt) throws IOException;

  /** Null: there is none of this name. */
  @Nullable MadeArtifact find(TaskRef attempt, String name) throws IOException;

  /** Attempts of a task that have left anything, the newest first. */
  List<TaskRef> attempts(RunId run, TaskId task) throws IOException;

  /** Content of what was found; {@link java.nio.file.NoSuchFileException}: it is gone. */
  InputStream read(TaskRef attempt, MadeArtifact artifact) throws IOException;

  /**
   * A place for what comes; nothing of it is found before {@link Incoming#keep}.
   *
   * @param declared what it will be, if it is as declared
   */
  Incoming begin(TaskRef attempt, MadeArtifact declared) throws IOException;

  /** Null: this store has no addresses of its own that anybody could be given. */
  default @Nullable ArtifactLinks links() {
    return null;
  }

  /** Content on its way. Of one thread at a time. */
  interface Incoming extends AutoCloseable {

    void write(byte[] bytes) throws IOException;

    /**
     * Durable, and found by its name, when it returns; whoever comes first has the name.
     *
     * @return what has the name: {@code artifact}, or what was there before
     */
    MadeArtifact keep(TaskRef attempt, MadeArtifact artifact) throws IOException;

    /** Leaves nothing behind of what was not kept. */
    @Override
    void close() throws IOException;
  }
}
