package io.shufflenet.spark.training;

import java.util.Optional;

/**
 * What is known at an iteration.
 *
 * @param epoch how often the training set has been gone through
 * @param learningRate of the iteration
 * @param loss mean smoothed cross entropy since the last row
 * @param accuracy share of augmented images classified right since the last row, in training mode
 * @param imagesPerSecond trained since the last row
 * @param validation where it was due
 */
public record Metrics(
    long iteration,
    double epoch,
    double learningRate,
    double loss,
    double accuracy,
    double imagesPerSecond,
    Optional<Validation> validation) {

  Metrics with(Optional<Validation> result) {
    return new Metrics(iteration, epoch, learningRate, loss, accuracy, imagesPerSecond, result);
  }
}
