package io.shufflenet.spark.job;

import io.shufflenet.spark.inference.Finding;
import io.shufflenet.spark.inference.Natives;
import io.shufflenet.spark.inference.Surroundings;
import io.shufflenet.spark.inference.Trial;
import io.shufflenet.spark.report.TextTable;
import io.shufflenet.spark.report.TextTable.Align;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Executors as a table, and their faults, each once with those that have it, for a person. */
final class DoctorReport {
  private static final String NOTHING = "-";
  private static final int NAMED = 10;

  private final DoctorMemory memory;
  private final TextTable table =
      new TextTable(
          Align.LEFT,
          Align.LEFT,
          Align.RIGHT,
          Align.LEFT,
          Align.LEFT,
          Align.RIGHT,
          Align.LEFT,
          Align.LEFT,
          Align.LEFT,
          Align.LEFT,
          Align.RIGHT,
          Align.RIGHT,
          Align.LEFT);
  private final Map<DoctorFault, Group> groups = new LinkedHashMap<>();

  /** Those whose faults differ in nothing but numbers, as the folders of executors do. */
  private record Group(List<String> whose, Set<DoctorFault> faults) {
    void addTo(List<String> lines) {
      DoctorFault first = faults.iterator().next();
      String example = faults.size() > 1 ? " (this is %s's)".formatted(whose.get(0)) : "";
      lines.add("");
      lines.add("Fault of %s: %s%s".formatted(named(whose), first.what(), example));
      lines.add("  Cure: " + first.cure());
    }
  }

  DoctorReport(DoctorMemory memory) {
    this.memory = memory;
    table.row(
        "executor",
        "host",
        "tasks",
        "Java",
        "C library",
        "free disk",
        "libtorch",
        "OpenCV",
        "device",
        "check image",
        "decode",
        "forward",
        "native memory");
  }

  /** Adds the executor's line. */
  DoctorReport line(DoctorCheckup checkup, int executorsOfHost) {
    Finding<Surroundings> surroundings = checkup.surroundings();
    Optional<Trial> trial = checkup.trial().map(Function.identity());
    int slots = checkup.executor().slots();
    table.row(
        checkup.executor().id(),
        checkup.executor().host(),
        Integer.toString(slots),
        surroundings.map(Surroundings::java).orElse(NOTHING),
        surroundings.map(Surroundings::cLibrary).orElse(NOTHING),
        surroundings.map(DoctorReport::free).orElse(NOTHING),
        cell(checkup.natives().map(Natives::network)),
        cell(checkup.natives().map(Natives::images)),
        device(trial),
        trial.isEmpty() ? NOTHING : checked(trial.get().network()),
        rate(trial.map(Trial::decoding)),
        rate(trial.map(Trial::forward)),
        surroundings
            .map(
                found ->
                    "%s GiB, needs %s"
                        .formatted(
                            DoctorMemory.gibibytes(memory.availableBytes(found, executorsOfHost)),
                            DoctorMemory.gibibytes(memory.neededBytes(slots))))
            .orElse(NOTHING));
    return this;
  }

  /**
   * Adds faults.
   *
   * @param whose {@code executor 1}, for example
   */
  DoctorReport faults(String whose, List<DoctorFault> faults) {
    for (DoctorFault fault : faults) {
      DoctorFault kind = new DoctorFault(fault.what().replaceAll("[0-9]+", "N"), fault.cure());
      Group group =
          groups.computeIfAbsent(
              kind, absent -> new Group(new ArrayList<>(), new LinkedHashSet<>()));
      group.whose().add(whose);
      group.faults().add(fault);
    }
    return this;
  }

  boolean isWell() {
    return groups.isEmpty();
  }

  /** The table, and below it the faults. */
  List<String> lines() {
    List<String> lines = new ArrayList<>(table.lines());
    lines.add("  free disk: where native libraries unpack; native memory: outside Java's heap");
    lines.add(
        "  decode, forward: images/s of one task of each executor, all at once, of a JPEG of 500 x"
            + " 375 pixels");
    groups.values().forEach(group -> group.addTo(lines));
    return lines;
  }

  private static String named(List<String> whose) {
    String first = String.join(", ", whose.subList(0, Math.min(NAMED, whose.size())));
    return whose.size() <= NAMED ? first : "%s and %d more".formatted(first, whose.size() - NAMED);
  }

  private static String free(Surroundings surroundings) {
    long bytes =
        Math.min(surroundings.networkFolder().freeBytes(), surroundings.imageFolder().freeBytes());
    return bytes < 0 ? NOTHING : DoctorMemory.gibibytes(bytes) + " GiB";
  }

  private static String cell(Optional<Finding<String>> finding) {
    return finding.map(found -> found.isFailed() ? "FAULT" : found.value()).orElse(NOTHING);
  }

  private static String device(Optional<Trial> trial) {
    if (trial.isEmpty()) {
      return NOTHING;
    }
    Finding<String> device = trial.get().device();
    if (device.isFailed()) {
      return "FAULT";
    }
    return device
        .map(name -> trial.get().network().map(kind -> name + ", " + kind).orElse(name))
        .orElse(NOTHING);
  }

  private static String checked(Finding<String> network) {
    if (network.isFailed()) {
      return "FAULT";
    }
    return network.isFound() ? "equal" : NOTHING;
  }

  private static String rate(Optional<Finding<Double>> finding) {
    return finding
        .map(
            found ->
                found.isFailed()
                    ? "FAULT"
                    : found.map(rate -> String.format(Locale.ROOT, "%.0f", rate)).orElse(NOTHING))
        .orElse(NOTHING);
  }
}
