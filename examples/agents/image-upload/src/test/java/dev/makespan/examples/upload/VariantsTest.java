package dev.makespan.examples.upload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class VariantsTest {

  private static final int SIDE = 900;

  private static byte[] made(Variant variant, byte[] uploaded, long maxBytes) throws Exception {
    BufferedImage picture = PictureDecoder.decode(uploaded, variant.side());
    return JpegEncoder.encode(Scaling.into(variant.side(), picture), variant.quality(), maxBytes)
        .bytes();
  }

  private static BufferedImage read(byte[] bytes) throws IOException {
    return ImageIO.read(new ByteArrayInputStream(bytes));
  }

  @ParameterizedTest
  @EnumSource
  void aVariantFitsItsSquareAndKeepsItsProportions(Variant variant) throws Exception {
    for (long seed = 0; seed < 12; seed++) {
      byte[] uploaded = PictureGenerator.picture(seed, SIDE);
      BufferedImage before = read(uploaded);

      BufferedImage after = read(made(variant, uploaded, Long.MAX_VALUE));

      assertThat(Math.max(after.getWidth(), after.getHeight()))
          .as("seed %d", seed)
          .isEqualTo(Math.min(variant.side(), Math.max(before.getWidth(), before.getHeight())));
      double ratio = (double) before.getWidth() / before.getHeight();
      assertThat((double) after.getWidth() / after.getHeight())
          .isBetween(ratio * 0.98, ratio * 1.02);
    }
  }

  @Test
  void whatWouldBeTooLargeIsWrittenInLessQuality() throws Exception {
    BufferedImage noise = noise(300);

    JpegEncoder.Encoded free = JpegEncoder.encode(noise, 0.9f, Long.MAX_VALUE);
    JpegEncoder.Encoded tight = JpegEncoder.encode(noise, 0.9f, free.bytes().length * 2L / 3);

    assertThat(tight.bytes().length).isLessThanOrEqualTo(free.bytes().length * 2 / 3);
    assertThat(tight.quality()).isLessThan(free.quality());
    assertThat(read(tight.bytes()).getWidth()).isEqualTo(300);
  }

  @Test
  void whatFitsInNoQualityIsRefused() {
    assertThatThrownBy(() -> JpegEncoder.encode(noise(300), 0.9f, 1_000))
        .isInstanceOf(BrokenPicture.class)
        .hasMessageContaining("do not fit into 1000 bytes");
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 10})
  void aPictureWithoutItsSecondHalfIsBrokenWhateverItsFormat(long seed) {
    byte[] half = PictureGenerator.broken(seed, SIDE);

    assertThatThrownBy(() -> PictureDecoder.decode(half, 150)).isInstanceOf(BrokenPicture.class);
  }

  @Test
  void whatIsNoPictureIsSaidToBeNone() {
    byte[] text = "no picture".getBytes(StandardCharsets.UTF_8);

    assertThatThrownBy(() -> PictureDecoder.decode(text, 150))
        .isInstanceOf(BrokenPicture.class)
        .hasMessage("expected a picture, was something else of 10 bytes");
  }

  @Test
  void aPictureThatClaimsToBeHugeIsNotRead() throws IOException {
    byte[] png = png(new BufferedImage(2, 2, BufferedImage.TYPE_INT_RGB));
    // Width and height of the header; its checksum is not looked at before the pixels are.
    byte[] huge = png.clone();
    Arrays.fill(huge, 16, 24, (byte) 0);
    huge[17] = 1;
    huge[21] = 1;

    assertThatThrownBy(() -> PictureDecoder.decode(huge, 150))
        .isInstanceOf(BrokenPicture.class)
        .hasMessageContaining("65536 x 65536");
  }

  @Test
  void whatIsTransparentBecomesWhite() throws Exception {
    byte[] png = png(new BufferedImage(20, 20, BufferedImage.TYPE_INT_ARGB));

    BufferedImage after = read(made(Variant.THUMBNAIL, png, Long.MAX_VALUE));

    assertThat(after.getRGB(10, 10) & 0xffffff).isEqualTo(0xffffff);
  }

  @Test
  void theSameSeedMakesTheSamePicture() {
    assertThat(PictureGenerator.picture(7, SIDE)).isEqualTo(PictureGenerator.picture(7, SIDE));
    assertThat(PictureGenerator.picture(7, SIDE)).isNotEqualTo(PictureGenerator.picture(8, SIDE));
  }

  private static BufferedImage noise(int side) {
    Random chance = new Random(1);
    BufferedImage picture = new BufferedImage(side, side, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < side; y++) {
      for (int x = 0; x < side; x++) {
        picture.setRGB(x, y, chance.nextInt());
      }
    }
    return picture;
  }

  private static byte[] png(BufferedImage picture) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ImageIO.write(picture, "png", bytes);
    return bytes.toByteArray();
  }
}
