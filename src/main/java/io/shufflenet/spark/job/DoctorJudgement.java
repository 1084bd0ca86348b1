package io.shufflenet.spark.job;

import io.shufflenet.spark.inference.Finding;
import io.shufflenet.spark.inference.Natives;
import io.shufflenet.spark.inference.Surroundings;
import io.shufflenet.spark.inference.Trial;
import io.shufflenet.spark.inference.UnpackFolder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Tells an executor's faults from what was found out about it, and a cure for each. */
final class DoctorJudgement {
  private static final String GLIBC = "glibc ";

  private final List<DoctorCheckup> all;
  private final DoctorFolders folders;
  private final DoctorMemory memory;

  /**
   * @param all the job's executors
   */
  DoctorJudgement(List<DoctorCheckup> all, DoctorMemory memory) {
    this.all = all;
    this.folders =
        new DoctorFolders(
            all.stream()
                .collect(
                    Collectors.toMap(
                        checkup -> checkup.executor().id(), DoctorCheckup::surroundings)));
    this.memory = memory;
  }

  /** Of one of the executors. */
  List<DoctorFault> faults(DoctorCheckup checkup) {
    List<DoctorFault> faults = new ArrayList<>();
    if (!checkup.lost().isEmpty()) {
      faults.add(lost(checkup.lost()));
    }
    faults.addAll(loading(checkup));
    for (DoctorLibrary library : DoctorLibrary.values()) {
      sharing(checkup, library).ifPresent(faults::add);
    }
    checkup.trial().map(DoctorJudgement::trial).ifPresent(faults::addAll);
    checkup
        .surroundings()
        .map(Function.<Surroundings>identity())
        .flatMap(surroundings -> memory(checkup, surroundings))
        .ifPresent(faults::add);
    return faults;
  }

  /** The faults of its native libraries; the driver has these too, where it runs no tasks. */
  static List<DoctorFault> loading(DoctorCheckup checkup) {
    if (!checkup.natives().isFound()) {
      return List.of();
    }
    Natives natives = checkup.natives().value();
    return Arrays.stream(DoctorLibrary.values())
        .filter(library -> library.loaded(natives).isFailed())
        .map(library -> unloaded(checkup, library))
        .toList();
  }

  private static DoctorFault lost(String reason) {
    return new DoctorFault("it could not be examined: " + reason, cureOfLoss(reason));
  }

  private static String cureOfLoss(String reason) {
    if (reason.contains("UnsupportedClassVersionError")) {
      return "give the executors Java 17 or later, for example by spark.executorEnv.JAVA_HOME";
    }
    if (reason.contains("memory") || endedWith(reason, 137)) {
      return "it was probably killed for its memory: raise spark.executor.memoryOverhead";
    }
    if (endedWith(reason, 134) || endedWith(reason, 139)) {
      return "native code ended its JVM: its standard error, and the hs_err file in its working"
          + " folder, tell where";
    }
    return "its standard error tells more; Spark's web page links to it (Executors)";
  }

  private static boolean endedWith(String reason, int code) {
    return Pattern.compile("(code|status)\\D{0,4}" + code + "\\b").matcher(reason).find();
  }

  private static DoctorFault unloaded(DoctorCheckup checkup, DoctorLibrary library) {
    Surroundings surroundings = checkup.surroundings().value();
    UnpackFolder folder = library.folder(surroundings);
    String name = library.label();
    if (!folder.obstacle().isEmpty()) {
      return new DoctorFault(
          "cannot unpack %s into %s: %s".formatted(name, folder.path(), folder.obstacle()),
          otherFolder(checkup, library));
    }
    if (!folder.executable()) {
      return new DoctorFault(
          "cannot load %s from %s: its file system is mounted noexec"
              .formatted(name, folder.path()),
          otherFolder(checkup, library));
    }
    long free = folder.freeBytes() >> 20;
    if (folder.freeBytes() >= 0 && free < library.mebibytes()) {
      return new DoctorFault(
          "cannot unpack %s into %s: %d MiB are free, and it needs %d"
              .formatted(name, folder.path(), free, library.mebibytes()),
          otherFolder(checkup, library));
    }
    if (isTooOld(surroundings.cLibrary(), library.glibc(surroundings))) {
      return new DoctorFault(
          "cannot load %s: the host has %s, and it needs glibc %s"
              .formatted(name, surroundings.cLibrary(), library.glibc(surroundings)),
          library.newerGlibc());
    }
    return new DoctorFault(
        library.loaded(checkup.natives().value()).failure(),
        "see that the jars of target/dist/lib for the host's platform are among --jars, as"
            + " jobs/shufflenet.sh sees to");
  }

