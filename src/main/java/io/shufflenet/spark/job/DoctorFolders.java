package io.shufflenet.spark.job;

import io.shufflenet.spark.inference.Finding;
import io.shufflenet.spark.inference.Surroundings;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Which executors unpack native libraries into the same folders. */
final class DoctorFolders {
  private final Map<String, Finding<Surroundings>> byExecutor;

  /**
   * @param byExecutor by the executors' ids
   */
  DoctorFolders(Map<String, Finding<Surroundings>> byExecutor) {
    this.byExecutor = byExecutor;
  }

  /** The ids of the other executors that unpack the library into this one's folder. */
  List<String> sharers(String executor, DoctorLibrary library) {
    return byExecutor.keySet().stream()
        .filter(other -> !other.equals(executor) && share(executor, other, library))
        .toList();
  }

  private boolean share(String one, String other, DoctorLibrary library) {
    String identity = identity(one, library);
    return !identity.isEmpty() && identity.equals(identity(other, library));
  }

  private String identity(String executor, DoctorLibrary library) {
    return byExecutor
        .get(executor)
        .map(surroundings -> library.folder(surroundings).identity())
        .orElse("");
  }

  /** Groups in which no two share a folder: so none unpacks while another does. */
  List<List<DoctorExecutor>> rounds(List<DoctorExecutor> executors) {
    List<List<DoctorExecutor>> rounds = new ArrayList<>();
    for (DoctorExecutor executor : executors) {
      rounds.stream()
          .filter(round -> round.stream().noneMatch(other -> share(executor, other)))
          .findFirst()
          .orElseGet(
              () -> {
                rounds.add(new ArrayList<>());
                return rounds.get(rounds.size() - 1);
              })
          .add(executor);
    }
    return rounds;
  }

  private boolean share(DoctorExecutor one, DoctorExecutor other) {
    return Arrays.stream(DoctorLibrary.values())
        .anyMatch(library -> share(one.id(), other.id(), library));
  }
}
