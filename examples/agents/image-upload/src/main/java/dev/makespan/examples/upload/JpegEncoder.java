package dev.makespan.examples.upload;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;

/** Writes pictures as JPEG, as good as they may be large. */
final class JpegEncoder {

  private static final float LEAST_QUALITY = 0.30f;
  private static final float STEP = 0.10f;

  /**
   * A written picture.
   *
   * @param quality that it was written with, from 0 to 1
   */
  @SuppressWarnings("ArrayRecordComponent") // Made here, handed on once, and never compared.
  record Encoded(byte[] bytes, float quality) {}

  private JpegEncoder() {}

  /** Of {@code quality}, or of the best below it that takes at most {@code maxBytes}. */
  static Encoded encode(BufferedImage picture, float quality, long maxBytes)
      throws IOException, BrokenPicture {
    for (float tried = quality; tried >= LEAST_QUALITY; tried -= STEP) {
      byte[] bytes = jpeg(picture, tried);
      if (bytes.length <= maxBytes) {
        return new Encoded(bytes, tried);
      }
    }
    throw new BrokenPicture(
        "%d x %d pixels do not fit into %d bytes"
            .formatted(picture.getWidth(), picture.getHeight(), maxBytes));
  }

  private static byte[] jpeg(BufferedImage picture, float quality) throws IOException {
    ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ImageOutputStream output = ImageIO.createImageOutputStream(bytes)) {
      ImageWriteParam how = writer.getDefaultWriteParam();
      how.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
      how.setCompressionQuality(quality);
      writer.setOutput(output);
      writer.write(null, new IIOImage(picture, null, null), how);
    } finally {
      writer.dispose();
    }
    return bytes.toByteArray();
  }
}
