package io.shufflenet.spark.dataset;

import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Looks for the first file of a folder that is to be taken. */
final class FirstImage {
  private static final int MOST_ENDINGS = 1000;
  private static final int SHOWN_ENDINGS = 8;

  private FirstImage() {}

  /**
   * @throws IllegalArgumentException if there is none, with what there is instead
   */
  static void require(FolderWalk walk, InputSettings settings) {
    Map<String, Long> endings = new TreeMap<>();
    long files = 0;
    while (walk.hasNext()) {
      String name = walk.next().name();
      if (FileNames.hasEnding(name, settings.extensions())) {
        return;
      }
      files++;
      if (endings.size() < MOST_ENDINGS) {
        endings.merge(FileNames.ending(name), 1L, Long::sum);
      }
    }
    throw new IllegalArgumentException(
        files == 0
            ? "Cannot read %s: there is no file in it".formatted(settings.namedPath())
            : "Cannot read %s: none of its %s files has an ending of %s = %s; there are %s"
                .formatted(
                    settings.namedPath(),
                    files,
                    InputSettings.EXTENSIONS_KEY,
                    settings.extensions(),
                    mostFrequent(endings)));
  }

  private static String mostFrequent(Map<String, Long> endings) {
    return endings.entrySet().stream()
        .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
        .limit(SHOWN_ENDINGS)
        .map(e -> (e.getKey().isEmpty() ? "no ending" : e.getKey()) + " (" + e.getValue() + ")")
        .collect(Collectors.joining(", "));
  }
}
