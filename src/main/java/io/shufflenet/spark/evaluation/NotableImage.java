package io.shufflenet.spark.evaluation;

/**
 * An image for a person to look at.
 *
 * @param path null where the table names no file
 * @param relativePath null where the table has none
 * @param label the class it is said to be; null without a label
 * @param predicted the class that the network takes it for
 * @param probability of the predicted class; null where the predictions do not tell
 * @param labelProbability of the label's class; null where the predictions do not tell
 * @param second the second most probable class; null where the predictions do not tell
 * @param secondProbability of the second class; null where the predictions do not tell
 */
public record NotableImage(
    String path,
    String relativePath,
    String label,
    String predicted,
    Double probability,
    Double labelProbability,
    String second,
    Double secondProbability) {}
