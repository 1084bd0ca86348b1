package io.shufflenet.spark.training;

import java.util.ArrayList;
import java.util.List;

/** What a listener was told. */
class Heard implements TrainingListener {
  final List<Metrics> trained = new ArrayList<>();
  final List<Metrics> measured = new ArrayList<>();
  final List<Long> validating = new ArrayList<>();
  final List<Long> recomputing = new ArrayList<>();

  @Override
  public void trained(Metrics soFar) {
    trained.add(soFar);
  }

  @Override
  public void measured(Metrics row) {
    measured.add(row);
  }

  @Override
  public void validating(long image, long images) {
    validating.add(image);
  }

  @Override
  public void recomputing(long image, long images) {
    recomputing.add(image);
  }
}
