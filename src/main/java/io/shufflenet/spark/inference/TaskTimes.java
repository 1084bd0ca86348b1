package io.shufflenet.spark.inference;

/**
 * Where the tasks' time went, in seconds summed over tasks.
 *
 * @param read getting encoded bytes
 * @param decode from bytes to pixels
 * @param preprocess from pixels to crops
 * @param waiting standing still until another thread's device answers
 * @param total all of it, with Spark's part, from the task's first image to its end; time of the
 *     forward pass is in it where tasks compute themselves, on a CPU
 */
public record TaskTimes(
    double read, double decode, double preprocess, double waiting, double total) {}
