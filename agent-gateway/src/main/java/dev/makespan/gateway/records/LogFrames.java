package dev.makespan.gateway.records;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * Chunks as bytes of a segment: length, checksum, sequence, offset, time and flags, then the data.
 * What follows a frame that is cut off or damaged is not read: a writer that died has left it, and
 * nobody writes behind it.
 */
final class LogFrames {

  /** Beside the data of each chunk. */
  static final int HEADER_BYTES = 4 + 4 + 8 + 8 + 8 + 1;

  private static final int CHECKED_FROM = 8;

  private LogFrames() {}

  static byte[] toBytes(List<LogChunk> chunks, Instant received) {
    int size = chunks.stream().mapToInt(chunk -> HEADER_BYTES + chunk.data().length).sum();
    ByteBuffer out = ByteBuffer.allocate(size);
    for (LogChunk chunk : chunks) {
      int start = out.position();
      out.putInt(chunk.data().length).putInt(0);
      out.putLong(chunk.sequence()).putLong(chunk.offset()).putLong(received.toEpochMilli());
      out.put((byte) (chunk.last() ? 1 : 0)).put(chunk.data());
      out.putInt(start + 4, checksum(out.array(), start, out.position()));
    }
    return out.array();
  }

  private static int checksum(byte[] bytes, int start, int end) {
    CRC32C checksum = new CRC32C();
    checksum.update(bytes, start + CHECKED_FROM, end - start - CHECKED_FROM);
    return (int) checksum.getValue();
  }

  /** The next whole chunk; null: there is none. */
  static @Nullable KeptChunk read(DataInputStream in) throws IOException {
    return readAfter(in, 0);
  }

  /**
   * The next whole chunk after a sequence; null: there is none. Of what stands before it the data
   * are passed over unread, so that whoever follows a log does not read it again with each look.
   */
  static @Nullable KeptChunk readAfter(DataInputStream in, long sequence) throws IOException {
    while (true) {
      byte[] header = in.readNBytes(HEADER_BYTES);
      if (header.length < HEADER_BYTES) {
        return null;
      }
      ByteBuffer fields = ByteBuffer.wrap(header);
      int length = fields.getInt();
      int checksum = fields.getInt();
      if (length < 0 || length > LogChunk.MAX_BYTES) {
        return null;
      }
      if (fields.getLong(fields.position()) > sequence) {
        return read(in, header, fields, length, checksum);
      }
      if (!passOver(in, length)) {
        return null;
      }
    }
  }

  private static boolean passOver(InputStream in, int length) throws IOException {
    try {
      in.skipNBytes(length);
      return true;
    } catch (EOFException cut) {
      return false;
    }
  }

  private static @Nullable KeptChunk read(
      InputStream in, byte[] header, ByteBuffer fields, int length, int expected)
      throws IOException {
    byte[] whole = new byte[HEADER_BYTES + length];
    System.arraycopy(header, 0, whole, 0, HEADER_BYTES);
    if (!fill(in, whole, length) || checksum(whole, 0, whole.length) != expected) {
      return null;
    }
    long sequence = fields.getLong();
    long offset = fields.getLong();
    Instant received = Instant.ofEpochMilli(fields.getLong());
    byte[] data = new byte[length];
    System.arraycopy(whole, HEADER_BYTES, data, 0, length);
    return new KeptChunk(new LogChunk(sequence, offset, data, fields.get() == 1), received);
  }

  private static boolean fill(InputStream in, byte[] whole, int length) throws IOException {
    try {
      return in.readNBytes(whole, HEADER_BYTES, length) == length;
    } catch (EOFException cut) {
      return false;
    }
  }
}
