package io.shufflenet.spark.job;

import com.typesafe.config.Config;
import io.shufflenet.spark.image.Orientation;
import io.shufflenet.spark.image.Preprocessing;
import io.shufflenet.spark.inference.CheckpointFile;
import io.shufflenet.spark.inference.InferenceSettings;
import io.shufflenet.spark.inference.LoadedModel;
import io.shufflenet.spark.model.Architecture;
import io.shufflenet.spark.model.DevicePolicy;
import io.shufflenet.spark.model.PrecisionPolicy;
import io.shufflenet.spark.model.Weights;
import io.shufflenet.spark.results.PredictionSchema.Embedding;
import io.shufflenet.spark.results.PredictionSchema.Scores;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.apache.hadoop.conf.Configuration;

/**
 * Those of a job's settings that its executors feel.
 *
 * @param modelPath empty: an untrained network
 * @param preprocessing a preset; empty: the model's own
 * @param inputSize side in pixels of the square that the model sees; empty: the model's own
 */
record DoctorSettings(
    Optional<String> modelPath,
    Optional<Preprocessing> preprocessing,
    OptionalInt inputSize,
    Orientation orientation,
    long maxPixels,
    int maxBytes,
    DevicePolicy device,
    PrecisionPolicy precision) {
  private static final Architecture UNTRAINED = new Architecture(3, "1.0x");
  private static final int CLASSES = 1000;

  DoctorSettings {
    inputSize.ifPresent(Preprocessing::requireInputSize);
    SettingValues.requirePositive(maxPixels, "image.max-pixels");
    SettingValues.requirePositive(maxBytes, "image.max-bytes");
  }

  /**
   * @throws IllegalArgumentException if a value is of the wrong type or out of range; the message
   *     names its key
   */
  static DoctorSettings of(Config config) {
    return SettingValues.read(config, DoctorSettings::parse);
  }

  private static DoctorSettings parse(Config config) {
    return new DoctorSettings(
        SettingValues.optional(config.getString("model.path")),
        SettingValues.optional(config.getString("image.preprocessing")).map(Preprocessing::named),
        SettingValues.optional(config.getInt("image.input-size")),
        Orientation.named(config.getString("image.orientation")),
        config.getLong("image.max-pixels"),
        config.getInt("image.max-bytes"),
        SettingValues.device(config.getString("inference.device"), "inference.device"),
        SettingValues.precision(config.getString("inference.precision")));
  }

  /** What a job of these settings sends to its executors. */
  InferenceSettings inference(Configuration hadoop) throws IOException {
    LoadedModel model =
        modelPath.isPresent()
            ? CheckpointFile.readEither(
                hadoop, "model.path", modelPath.get(), preprocessing, inputSize)
            : new LoadedModel(Weights.initialised(UNTRAINED, CLASSES, 0), Optional.empty());
    return new InferenceSettings(
        model.network(),
        List.of(),
        model.preprocessing(preprocessing, inputSize),
        orientation,
        device,
        precision,
        List.of(),
        1.0,
        1,
        Scores.NONE,
        Embedding.NONE,
        maxPixels,
        maxBytes);
  }
}
