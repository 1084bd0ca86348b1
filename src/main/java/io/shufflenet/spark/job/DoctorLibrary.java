package io.shufflenet.spark.job;

import io.shufflenet.spark.inference.Finding;
import io.shufflenet.spark.inference.Natives;
import io.shufflenet.spark.inference.Surroundings;
import io.shufflenet.spark.inference.UnpackFolder;

/** A native library, and how a user says where it unpacks. */
enum DoctorLibrary {
  LIBTORCH(
      "libtorch",
      450,
      "--conf spark.executorEnv.DJL_CACHE_DIR=./djl",
      "DJL_CACHE_DIR=FOLDER",
      "use hosts or an image with glibc 2.29 or later (Ubuntu 20.04, Debian 11, RHEL 9)") {
    @Override
    UnpackFolder folder(Surroundings surroundings) {
      return surroundings.networkFolder();
    }

    @Override
    String glibc(Surroundings surroundings) {
      return surroundings.networkGlibc();
    }

    @Override
    Finding<String> loaded(Natives natives) {
      return natives.network();
    }
  },
  OPENCV(
      "OpenCV",
      130,
      "--conf spark.executor.extraJavaOptions=-Dorg.bytedeco.javacpp.cachedir=./javacpp",
      "JAVA_TOOL_OPTIONS=-Dorg.bytedeco.javacpp.cachedir=FOLDER",
      "use hosts or an image with glibc 2.35 or later (Ubuntu 22.04, Debian 12), or build with"
          + " mvn -P old-glibc clean package, for 2.29 and later") {
    @Override
    UnpackFolder folder(Surroundings surroundings) {
      return surroundings.imageFolder();
    }

    @Override
    String glibc(Surroundings surroundings) {
      return surroundings.imageGlibc();
    }

    @Override
    Finding<String> loaded(Natives natives) {
      return natives.images();
    }
  };

  private final String label;
  private final int mebibytes;
  private final String ownFolder;
  private final String driversFolder;
  private final String newerGlibc;

  DoctorLibrary(
      String label, int mebibytes, String ownFolder, String driversFolder, String newerGlibc) {
    this.label = label;
    this.mebibytes = mebibytes;
    this.ownFolder = ownFolder;
    this.driversFolder = driversFolder;
    this.newerGlibc = newerGlibc;
  }

  /** As a person calls it. */
  String label() {
    return label;
  }

  /** What it takes on the disk, in MiB. */
  int mebibytes() {
    return mebibytes;
  }

  abstract UnpackFolder folder(Surroundings surroundings);

  /** The version that it needs at least. */
  abstract String glibc(Surroundings surroundings);

  abstract Finding<String> loaded(Natives natives);

  /** The Spark setting that gives each executor a folder of its own. */
  String ownFolder() {
    return ownFolder;
  }

  /** What to put into the environment of the driver for another folder. */
  String driversFolder() {
    return driversFolder;
  }

  /** What to do where the C library is too old. */
  String newerGlibc() {
    return newerGlibc;
  }
}
