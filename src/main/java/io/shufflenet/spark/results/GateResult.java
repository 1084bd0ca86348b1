package io.shufflenet.spark.results;

/**
 * How one requirement of a result came out.
 *
 * @param gate its key without {@code gates.}, for example {@code min-top1}
 * @param limit what the key is set to
 * @param measured what was held against the limit; null where there was nothing to measure, which
 *     fails the gate
 * @param message one sentence with the figures and what they are of
 */
public record GateResult(
    String gate, double limit, Double measured, boolean passed, String message) {}
