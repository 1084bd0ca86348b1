package io.shufflenet.spark.model;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import io.shufflenet.spark.image.Preprocessing;
import io.shufflenet.spark.image.Preprocessing.ChannelOrder;
import io.shufflenet.spark.image.Preprocessing.Resize;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Reads what {@link DescriptionWriter} writes, from a file that anybody may have written. */
final class DescriptionReader {
  private static final int COLOURS = 3;
  private static final int LONGEST_SIDE = 8192;
  private static final int SHOWN = 40;

  private final String source;

  DescriptionReader(String source) {
    this.source = source;
  }

  ModelDescription read(byte[] file) {
    JsonObject root = parsed(file);
    Preprocessing preprocessing = preprocessing(root);
    List<String> names =
        root.has(DescriptionWriter.CLASS_NAMES)
            ? texts(root, DescriptionWriter.CLASS_NAMES)
            : List.of();
    ModelDescription.flaw(names)
        .ifPresent(
            flaw -> {
              throw cannotRead(DescriptionWriter.CLASS_NAMES + ": " + flaw);
            });
    return new ModelDescription(preprocessing, names);
  }

  private JsonObject parsed(byte[] file) {
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(file)).toString();
      if (JsonParser.parseString(text) instanceof JsonObject root) {
        return root;
      }
      throw cannotRead("it is not a JSON object");
    } catch (CharacterCodingException e) {
      throw cannotRead("it is not UTF-8", e);
    } catch (JsonParseException e) {
      throw cannotRead("it is not JSON: " + e.getMessage(), e);
    }
  }

  private Preprocessing preprocessing(JsonObject root) {
    int size = integer(root, DescriptionWriter.INPUT_SIZE);
    if (!Preprocessing.isInputSize(size)) {
      throw wrong(root, DescriptionWriter.INPUT_SIZE, "a multiple of 32, from 32 to 1024");
    }
    if (!(member(root, DescriptionWriter.PREPROCESSING) instanceof JsonObject object)) {
      throw wrong(root, DescriptionWriter.PREPROCESSING, "an object");
    }
    return new Preprocessing(
        name(object),
        choice(object, DescriptionWriter.RESIZE, Resize.values(), DescriptionWriter::word),
        shortSide(object, size),
        size,
        choice(object, DescriptionWriter.CHANNELS, ChannelOrder.values(), ChannelOrder::name),
        numbers(object, DescriptionWriter.MEAN),
        deviation(object));
  }

  private String name(JsonObject object) {
    String name = text(object, DescriptionWriter.NAME);
    if (name.isBlank()) {
      throw wrong(object, DescriptionWriter.NAME, "a name");
    }
    return name;
  }

  private int shortSide(JsonObject object, int size) {
    int side = integer(object, DescriptionWriter.SHORT_SIDE);
    if (side < size || side > LONGEST_SIDE) {
      throw wrong(
          object,
          DescriptionWriter.SHORT_SIDE,
          "from %s, the input size, to %s".formatted(size, LONGEST_SIDE));
    }
    return side;
  }

  private List<Float> deviation(JsonObject object) {
    List<Float> deviation = numbers(object, DescriptionWriter.DEVIATION);
    if (deviation.stream().anyMatch(value -> value <= 0)) {
      throw wrong(object, DescriptionWriter.DEVIATION, "three numbers above 0");
    }
    return deviation;
  }

  private <T> T choice(JsonObject object, String key, T[] values, Function<T, String> word) {
    String chosen = text(object, key);
    return Arrays.stream(values)
        .filter(value -> word.apply(value).equals(chosen))
        .findFirst()
        .orElseThrow(
            () ->
                wrong(
                    object,
                    key,
                    Arrays.stream(values).map(word).collect(Collectors.joining(" or "))));
  }

  private int integer(JsonObject object, String key) {
    try {
      if (isNumber(member(object, key))) {
        return object.get(key).getAsBigDecimal().intValueExact();
      }
    } catch (ArithmeticException | NumberFormatException e) {
      throw wrong(object, key, "a whole number");
    }
    throw wrong(object, key, "a whole number");
  }

  private String text(JsonObject object, String key) {
    if (!isText(member(object, key))) {
      throw wrong(object, key, "a text");
    }
    return object.get(key).getAsString();
  }

  private List<Float> numbers(JsonObject object, String key) {
    JsonArray array = array(object, key);
    List<JsonElement> elements = array.asList();
    if (array.size() != COLOURS || !elements.stream().allMatch(DescriptionReader::isFinite)) {
      throw wrong(object, key, "three numbers");
    }
    return elements.stream().map(JsonElement::getAsFloat).toList();
  }

  private List<String> texts(JsonObject object, String key) {
    List<String> texts = new ArrayList<>();
    for (JsonElement element : array(object, key)) {
      if (!isText(element)) {
        throw wrong(object, key, "a list of texts");
      }
      texts.add(element.getAsString());
    }
    return texts;
  }

  private JsonArray array(JsonObject object, String key) {
    if (member(object, key) instanceof JsonArray array) {
      return array;
    }
    throw wrong(object, key, "a list");
  }

  private JsonElement member(JsonObject object, String key) {
    JsonElement member = object.get(key);
    if (member == null) {
      throw cannotRead("it has no " + key);
    }
    return member;
  }

  private static boolean isNumber(JsonElement element) {
    return element.isJsonPrimitive() && element.getAsJsonPrimitive().isNumber();
  }

  private static boolean isFinite(JsonElement element) {
    return isNumber(element) && Float.isFinite(element.getAsFloat());
  }

  private static boolean isText(JsonElement element) {
    return element.isJsonPrimitive() && element.getAsJsonPrimitive().isString();
  }

  private IllegalArgumentException wrong(JsonObject object, String key, String expected) {
    String value = object.get(key).toString();
    String shown = value.length() <= SHOWN ? value : value.substring(0, SHOWN) + "...";
    return cannotRead("%s is %s, and must be %s".formatted(key, shown, expected));
  }

  private IllegalArgumentException cannotRead(String reason) {
    return new IllegalArgumentException("Cannot read %s: %s".formatted(source, reason));
  }

  private IllegalArgumentException cannotRead(String reason, Exception cause) {
    return new IllegalArgumentException("Cannot read %s: %s".formatted(source, reason), cause);
  }
}
