package dev.makespan.examples.upload;

import java.awt.Color;
import java.awt.GradientPaint;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Random;
import javax.imageio.ImageIO;

/** Makes pictures to upload, with something on them; the same seed gives the same picture. */
final class PictureGenerator {

  private static final int BLOBS = 40;
  private static final int PNG_EVERY = 5;
  private static final int COLOURS = 0x1000000;

  private PictureGenerator() {}

  /** A JPEG or PNG whose longer side has half of {@code side} to {@code side} pixels. */
  static byte[] picture(long seed, int side) {
    Random chance = new Random(seed);
    int longer = side / 2 + chance.nextInt(side / 2 + 1);
    int shorter = Math.max(1, longer * (5 + chance.nextInt(5)) / 10);
    boolean upright = chance.nextBoolean();
    BufferedImage picture =
        new BufferedImage(
            upright ? shorter : longer, upright ? longer : shorter, BufferedImage.TYPE_INT_RGB);
    paint(picture, chance);
    return written(picture, seed % PNG_EVERY == 0 ? "png" : "jpeg");
  }

  /** A picture of which the second half never arrived. */
  static byte[] broken(long seed, int side) {
    byte[] whole = picture(seed, side);
    return Arrays.copyOf(whole, whole.length / 2);
  }

  private static void paint(BufferedImage picture, Random chance) {
    int width = picture.getWidth();
    int height = picture.getHeight();
    Graphics2D graphics = picture.createGraphics();
    try {
      graphics.setPaint(
          new GradientPaint(0, 0, someColour(chance), width, height, someColour(chance)));
      graphics.fillRect(0, 0, width, height);
      for (int i = 0; i < BLOBS; i++) {
        graphics.setColor(someColour(chance));
        int blob = 1 + chance.nextInt(Math.max(2, Math.min(width, height) / 4));
        graphics.fillOval(chance.nextInt(width), chance.nextInt(height), blob, blob);
      }
    } finally {
      graphics.dispose();
    }
  }

  private static Color someColour(Random chance) {
    return new Color(chance.nextInt(COLOURS));
  }

  private static byte[] written(BufferedImage picture, String format) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      ImageIO.write(picture, format, bytes);
    } catch (IOException e) {
      throw new UncheckedIOException("nothing in memory fails to be written", e);
    }
    return bytes.toByteArray();
  }
}