  private static String otherFolder(DoctorCheckup checkup, DoctorLibrary library) {
    String wanted =
        "a folder with %d MiB free, where files may be written and run"
            .formatted(library.mebibytes());
    return checkup.isInDriver()
        ? "set %s in the environment: %s".formatted(library.driversFolder(), wanted)
        : "give %s, as conf/spark-cluster.conf does, or name there %s"
            .formatted(library.ownFolder(), wanted);
  }

  /** Also where it is another C library than glibc. */
  private static boolean isTooOld(String cLibrary, String needed) {
    return !cLibrary.startsWith(GLIBC) || isBefore(cLibrary.substring(GLIBC.length()), needed);
  }

  private static boolean isBefore(String version, String other) {
    return Arrays.compare(numbers(version), numbers(other)) < 0;
  }

  private static int[] numbers(String version) {
    return Arrays.stream(version.split("[^0-9]+"))
        .filter(part -> !part.isEmpty())
        .mapToInt(Integer::parseInt)
        .toArray();
  }

  private Optional<DoctorFault> sharing(DoctorCheckup checkup, DoctorLibrary library) {
    if (folders.sharers(checkup.executor().id(), library).isEmpty()) {
      return Optional.empty();
    }
    String path = checkup.surroundings().map(found -> library.folder(found).path()).orElse("");
    return Optional.of(
        new DoctorFault(
            "%s unpacks into %s, which several executors share: two that unpack at once can spoil"
                    .formatted(library.label(), path)
                + " each other's files",
            "give each executor a folder of its own, as conf/spark-cluster.conf does: %s"
                .formatted(library.ownFolder())));
  }

  private static List<DoctorFault> trial(Trial trial) {
    List<DoctorFault> faults = new ArrayList<>();
    add(
        faults,
        trial.device(),
        trial.device().failure().contains("inference.precision")
            ? "give these executors processors that have it, or --set inference.precision=fp32"
            : "conf/spark-gpu.conf says how executors get GPUs and a libtorch that is built for"
                + " CUDA; --set inference.device=cpu does without");
    add(
        faults,
        trial.network(),
        "take its host or GPU out of service until that is repaired; if all executors say so, the"
            + " driver's host may be the one that is wrong");
    add(faults, trial.decoding(), "use the OpenCV that comes with this build, and no other");
    add(faults, trial.forward(), "see the executor's standard error");
    return faults;
  }

  private static void add(List<DoctorFault> faults, Finding<?> finding, String cure) {
    if (finding.isFailed()) {
      faults.add(new DoctorFault(finding.failure(), cure));
    }
  }

  private Optional<DoctorFault> memory(DoctorCheckup checkup, Surroundings surroundings) {
    int slots = checkup.executor().slots();
    int executors = executorsOfHost(checkup);
    long available = memory.availableBytes(surroundings, executors);
    long needed = memory.neededBytes(slots);
    if (available >= needed) {
      return Optional.empty();
    }
    if (memory.overheadBytes().isPresent()) {
      long whole = (needed + DoctorMemory.GIBIBYTE - 1) / DoctorMemory.GIBIBYTE;
      return Optional.of(
          new DoctorFault(
              "%s GiB are granted outside Java's heap, and native code may need %s: 0.6 GB, and for"
                      .formatted(DoctorMemory.gibibytes(available), DoctorMemory.gibibytes(needed))
                  + " each of %d tasks an image of image.max-pixels".formatted(slots),
              "set spark.executor.memoryOverhead=%dg, or fewer spark.executor.cores or"
                      .formatted(whole)
                  + " image.max-pixels"));
    }
    return Optional.of(
        new DoctorFault(
            "the host's memory leaves %s GiB outside Java's heap to each of its %d executors, and"
                    .formatted(DoctorMemory.gibibytes(available), executors)
                + " native code may need %s for %d tasks"
                    .formatted(DoctorMemory.gibibytes(needed), slots),
            "make the heap smaller (spark.executor.memory; --driver-memory on one machine), or run"
                + " fewer tasks on the host"));
  }

  /** How many of the executors, this one included, share its host's memory. */
  int executorsOfHost(DoctorCheckup checkup) {
    return (int) all.stream().filter(other -> host(other).equals(host(checkup))).count();
  }

  private static Optional<String> host(DoctorCheckup checkup) {
    return checkup.surroundings().map(Surroundings::host);
  }
}
