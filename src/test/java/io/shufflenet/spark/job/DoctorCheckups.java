package io.shufflenet.spark.job;

import io.shufflenet.spark.inference.Finding;
import io.shufflenet.spark.inference.Natives;
import io.shufflenet.spark.inference.Surroundings;
import io.shufflenet.spark.inference.Trial;
import io.shufflenet.spark.inference.UnpackFolder;

/** What healthy executors are found to be, for tests that change a part of it. */
final class DoctorCheckups {
  static final long GIBIBYTE = 1L << 30;

  private DoctorCheckups() {}

  static UnpackFolder folder(String path) {
    return new UnpackFolder(path, "", true, 20 * GIBIBYTE, "id of " + path);
  }

  static Surroundings surroundings(String cLibrary, UnpackFolder network, UnpackFolder images) {
    return new Surroundings(
        "worker-1", "17.0.15", cLibrary, "2.29", "2.35", network, images, GIBIBYTE, 64 * GIBIBYTE);
  }

  static Surroundings surroundingsOf(String id) {
    return surroundings(
        "glibc 2.36", folder("/scratch/" + id + "/djl"), folder("/scratch/" + id + "/javacpp"));
  }

  static Natives loaded() {
    return new Natives(Finding.of("2.7.1"), Finding.of("4.13.0"));
  }

  static Trial trial() {
    return new Trial(
        Finding.of("cpu"), Finding.of("onednn fp32"), Finding.of(640.4), Finding.of(161.7));
  }

  static DoctorExecutor executor(String id) {
    return new DoctorExecutor(id, "worker-1", 4);
  }

  static DoctorCheckup well(String id) {
    return with(id, surroundingsOf(id), loaded(), trial());
  }

  static DoctorCheckup with(String id, Surroundings surroundings, Natives natives, Trial trial) {
    return new DoctorCheckup(
        executor(id), Finding.of(surroundings), Finding.of(natives), Finding.of(trial));
  }

  /** One whose libtorch could not be loaded. */
  static DoctorCheckup withoutLibtorch(String id, Surroundings surroundings) {
    return new DoctorCheckup(
        executor(id),
        Finding.of(surroundings),
        Finding.of(
            new Natives(Finding.failed("Cannot load libtorch: the reason"), Finding.of("4.13.0"))),
        Finding.of(new Trial(Finding.none(), Finding.none(), Finding.of(640.4), Finding.none())));
  }
}
