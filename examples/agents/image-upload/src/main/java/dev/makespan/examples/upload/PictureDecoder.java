package dev.makespan.examples.upload;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import javax.imageio.ImageIO;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;

/** Reads pictures that strangers have uploaded. */
final class PictureDecoder {

  /** A few kilobytes can claim to be gigabytes of pixels. */
  static final long MAX_PIXELS = 100_000_000;

  /** A picture is read at no more than so many times the side that is wanted of it. */
  private static final int ENOUGH = 4;

  /** The JPEG reader fills up with grey what is missing, and only warns of it. */
  private static final List<String> DAMAGE = List.of("premature", "corrupt", "truncated");

  private PictureDecoder() {}

  /**
   * The picture, perhaps smaller than it was, but not smaller than {@code side} needs.
   *
   * @param side of what will be made of it, in pixels
   */
  static BufferedImage decode(byte[] bytes, int side) throws BrokenPicture {
    try (ImageInputStream input = ImageIO.createImageInputStream(new ByteArrayInputStream(bytes))) {
      Iterator<ImageReader> readers = ImageIO.getImageReaders(input);
      if (!readers.hasNext()) {
        throw new BrokenPicture(
            "expected a picture, was something else of " + bytes.length + " bytes");
      }
      ImageReader reader = readers.next();
      try {
        reader.setInput(input, true, true);
        return read(reader, side);
      } finally {
        reader.dispose();
      }
    } catch (IOException | RuntimeException e) {
      // Readers throw whatever comes of it when they meet bytes that nobody has thought of.
      throw new BrokenPicture("the picture cannot be read: " + e.getMessage(), e);
    }
  }

  private static BufferedImage read(ImageReader reader, int side)
      throws IOException, BrokenPicture {
    int width = reader.getWidth(0);
    int height = reader.getHeight(0);
    if ((long) width * height > MAX_PIXELS) {
      throw new BrokenPicture(
          "expected at most %d pixels, was %d x %d".formatted(MAX_PIXELS, width, height));
    }
    StringBuilder damage = new StringBuilder();
    reader.addIIOReadWarningListener((_, warning) -> {
      String text = warning.toLowerCase(Locale.ROOT);
      if (damage.isEmpty() && DAMAGE.stream().anyMatch(text::contains)) {
        damage.append(warning);
      }
    });
    ImageReadParam how = reader.getDefaultReadParam();
    int step = Math.max(1, Math.max(width, height) / (ENOUGH * side));
    how.setSourceSubsampling(step, step, 0, 0);
    BufferedImage picture = reader.read(0, how);
    if (!damage.isEmpty()) {
      throw new BrokenPicture("the picture is damaged: " + damage);
    }
    return picture;
  }
}
