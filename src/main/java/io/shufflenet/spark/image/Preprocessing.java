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

  private static final List<Preprocessing> PRESETS = List.of(MEGVII, TORCHVISION);
  private static final int CHANNELS = 3;
  private static final int INPUT_STEP = 32;
  private static final int LARGEST_INPUT = 1024;

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
    for (Preprocessing preset : PRESETS) {
      if (preset.name.equals(name)) {
        return preset;
      }
    }
    throw new IllegalArgumentException(
        "Cannot preprocess images by image.preprocessing = %s: it is %s or %s"
            .formatted(name, MEGVII.name, TORCHVISION.name));
  }

  /**
   * The same for crops of another size: the shorter side keeps its proportion to the crop, rounded
   * half up, as 256 to 224 becomes 146 to 128. What was made of a preset is scaled from the preset,
   * so that roundings do not add up.
   *
   * @param inputSize as {@link #isInputSize} has it
   * @throws IllegalArgumentException if it is another; the message names {@code image.input-size}
   */
  public Preprocessing atSize(int inputSize) {
    requireInputSize(inputSize);
    for (Preprocessing preset : PRESETS) {
      if (preset.scaled(cropSize).equals(this)) {
        return preset.scaled(inputSize);
      }
    }
    return scaled(inputSize);
  }

  private Preprocessing scaled(int size) {
    int scaledSide = (int) Math.round((double) size * shortSide / cropSize);
    return new Preprocessing(name, resize, scaledSide, size, channels, mean, deviation);
  }

  /**
   * Whether the networks take square images of so many pixels a side: a multiple of 32, by which
   * they shrink an image, up to 1024.
   */
  public static boolean isInputSize(int pixels) {
    return pixels >= INPUT_STEP && pixels <= LARGEST_INPUT && pixels % INPUT_STEP == 0;
  }

  /**
   * @throws IllegalArgumentException if it is no {@link #isInputSize}; the message names {@code
   *     image.input-size}
   */
  public static void requireInputSize(int pixels) {
    if (!isInputSize(pixels)) {
      throw new IllegalArgumentException(
          "Cannot use image.input-size = %s: it is a multiple of %s, from %s to %s"
              .formatted(pixels, INPUT_STEP, INPUT_STEP, LARGEST_INPUT));
    }
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
