package io.shufflenet.spark.model;

import io.shufflenet.spark.image.Preprocessing;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a checkpoint cannot say of its model. It stands in a JSON file beside the checkpoint, see
 * {@link #fileName}.
 *
 * @param preprocessing with a crop that {@link Preprocessing#isInputSize} allows
 * @param classNames in the order of the classes' indices, each once, none blank; empty where they
 *     are not known
 */
public record ModelDescription(Preprocessing preprocessing, List<String> classNames) {
  /**
   * @throws IllegalArgumentException if the input size is not one that networks take, or a name is
   *     blank or stands there twice
   */
  public ModelDescription {
    Preprocessing.requireInputSize(preprocessing.cropSize());
    classNames = List.copyOf(classNames);
    flaw(classNames)
        .ifPresent(
            flaw -> {
              throw new IllegalArgumentException("Cannot name the classes of a model: " + flaw);
            });
  }

  /** What is wrong with the names, if anything. */
  static Optional<String> flaw(List<String> classNames) {
    Set<String> seen = new HashSet<>();
    for (int index = 0; index < classNames.size(); index++) {
      String name = classNames.get(index);
      if (name.isBlank()) {
        return Optional.of("the name of class %s is blank".formatted(index));
      }
      if (!seen.add(name)) {
        return Optional.of(
            "classes %s and %s are both '%s'".formatted(classNames.indexOf(name), index, name));
      }
    }
    return Optional.empty();
  }

  /** The file's name, or path, beside a checkpoint of that name or path. */
  public static String fileName(String checkpoint) {
    return checkpoint + ".json";
  }

  /**
   * Reads what {@link #json} gives, in UTF-8; {@code name} is what messages call it. Members that
   * are not known are passed over.
   *
   * @throws IllegalArgumentException if it is anything else; the message names the member
   */
  public static ModelDescription read(byte[] file, String name) {
    return new DescriptionReader(name).read(file);
  }

  /** Indented JSON that ends with a line feed; the same text for the same description. */
  public String json() {
    return DescriptionWriter.json(this);
  }
}
