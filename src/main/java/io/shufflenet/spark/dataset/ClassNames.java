package io.shufflenet.spark.dataset;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;

/**
 * The names of a model's classes, in the order of their indices.
 *
 * @param names each once, none blank; at least one
 * @param synsets WordNet's id of each class, by which labels may call it too; empty where they are
 *     not known
 * @param source where they come from, for messages
 */
record ClassNames(List<String> names, List<String> synsets, String source) {
  /** The configuration key of the file with the names. */
  static final String KEY = "model.class-names";

  private static final String OF_MODEL = "the model";

  /** As in ImageNet's {@code LOC_synset_mapping.txt}: {@code n01440764 tench, Tinca tinca}. */
  private static final Pattern SYNSET_AND_NAME =
      Pattern.compile("(" + WordNet.ID + ")\\s+(\\S.*?)\\s*");

  /**
   * @throws IllegalArgumentException if a name is blank or stands there twice; the message counts
   *     lines from 1
   */
  ClassNames {
    names = List.copyOf(names);
    synsets = List.copyOf(synsets);
    if (names.isEmpty()) {
      throw cannotUse(source, "it is empty");
    }
    Map<String, Integer> lines = new HashMap<>();
    for (int line = 1; line <= names.size(); line++) {
      String name = names.get(line - 1);
      if (name.isBlank()) {
        throw cannotUse(source, "line %s is blank".formatted(line));
      }
      Integer earlier = lines.put(name, line);
      if (earlier != null) {
        throw cannotUse(source, "lines %s and %s are both '%s'".formatted(earlier, line, name));
      }
    }
  }

  ClassNames(List<String> names, String source) {
    this(names, List.of(), source);
  }

  /**
   * Reads a text file in UTF-8: the name of class i stands in line i, counted from 0. A byte order
   * mark and blank lines at the end do not count; lines may end as on Windows. Where every line is
   * a WordNet id and a name, the ids are no part of the names; but a name that several ids have is
   * followed by its id.
   *
   * @param file on any Hadoop file system
   * @throws IllegalArgumentException if there is no such file, it is not a list of names, or its
   *     WordNet ids are not sorted, which the classes of an ImageNet model are
   * @throws IOException if the file cannot be read
   */
  static ClassNames read(String file, Configuration configuration) throws IOException {
    return read(file, KEY, configuration);
  }

  /**
   * As {@link #read(String, Configuration)}.
   *
   * @param key that the file stands under, for messages
   */
  static ClassNames read(String file, String key, Configuration configuration) throws IOException {
    return of(TextLines.read(file, key, named(file), configuration), file);
  }

  /** Those that came with the model; none where it has none. */
  static Optional<ClassNames> ofModel(List<String> names) {
    return names.isEmpty() ? Optional.empty() : Optional.of(new ClassNames(names, OF_MODEL));
  }

  static ClassNames parse(byte[] text, String source) {
    return of(TextLines.of(text, named(source)), source);
  }

  private static ClassNames of(List<String> lines, String source) {
    List<Matcher> matches = lines.stream().map(SYNSET_AND_NAME::matcher).toList();
    return !lines.isEmpty() && matches.stream().allMatch(Matcher::matches)
        ? ofSynsets(
            matches.stream().map(match -> match.group(1)).toList(),
            matches.stream().map(match -> match.group(2)).toList(),
            source)
        : new ClassNames(lines, source);
  }

  private static ClassNames ofSynsets(List<String> synsets, List<String> words, String source) {
    for (int line = 1; line < synsets.size(); line++) {
      if (synsets.get(line - 1).compareTo(synsets.get(line)) >= 0) {
        throw cannotUse(
            source,
            ("the WordNet ids of lines %s and %s do not rise (%s, %s), and class i of an ImageNet"
                    + " model is the one whose id has rank i; sort the file")
                .formatted(line, line + 1, synsets.get(line - 1), synsets.get(line)));
      }
    }
    return new ClassNames(distinct(synsets, words), synsets, source);
  }

  /** ImageNet has two cranes. */
  private static List<String> distinct(List<String> synsets, List<String> words) {
    Set<String> once = new HashSet<>();
    Set<String> again = new HashSet<>();
    words.forEach(name -> (once.add(name) ? once : again).add(name));
    List<String> names = new ArrayList<>(words);
    for (int index = 0; index < names.size(); index++) {
      if (again.contains(names.get(index))) {
        names.set(index, "%s (%s)".formatted(names.get(index), synsets.get(index)));
      }
    }
    return names;
  }

  private static String named(String source) {
    return "class names " + source;
  }

  private static IllegalArgumentException cannotUse(String source, String reason) {
    return TextLines.cannotUse(named(source), reason);
  }
}
