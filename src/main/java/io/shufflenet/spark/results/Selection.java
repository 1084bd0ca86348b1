package io.shufflenet.spark.results;

import java.util.List;

/**
 * Which predictions a report is about, where it is not about all of the run that wrote it.
 *
 * @param predictions what was read: a full path, or a catalog table's name; null for the run's own
 * @param where the SQL predicate that chose them; null where all were taken
 * @param labels what the labels came from in place of the predictions' own: a full path, or a
 *     catalog table's name; null where there is none
 * @param notes how labels and classes were taken, for a person
 */
public record Selection(String predictions, String where, String labels, List<String> notes) {
  /** All predictions of the run, as they are. */
  public static final Selection WHOLE_RUN = new Selection(null, null, null, List.of());

  public Selection {
    notes = List.copyOf(notes);
  }
}
