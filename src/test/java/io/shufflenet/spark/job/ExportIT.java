package io.shufflenet.spark.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.inference.Predictor;
import ai.djl.modality.Classifications;
import ai.djl.modality.cv.Image;
import ai.djl.modality.cv.ImageFactory;
import ai.djl.modality.cv.translator.ImageClassificationTranslatorFactory;
import ai.djl.repository.zoo.Criteria;
import ai.djl.repository.zoo.ZooModel;
import io.shufflenet.spark.GoldenFiles;
import io.shufflenet.spark.LocalSpark;
import io.shufflenet.spark.demo.DemoImages;
import io.shufflenet.spark.job.Workplace.Said;
import io.shufflenet.spark.model.ModelDescription;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The demo's network, exported and used. */
final class ExportIT {
  private static final int SAMPLE = 48;

  /** Of probabilities that are computed by other operations. */
  private static final double SAME = 1e-5;

  /** From here on, an image is clear: another resampling does not change its class. */
  private static final double CLEAR = 0.95;

  @TempDir private static Path folder;
  private static Path checkpoint;
  private static Path exported;
  private static List<Row> predictions;

  @BeforeAll
  static void arrange() {
    LocalSpark.session();
    checkpoint = folder.resolve("shufflenetv1-0.5x-g3.pth.tar");
    exported = folder.resolve("exported");
    assertDone(Workplace.say("demo", folder.toString()));
    assertDone(export(checkpoint, exported));
    predictions = predictions(folder.resolve("images"), checkpoint, "of-checkpoint");
  }

  private static void assertDone(Said said) {
    assertThat(said.exitCode()).as(said.err()).isZero();
  }

  private static Said export(Path checkpoint, Path output, String... options) {
    List<String> arguments =
        new ArrayList<>(
            List.of("export", "--model", checkpoint.toString(), "--output", output.toString()));
    arguments.addAll(List.of(options));
    return Workplace.say(arguments.toArray(String[]::new));
  }

  private static List<Row> predictions(Path images, Path model, String output) {
    assertDone(
        Workplace.say(
            "predict",
            "--input",
            images.toString(),
            "--limit",
            Integer.toString(SAMPLE),
            "--model",
            model.toString(),
            "--output",
            folder.resolve(output).toString(),
            "--set",
            "output.scores=true"));
    return LocalSpark.session()
        .read()
        .parquet(folder.resolve(output).resolve("predictions").toString())
        .sort("relative_path")
        .collectAsList();
  }

  @Test
  void predictsAsTheCheckpointDoes() {
    List<Row> ofModule =
        predictions(folder.resolve("images"), exported.resolve("model.pt"), "of-module");

    assertThat(ofModule).hasSize(SAMPLE);
    for (int image = 0; image < SAMPLE; image++) {
      assertSame(ofModule.get(image), predictions.get(image));
    }
  }

  private static void assertSame(Row actual, Row expected) {
    String path = expected.getAs("relative_path");
    assertThat(actual.<String>getAs("relative_path")).isEqualTo(path);
    assertThat(actual.<String>getAs("predicted")).isEqualTo(expected.<String>getAs("predicted"));
    List<Float> probabilities = actual.getList(actual.fieldIndex("scores"));
    List<Float> expectations = expected.getList(expected.fieldIndex("scores"));
    for (int index = 0; index < expectations.size(); index++) {
      assertThat((double) probabilities.get(index))
          .as(path)
          .isCloseTo(expectations.get(index), within(SAME));
    }
  }

  @Test
  void djlFindsItByUrlAndClassifiesClearImagesAsWeDo() throws Exception {
    List<Row> clear =
        predictions.stream().filter(row -> row.<Float>getAs("probability") >= CLEAR).toList();
    assertThat(clear).hasSizeGreaterThan(SAMPLE / 4);

    try (ZooModel<Image, Classifications> model = criteria(exported).loadModel();
        Predictor<Image, Classifications> predictor = model.newPredictor()) {
      for (Row row : clear) {
        Classifications.Classification best = predictor.predict(image(row)).best();

        assertThat(best.getClassName())
            .as(row.<String>getAs("relative_path"))
            .isEqualTo(row.<String>getAs("predicted"));
        assertThat(best.getProbability()).isBetween(0.5, 1.0);
      }
    }
  }

  @Test
  void djlClassifiesBatchesToo() throws Exception {
    try (ZooModel<Image, Classifications> model = criteria(exported).loadModel();
        Predictor<Image, Classifications> predictor = model.newPredictor()) {
      List<Image> images = new ArrayList<>();
      for (Row row : predictions.subList(0, 3)) {
        images.add(image(row));
      }

      List<Classifications> together = predictor.batchPredict(images);

      assertThat(together).hasSize(3);
      for (int index = 0; index < 3; index++) {
        assertThat(together.get(index).getClassNames()).isEqualTo(DemoImages.CLASSES);
        assertThat(together.get(index).best().getProbability())
            .isCloseTo(predictor.predict(images.get(index)).best().getProbability(), within(SAME));
      }
    }
  }

