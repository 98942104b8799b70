package dev.makespan.planner.rest;

import dev.makespan.planner.LogPiece;
import dev.makespan.planner.RecordClient;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** A log as text, with a line in the place of what was dropped. */
final class LogText implements RecordClient.Taker<LogPiece> {

  private final OutputStream out;
  private long end;
  private boolean left;

  /**
   * Text from the beginning, or from somewhere.
   *
   * @param end where it begins; below 0: where the first piece does
   */
  LogText(OutputStream out, long end) {
    this.out = out;
    this.end = end;
  }

  @Override
  public boolean take(LogPiece piece) {
    long dropped = end < 0 ? 0 : piece.offset() - end;
    end = piece.offset() + piece.data().remaining();
    try {
      if (dropped > 0) {
        String note = "\n… %d bytes were dropped here …\n".formatted(dropped);
        out.write(note.getBytes(StandardCharsets.UTF_8));
      }
      byte[] bytes = new byte[piece.data().remaining()];
      piece.data().get(bytes);
      out.write(bytes);
      out.flush();
    } catch (IOException e) {
      left = true;
    }
    return !left;
  }

  @Override
  public boolean isWanted() {
    return !left;
  }
}
