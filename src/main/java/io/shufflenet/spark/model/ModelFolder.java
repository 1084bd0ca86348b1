package io.shufflenet.spark.model;

import io.shufflenet.spark.image.Preprocessing;
import io.shufflenet.spark.image.Preprocessing.ChannelOrder;
import io.shufflenet.spark.model.torchscript.Precision;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * A network as a folder for others: DJL's {@code Criteria} loads it by the folder's URL and
 * preprocesses as its properties say, PyTorch loads the module alone, and this project predicts
 * with the module as with the checkpoint. The module is that of {@link Compiler}, by the portable
 * backend, for pixels in RGB.
 */
public final class ModelFolder {
  /** One of the names that DJL looks for, whatever the folder's own. */
  public static final String MODULE = "model.pt";

  private static final List<Float> NO_MEAN = List.of(0f, 0f, 0f);
  private static final List<Float> NO_DEVIATION = List.of(1f, 1f, 1f);

  private ModelFolder() {}

  /**
   * The contents of the folder's files by their names; the same for the same arguments.
   *
   * @param description of the checkpoint: its preprocessing goes into the module
   * @throws IllegalArgumentException if a class's name has a line break, for DJL reads a name a
   *     line
   */
  public static Map<String, byte[]> files(
      Weights weights, ModelDescription description, Precision precision) {
    Preprocessing preprocessing = description.preprocessing();
    Target target = Target.of(Backend.PORTABLE, precision);
    ModelDescription exported =
        new ModelDescription(ofPixels(preprocessing), description.classNames());
    Map<String, byte[]> files = new LinkedHashMap<>();
    files.put("synset.txt", utf8(synset(weights.classes(), description.classNames())));
    files.put("serving.properties", utf8(servingProperties(preprocessing)));
    files.put("README.md", utf8(ModelFolderText.of(weights, preprocessing, precision)));
    files.put(ModelDescription.fileName(MODULE), utf8(exported.json()));
    files.put(MODULE, Compiler.compile(weights, preprocessing, ChannelOrder.RGB, target).archive());
    return Collections.unmodifiableMap(files);
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** What is left to do before the module: it normalises by itself. */
  private static Preprocessing ofPixels(Preprocessing preprocessing) {
    return new Preprocessing(
        preprocessing.name(),
        preprocessing.resize(),
        preprocessing.shortSide(),
        preprocessing.cropSize(),
        ChannelOrder.RGB,
        NO_MEAN,
        NO_DEVIATION);
  }

  private static String synset(int classes, List<String> names) {
    for (int index = 0; index < names.size(); index++) {
      if (names.get(index).indexOf('\n') >= 0 || names.get(index).indexOf('\r') >= 0) {
        throw new IllegalArgumentException(
            "Cannot export the classes' names: the name of class %s has a line break"
                .formatted(index));
      }
    }
    List<String> lines =
        names.isEmpty() ? IntStream.range(0, classes).mapToObj(Integer::toString).toList() : names;
    return String.join("\n", lines) + "\n";
  }

  /**
   * What DJL's ImageClassificationTranslator and its loader of models read. The module takes pixels
   * as they are, so there is neither {@code toTensor} nor {@code normalize}. DJL's bilinear
   * resizing antialiases, and rounds down: of all it has, it is nearest to both presets.
   */
  private static String servingProperties(Preprocessing preprocessing) {
    return """
        engine=PyTorch
        option.mapLocation=true
        translatorFactory=ai.djl.modality.cv.translator.ImageClassificationTranslatorFactory
        width=%1$s
        height=%1$s
        resizeShort=%2$s,-1,BILINEAR
        centerCrop=true
        toTensor=false
        applySoftmax=true
        """
        .formatted(preprocessing.cropSize(), preprocessing.shortSide());
  }
}
