package io.shufflenet.spark.inference;

import java.io.Serializable;

/**
 * How a task slot does what the job will ask of it.
 *
 * @param device that the task got, and what computes there, for example {@code cpu}
 * @param network what computes, for example {@code onednn fp32}, once its logits of the check image
 *     were found equal to the driver's
 * @param decoding images decoded and cropped in a second
 * @param forward images classified in a second
 */
public record Trial(
    Finding<String> device,
    Finding<String> network,
    Finding<Double> decoding,
    Finding<Double> forward)
    implements Serializable {}
