package io.shufflenet.spark.job;

import com.google.gson.Gson;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.shufflenet.spark.dataset.InputSettings;
import io.shufflenet.spark.inference.InferenceSettings;
import io.shufflenet.spark.model.ModelDescription;
import io.shufflenet.spark.results.PredictionSchema.Embedding;
import io.shufflenet.spark.results.PredictionSchema.Scores;
import java.util.List;

/**
 * All that decides what a prediction's row says, the image apart. A run keeps the rows of an
 * earlier one only where all of it is the same.
 */
record PredictionCourse(JsonObject facts) {
  private static final Gson JSON = new Gson();
  private static final String RESTRICTION = "classes.restrict";
  private static final String TEMPERATURE = "inference.temperature";
  private static final String EMBEDDING = "output.embedding";

  /**
   * @param source what is read, as {@code run.json} calls it
   */
  static PredictionCourse of(String source, InputSettings input, InferenceSettings inference) {
    JsonObject facts = new JsonObject();
    facts.addProperty("input.path", source);
    facts.addProperty("input.root", input.root());
    facts.addProperty("input.columns.content", input.columns().content());
    facts.addProperty("input.columns.path", input.columns().path());
    facts.add("input.keep", JSON.toJsonTree(input.keep()));
    facts.addProperty("model_sha256", inference.network().sha256());
    facts.add(
        "model",
        JsonParser.parseString(new ModelDescription(inference.preprocessing(), List.of()).json()));
    facts.add("class_names", byIndex(inference.classNames()));
    facts.addProperty("image.orientation", inference.orientation().label());
    facts.addProperty("image.max-pixels", inference.maxPixels());
    facts.addProperty("image.max-bytes", inference.maxBytes());
    facts.add(RESTRICTION, JSON.toJsonTree(inference.restriction()));
    facts.addProperty(TEMPERATURE, inference.temperature());
    facts.addProperty("inference.precision", inference.precision().label());
    facts.addProperty("inference.top-k", inference.topK());
    facts.addProperty("output.scores", inference.scores() == Scores.ALL_CLASSES);
    facts.addProperty(EMBEDDING, inference.embedding().label());
    return new PredictionCourse(facts);
  }

  /** A run of an older version does not tell what it could not have. */
  private static JsonObject completed(JsonObject earlier) {
    JsonObject completed = earlier.deepCopy();
    if (!completed.has(RESTRICTION)) {
      completed.add(RESTRICTION, new JsonArray());
    }
    if (!completed.has(TEMPERATURE)) {
      completed.addProperty(TEMPERATURE, 1.0);
    }
    if (!completed.has(EMBEDDING)) {
      completed.addProperty(EMBEDDING, Embedding.NONE.label());
    }
    return completed;
  }

  /** So that one name of a thousand can be told to differ. */
  private static JsonObject byIndex(List<String> names) {
    JsonObject named = new JsonObject();
    for (int index = 0; index < names.size(); index++) {
      named.addProperty(Integer.toString(index), names.get(index));
    }
    return named;
  }

  /**
   * @param earlier what decided the rows that are to be kept
   * @throws IllegalArgumentException if they differ; the message names what
   */
  void requireSame(JsonObject earlier) {
    FirstDifference.between(facts, completed(earlier))
        .ifPresent(
            difference -> {
              throw new IllegalArgumentException(
                  ("Cannot resume: %s is %s, and was %s in the earlier run%s. Make it as it was, use"
                          + " --mode overwrite, or name a new folder")
                      .formatted(
                          difference.key(),
                          difference.now(),
                          difference.then(),
                          difference.more()));
            });
  }
}
