package io.shufflenet.spark.image;

import java.io.Serializable;
import java.util.List;

/**
 * What a network was trained to see: how an image becomes a square crop, and the crop the network's
 * input. The input at channel c is {@code (pixel - mean[c]) / deviation[c]}, with pixels of 0..255
 * and c in the order of {@code channels}.
 *
 * @param name what configuration and provenance call it
 * @param shortSide length in pixels that the image's shorter side is resized to
 * @param cropSize side in pixels of the square that is cut from the middle, at most {@code
 *     shortSide}
 * @param mean per channel, in units of a pixel's 0..255
 * @param deviation per channel, in units of a pixel's 0..255
 */
public record Preprocessing(
    String name,
    Resize resize,
    int shortSide,
    int cropSize,
    ChannelOrder channels,
    List<Float> mean,
    List<Float> deviation)
    implements Serializable {
  /** Megvii's ShuffleNet evaluation: BGR pixels as they are. */
  public static final Preprocessing MEGVII =
      new Preprocessing(
          "megvii",
          Resize.LINEAR,
          256,
          224,
          ChannelOrder.BGR,
          List.of(0f, 0f, 0f),
          List.of(1f, 1f, 1f));

  /** torchvision's ImageNet evaluation on Pillow images. */
  public static final Preprocessing TORCHVISION =
      new Preprocessing(
          "torchvision",
          Resize.ANTIALIASED_TRIANGLE,
          256,
          224,
          ChannelOrder.RGB,
          List.of(255 * 0.485f, 255 * 0.456f, 255 * 0.406f),
          List.of(255 * 0.229f, 255 * 0.224f, 255 * 0.225f));

  private static final int CHANNELS = 3;

  public Preprocessing {
    if (cropSize < 1 || cropSize > shortSide) {
      throw new IllegalArgumentException(
          "Cannot cut crops of %d pixels from images of short side %d"
              .formatted(cropSize, shortSide));
    }
    if (mean.size() != CHANNELS || deviation.size() != CHANNELS) {
      throw new IllegalArgumentException(
          "Cannot normalise %d channels with the means %s and the deviations %s"
              .formatted(CHANNELS, mean, deviation));
    }
    mean = List.copyOf(mean);
    deviation = List.copyOf(deviation);
  }

  /**
   * The preset of that name.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static Preprocessing named(String name) {
    for (Preprocessing preset : List.of(MEGVII, TORCHVISION)) {
      if (preset.name.equals(name)) {
        return preset;
      }
    }
    throw new IllegalArgumentException(
        "Cannot preprocess images by image.preprocessing = %s: it is %s or %s"
            .formatted(name, MEGVII.name, TORCHVISION.name));
  }

  /** How pixels are resampled; the presets' sizes are rounded as their sources round them. */
  public enum Resize {
    /** OpenCV's {@code INTER_LINEAR}, without antialiasing. */
    LINEAR,
    /** Pillow's {@code BILINEAR}: a triangle filter that widens as the image shrinks. */
    ANTIALIASED_TRIANGLE
  }

  /** The order of a pixel's three values. */
  public enum ChannelOrder {
    RGB,
    BGR
  }
}
