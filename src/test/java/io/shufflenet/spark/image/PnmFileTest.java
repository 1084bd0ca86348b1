package io.shufflenet.spark.image;

import static io.shufflenet.spark.image.TestImages.ascii;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.shufflenet.spark.image.ImageException.Kind;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PnmFileTest {
  @ParameterizedTest
  @ValueSource(strings = {"P1\n3 2\n010\n1 1 0", "P4\n3 2\n@\u00c0"})
  void decodesBitsOfWhichOneIsBlack(String image) throws Exception {
    assertThat(levels(image)).containsExactly(255, 0, 255, 0, 0, 255);
  }

  @ParameterizedTest
  @ValueSource(strings = {"P2 2 1 255 7\n200", "P5 2 1 255\n\u0007\u00c8"})
  void decodesLevels(String image) throws Exception {
    assertThat(levels(image)).containsExactly(7, 200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"P2 3 1 100 0 50 100", "P5 3 1 100\n\0002d"})
  void stretchesLevelsTo255(String image) throws Exception {
    assertThat(levels(image)).containsExactly(0, 128, 255);
  }

  @ParameterizedTest
  @ValueSource(strings = {"P3 1 1 255 # red\n1 2 3", "P6 1 1 255\n\u0001\u0002\u0003"})
  void turnsColoursRound(String image) throws Exception {
    assertThat(decoded(image)).containsExactly(3, 2, 1);
  }

  @Test
  void takesTwoBytesForHigherLevels() throws Exception {
    assertThat(levels("P5 2 1 65535\n\u0080\u0080\u00ff\u00ff")).containsExactly(128, 255);
  }

  @ParameterizedTest
  @ValueSource(strings = {"P6 2 2 255\n12345678901", "P3 2 2 255 1 2 3 4", "P1 9 9 0 1"})
  void refusesAnImageThatEndsBeforeItsLastRow(String image) {
    assertThat(failure(image).kind()).isEqualTo(Kind.TRUNCATED);
    assertThat(failure(image)).hasMessage("the image ends before its last row");
  }

  @Test
  void refusesALevelAboveTheHighest() {
    assertThat(failure("P2 2 1 100 5 101").kind()).isEqualTo(Kind.CORRUPT);
    assertThat(failure("P2 2 1 100 5 101"))
        .hasMessage("a level of the plain image is not within 0 and 100");
  }

  @Test
  void refusesAHighestLevelOfNothing() {
    assertThat(failure("P5 2 1 0\nab")).hasMessage("the image's highest level is 0");
  }

  /** Of a grey image, one level for each pixel. */
  private static List<Integer> levels(String image) throws ImageException {
    byte[] pixels = decoded(image);
    List<Integer> levels = new ArrayList<>();
    for (int i = 0; i < pixels.length; i += 3) {
      levels.add(Byte.toUnsignedInt(pixels[i]));
    }
    return levels;
  }

  private static byte[] decoded(String image) throws ImageException {
    PnmFile file = PnmFile.read(Bytes.of(ascii(image), ByteOrder.BIG_ENDIAN));
    ByteBuffer pixels = ByteBuffer.allocate((int) file.header().pixels() * 3);
    file.decode(pixels);
    return pixels.array();
  }

  private static ImageException failure(String image) {
    return catchThrowableOfType(ImageException.class, () -> decoded(image));
  }
}
