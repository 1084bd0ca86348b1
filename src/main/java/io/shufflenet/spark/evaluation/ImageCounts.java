package io.shufflenet.spark.evaluation;

/**
 * How many images there are of each sort.
 *
 * @param images all of them: labelled plus unlabelled
 * @param labelled images with a label, failed ones among them
 * @param unlabelled images without a label, failed ones among them
 * @param failed images without a prediction
 * @param labelledFailed those of the failed that have a label
 * @param evaluated images with label and prediction, which the metrics run over
 * @param rotated images whose EXIF orientation is not the upright 1; null where it is not known
 */
public record ImageCounts(
    long images,
    long labelled,
    long unlabelled,
    long failed,
    long labelledFailed,
    long evaluated,
    Long rotated) {}