  @Test
  void djlHasOurProbabilitiesOfImagesThatNeedNoResizing() throws Exception {
    Path squares = Files.createDirectory(folder.resolve("squares"));
    for (Row row : predictions.subList(0, 3)) {
      writeSquare(row, squares);
    }
    List<Row> ours = predictions(squares, checkpoint, "of-squares");

    try (ZooModel<Image, Classifications> model = criteria(exported).loadModel();
        Predictor<Image, Classifications> predictor = model.newPredictor()) {
      assertThat(ours).hasSize(3);
      for (Row row : ours) {
        Path square = squares.resolve(row.<String>getAs("relative_path"));
        List<Float> expectations = row.getList(row.fieldIndex("scores"));

        Classifications classes = predictor.predict(ImageFactory.getInstance().fromFile(square));

        for (int index = 0; index < expectations.size(); index++) {
          assertThat(classes.getProbabilities().get(index))
              .as(square.toString())
              .isCloseTo(expectations.get(index), within(SAME));
        }
      }
    }
  }

  /** An image as PNG, of a size that the demo's network's preprocessing leaves as it is. */
  private static void writeSquare(Row row, Path squares) throws IOException {
    BufferedImage square = new BufferedImage(146, 146, BufferedImage.TYPE_3BYTE_BGR);
    Path file = folder.resolve("images").resolve(row.<String>getAs("relative_path"));
    square.createGraphics().drawImage(ImageIO.read(file.toFile()), 0, 0, 146, 146, null);
    ImageIO.write(square, "png", squares.resolve(file.getFileName() + ".png").toFile());
  }

  @Test
  void aCheckpointAloneIsExportedWithIndicesForNames() throws Exception {
    Path output = folder.resolve("golden");

    assertDone(export(GoldenFiles.CHECKPOINT, output));

    Path photograph = GoldenFiles.IMAGES.resolve("j_420.jpg");
    try (ZooModel<Image, Classifications> model = criteria(output).loadModel();
        Predictor<Image, Classifications> predictor = model.newPredictor()) {
      Classifications classes = predictor.predict(ImageFactory.getInstance().fromFile(photograph));
      assertThat(classes.getClassNames())
          .containsExactly("0", "1", "2", "3", "4", "5", "6", "7", "8", "9");
      assertThat(classes.getProbabilities().stream().mapToDouble(p -> p).sum())
          .isCloseTo(1, within(1e-5));
    }
  }

  private static Criteria<Image, Classifications> criteria(Path exported) {
    return Criteria.builder()
        .setTypes(Image.class, Classifications.class)
        .optEngine("PyTorch")
        .optModelUrls(exported.toUri().toString())
        .optTranslatorFactory(new ImageClassificationTranslatorFactory())
        .build();
  }

  private static Image image(Row row) throws IOException {
    Path file = folder.resolve("images").resolve(row.<String>getAs("relative_path"));
    return ImageFactory.getInstance().fromFile(file);
  }

  @Test
  void takesNamesPresetAndSizeFromTheCommandLine() throws IOException {
    List<String> names = List.of("a", "b", "c", "d", "e", "f", "g", "h", "i", "j");
    Path file = Files.write(folder.resolve("ten.txt"), names);
    Path output = folder.resolve("named");

    Said said =
        export(
            GoldenFiles.CHECKPOINT,
            output,
            "--class-names",
            file.toString(),
            "--preprocessing",
            "torchvision",
            "--input-size",
            "128");

    assertDone(said);
    assertThat(said.out())
        .isEqualTo(
            "Exported shufflenetv1-0.5x-g3 of 10 classes, fp32: file:%s/model.pt\n"
                .formatted(output));
    assertThat(output.resolve("synset.txt")).hasContent(String.join("\n", names) + "\n");
    ModelDescription description =
        ModelDescription.read(Files.readAllBytes(output.resolve("model.pt.json")), "json");
    assertThat(description.classNames()).isEqualTo(names);
    assertThat(description.preprocessing().name()).isEqualTo("torchvision");
    assertThat(description.preprocessing().cropSize()).isEqualTo(128);
  }

  @Test
  void otherNumbersOfNamesThanClassesAreRefused() throws IOException {
    Path file = Files.writeString(folder.resolve("two.txt"), "a\nb\n");
    Path output = folder.resolve("refused");

    Said said = export(GoldenFiles.CHECKPOINT, output, "--class-names", file.toString());

    assertThat(said.exitCode()).isEqualTo(2);
    assertThat(said.err())
        .isEqualTo(
            "Error: Cannot use class names %s: there are 2 names, and the model has 10 classes\n"
                .formatted(file));
    assertThat(output).doesNotExist();
  }

  @Test
  void anOutputThatExistsIsRefused() {
    Said said = export(checkpoint, exported);

    assertThat(said.exitCode()).isEqualTo(2);
    assertThat(said.err())
        .isEqualTo(
            ("Error: Cannot write to --output file:%s: it is there already. Name a new folder, or"
                    + " delete it\n")
                .formatted(exported));
  }

  @Test
  void anUnknownPrecisionIsRefused() {
    Said said = export(checkpoint, folder.resolve("refused"), "--precision", "int8");

    assertThat(said.exitCode()).isEqualTo(2);
    assertThat(said.err())
        .isEqualTo("Error: Cannot export with --precision int8: it is one of [fp32, bf16, fp16]\n");
  }

  @Test
  void inspectTellsThatTheModuleTakesPixels() {
    Said said = Workplace.say("inspect", exported.resolve("model.pt").toString());

    assertDone(said);
    assertThat(said.out())
        .containsPattern("input +pixels as they are, uint8 \\(N, height, width, 3\\)\n")
        .containsPattern("classes +" + DemoImages.CLASSES.size() + "\n");
  }
}
