package io.shufflenet.spark.image;

import static io.shufflenet.spark.image.TestImages.ascii;
import static io.shufflenet.spark.image.TestImages.golden;
import static io.shufflenet.spark.image.TestImages.pngWith;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.shufflenet.spark.image.ImageException.Kind;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.zip.DeflaterOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PngFileTest {
  private final byte[] png = golden("p_rgb.png");

  @Test
  void leavesOutWhatChangesNoPixel() throws Exception {
    byte[] adorned = pngWith(pngWith(png, "tEXt", ascii("a\0b")), "iCCP", ascii("a\0\0no profile"));

    assertThat(PngFile.essence(adorned)).isEqualTo(png);
  }

  @ParameterizedTest
  @CsvSource({"zTXt, 2", "iCCP, 2", "iTXt, 6"})
  void refusesChunksThatInflateWithoutMeasure(String type, int prefix) throws Exception {
    byte[] keyword = Arrays.copyOf(ascii("k\0"), prefix + (type.equals("iTXt") ? 0 : 1));
    if (type.equals("iTXt")) {
      keyword[2] = 1;
    }
    byte[] bomb = pngWith(png, type, concatenated(keyword, deflated(2_000_000)));

    ImageException failure = failure(bomb);

    assertThat(failure.kind()).isEqualTo(Kind.TOO_LARGE);
    assertThat(failure)
        .hasMessage("the PNG's chunk %s inflates to more than 1048576 bytes".formatted(type));
  }

  @Test
  void refusesManyChunksThatInflateWithoutMeasureTogether() throws Exception {
    byte[] bomb = png;
    byte[] text = concatenated(ascii("k\0\0"), deflated(1_000_000));
    for (int i = 0; i < 68; i++) {
      bomb = pngWith(bomb, "zTXt", text);
    }

    assertThat(failure(bomb))
        .hasMessage("the PNG's chunk zTXt inflates to more than 67108864 bytes");
  }

  @Test
  void refusesAWrongChecksum() {
    byte[] damaged = png.clone();
    damaged[png.length / 2]++;

    assertThat(failure(damaged).kind()).isEqualTo(Kind.CORRUPT);
    assertThat(failure(damaged)).hasMessage("the PNG's chunk IDAT has a wrong checksum");
  }

  @Test
  void refusesAFileWithoutItsEnd() {
    ImageException failure = failure(Arrays.copyOf(png, png.length - 12));

    assertThat(failure.kind()).isEqualTo(Kind.TRUNCATED);
    assertThat(failure).hasMessage("the PNG ends before its end chunk");
  }

  private static byte[] deflated(int length) throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DeflaterOutputStream output = new DeflaterOutputStream(bytes)) {
      output.write(new byte[length]);
    }
    return bytes.toByteArray();
  }

  private static byte[] concatenated(byte[] first, byte[] second) {
    return TestImages.inserted(first, first.length, second);
  }

  private static ImageException failure(byte[] encoded) {
    return catchThrowableOfType(ImageException.class, () -> PngFile.essence(encoded));
  }
}
