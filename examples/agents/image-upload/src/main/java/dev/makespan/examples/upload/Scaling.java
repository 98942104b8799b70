package dev.makespan.examples.upload;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;

/** Makes pictures fit into a square: never larger than they were, their proportions kept. */
final class Scaling {

  private Scaling() {}

  /** Without transparency, of which JPEG knows nothing: on white. */
  static BufferedImage into(int side, BufferedImage picture) {
    double factor = Math.min(1, (double) side / Math.max(picture.getWidth(), picture.getHeight()));
    int width = Math.max(1, (int) Math.round(picture.getWidth() * factor));
    int height = Math.max(1, (int) Math.round(picture.getHeight() * factor));
    BufferedImage smaller = picture;
    // Interpolation looks at four pixels, so that more than a halving at once would skip some.
    while (smaller.getWidth() > 2 * width && smaller.getHeight() > 2 * height) {
      smaller = drawn(smaller, smaller.getWidth() / 2, smaller.getHeight() / 2);
    }
    return drawn(smaller, width, height);
  }

  private static BufferedImage drawn(BufferedImage picture, int width, int height) {
    BufferedImage drawn = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = drawn.createGraphics();
    try {
      graphics.setRenderingHint(
          RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
      graphics.drawImage(picture, 0, 0, width, height, Color.WHITE, null);
    } finally {
      graphics.dispose();
    }
    return drawn;
  }
}
