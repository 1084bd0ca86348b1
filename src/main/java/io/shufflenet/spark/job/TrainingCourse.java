package io.shufflenet.spark.job;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import io.shufflenet.spark.model.ModelDescription;
import java.util.List;

/**
 * All that decides what comes of a training run: its settings, its first weights, its classes and
 * its images. A run goes on only where all of it is as before.
 */
record TrainingCourse(JsonObject facts) {
  private static final Gson GSON =
      new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create();
  private static final String IMAGES = "images_sha256";

  /**
   * What is known before the images are copied.
   *
   * @param settings as JSON
   * @param startSha256 of the checkpoint started from, or of untrained weights
   * @param description of the model that is to come of it
   */
  static TrainingCourse of(
      String settings, String startSha256, int classes, ModelDescription description) {
    JsonObject facts = new JsonObject();
    facts.add("settings", JsonParser.parseString(settings));
    facts.addProperty("start_weights_sha256", startSha256);
    facts.addProperty("classes", classes);
    facts.add("model", JsonParser.parseString(description.json()));
    return new TrainingCourse(facts);
  }

  /**
   * @throws IllegalArgumentException if the text is not what {@link #json} gave
   */
  static TrainingCourse parse(String json) {
    try {
      return new TrainingCourse(JsonParser.parseString(json).getAsJsonObject());
    } catch (JsonParseException | IllegalStateException e) {
      throw new IllegalArgumentException(
          "Cannot go on with the unfinished run: training.json in its folder is damaged; delete the"
              + " folder to start anew",
          e);
    }
  }

  /**
   * @param fingerprints of training set and validation set
   */
  TrainingCourse withImages(List<String> fingerprints) {
    JsonObject more = facts.deepCopy();
    more.add(IMAGES, GSON.toJsonTree(fingerprints));
    return new TrainingCourse(more);
  }

  TrainingCourse withoutImages() {
    JsonObject fewer = facts.deepCopy();
    fewer.remove(IMAGES);
    return new TrainingCourse(fewer);
  }

  String json() {
    return GSON.toJson(facts) + "\n";
  }

  /**
   * @param earlier of the run to go on with
   * @throws IllegalArgumentException if they differ; the message names what
   */
  void requireSame(TrainingCourse earlier) {
    FirstDifference.between(facts, earlier.facts)
        .ifPresent(
            difference -> {
              throw new IllegalArgumentException(
                  ("Cannot go on with the unfinished run: %s is %s, and was %s when it began%s. Make"
                          + " it as it was, or train into a new folder")
                      .formatted(
                          difference.key().replaceFirst("^settings\\.", ""),
                          difference.now(),
                          difference.then(),
                          difference.more()));
            });
  }
}
