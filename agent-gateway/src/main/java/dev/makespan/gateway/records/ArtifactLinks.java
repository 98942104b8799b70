package dev.makespan.gateway.records;

import dev.makespan.core.session.MadeArtifact;
import dev.makespan.core.task.TaskRef;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Addresses in the store itself, for a while: whoever has one may use it, so that content need not
 * pass a gateway.
 */
public interface ArtifactLinks {

  /**
   * Where content may be put with one HTTP PUT.
   *
   * @param ticket names it to {@link #keep}
   * @param headers to be sent with it, as they are
   */
  record UploadLink(URI address, String ticket, Map<String, String> headers) {
    public UploadLink {
      headers = Map.copyOf(headers);
    }
  }

  /** Where the content of what was found may be read with one HTTP GET. */
  URI download(TaskRef attempt, MadeArtifact artifact, Duration lifetime) throws IOException;

  /** A place for content that is not yet anything. */
  UploadLink upload(TaskRef attempt, MadeArtifact declared, Duration lifetime) throws IOException;

  /**
   * Reads what was put and keeps it, if it is as declared; what the link's holder puts later
   * changes nothing. Blocks until it is read.
   *
   * @return null: it is not what was declared, or nothing was put; otherwise what has the name
   */
  @Nullable MadeArtifact keep(TaskRef attempt, MadeArtifact declared, String ticket)
      throws IOException;
}
