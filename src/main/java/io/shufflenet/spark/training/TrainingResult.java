package io.shufflenet.spark.training;

import java.util.Optional;

/**
 * How a finished training run did on its validation set, where it has one.
 *
 * @param running with the running statistics of training, as in the last checkpoint
 * @param averaged with the statistics averaged over the training set, as in the model
 */
public record TrainingResult(Optional<Validation> running, Optional<Validation> averaged) {}
