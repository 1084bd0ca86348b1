package io.shufflenet.spark.model;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.shufflenet.spark.image.Preprocessing;
import io.shufflenet.spark.image.Preprocessing.Resize;
import java.util.Locale;

/** Puts descriptions into words, those that {@link DescriptionReader} looks for. */
final class DescriptionWriter {
  static final String INPUT_SIZE = "input_size";
  static final String PREPROCESSING = "preprocessing";
  static final String NAME = "name";
  static final String RESIZE = "resize";
  static final String SHORT_SIDE = "short_side";
  static final String CHANNELS = "channels";
  static final String MEAN = "mean";
  static final String DEVIATION = "deviation";
  static final String CLASS_NAMES = "class_names";

  private static final Gson GSON =
      new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create();

  private DescriptionWriter() {}

  static String json(ModelDescription description) {
    JsonObject root = new JsonObject();
    root.addProperty(INPUT_SIZE, description.preprocessing().cropSize());
    root.add(PREPROCESSING, object(description.preprocessing()));
    if (!description.classNames().isEmpty()) {
      JsonArray names = new JsonArray();
      description.classNames().forEach(names::add);
      root.add(CLASS_NAMES, names);
    }
    return GSON.toJson(root) + "\n";
  }

  private static JsonObject object(Preprocessing preprocessing) {
    JsonArray mean = new JsonArray();
    preprocessing.mean().forEach(mean::add);
    JsonArray deviation = new JsonArray();
    preprocessing.deviation().forEach(deviation::add);
    JsonObject object = new JsonObject();
    object.addProperty(NAME, preprocessing.name());
    object.addProperty(RESIZE, word(preprocessing.resize()));
    object.addProperty(SHORT_SIDE, preprocessing.shortSide());
    object.addProperty(CHANNELS, preprocessing.channels().name());
    object.add(MEAN, mean);
    object.add(DEVIATION, deviation);
    return object;
  }

  static String word(Resize resize) {
    return resize.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
