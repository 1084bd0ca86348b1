package io.shufflenet.spark.job;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.shufflenet.spark.LocalSpark;
import io.shufflenet.spark.image.Preprocessing;
import io.shufflenet.spark.job.Workplace.Said;
import io.shufflenet.spark.model.ModelDescription;
import java.awt.Color;
import java.awt.Graphics;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Modules that users bring. */
final class TorchScriptIT {
  @TempDir private static Path images;
  @TempDir private Path folder;

  @BeforeAll
  static void arrange() throws IOException {
    LocalSpark.session();
    paint("blue", Color.BLUE);
    paint("green", Color.GREEN);
    paint("red", Color.RED);
  }

  private static void paint(String name, Color colour) throws IOException {
    BufferedImage image = new BufferedImage(300, 260, BufferedImage.TYPE_INT_RGB);
    Graphics graphics = image.getGraphics();
    graphics.setColor(colour);
    graphics.fillRect(0, 0, 300, 260);
    Path classFolder = Files.createDirectory(images.resolve(name));
    assertThat(ImageIO.write(image, "png", classFolder.resolve("image.png").toFile())).isTrue();
  }

  @Test
  void aModuleOfNormalisedPlanesIsEvaluated() throws IOException {
    Said said = evaluate(UserModule.write(folder.resolve("net.pt"), UserModule.PLANES));

    assertThat(said.exitCode()).as(said.err()).isZero();
    assertThat(top1()).isEqualTo(1);
    JsonObject provenance = json("run.json").getAsJsonObject("provenance");
    assertThat(provenance.get("architecture").getAsString()).isEqualTo("torchscript");
    assertThat(provenance.get("preprocessing").getAsString()).isEqualTo("megvii");
  }

  @Test
  void theFileBesideAModuleSaysHowItIsFed() throws IOException {
    Path module = UserModule.write(folder.resolve("net.pt"), UserModule.PLANES);
    describe(module, Preprocessing.TORCHVISION, List.of("red", "green", "blue"));

    Said said = evaluate(module);

    assertThat(said.exitCode()).as(said.err()).isZero();
    assertThat(top1()).isEqualTo(1);
  }

  @Test
  void aPresetBesideTheModulesOwnIsRefused() throws IOException {
    Path module = UserModule.write(folder.resolve("net.pt"), UserModule.PLANES);
    describe(module, Preprocessing.TORCHVISION, List.of());

    Said said = evaluate(module, "--set", "image.preprocessing=megvii");

    assertRefused(
        said,
        "Cannot use image.preprocessing = megvii: file:%s.json says how the TorchScript module is"
            + " fed",
        module);
  }

  @Test
  void otherNumbersOfNamesThanClassesAreRefused() throws IOException {
    Path module = UserModule.write(folder.resolve("net.pt"), UserModule.PLANES);
    describe(module, Preprocessing.MEGVII, List.of("one", "two"));

    assertRefused(
        evaluate(module),
        "Cannot read file:%s.json: it has 2 class names, and the TorchScript module beside it has 3"
            + " classes",
        module);
  }

  @Test
  void aFixedBatchSizeIsRefusedWithWhatToDo() throws IOException {
    Path module = UserModule.write(folder.resolve("net.pt"), UserModule.FOUR_IMAGES);

    assertRefused(
        evaluate(module),
        "Cannot use the TorchScript module %s: it fails on 2 images of shape (2, 224, 224, 3):"
            + " shape '[4, 3, 224, 224]' is invalid for input of size 301056; it fails on 2 images"
            + " of shape (2, 3, 224, 224): shape '[4, 3, 224, 224]' is invalid for input of size 301056. A network that"
            + " torch.jit.trace made may hold the batch size of its example, as Megvii's code does:"
            + " name its checkpoint instead",
        module);
  }

  @Test
  void aModuleThatGivesMoreThanLogitsIsRefused() throws IOException {
    Path module = UserModule.write(folder.resolve("net.pt"), UserModule.TUPLE);

    Said said = evaluate(module);

    assertThat(said.exitCode()).isEqualTo(2);
    assertThat(said.err())
        .startsWith("Error: Cannot use the TorchScript module " + module + ": ")
        .contains("the module gives 2 tensors, not one");
    assertThat(folder.resolve("out")).doesNotExist();
  }

  @Test
  void anArchiveThatLibtorchCannotLoadIsRefused() throws IOException {
    Path module = folder.resolve("net.pt");
    try (OutputStream out = Files.newOutputStream(module);
        ZipOutputStream zip = new ZipOutputStream(out)) {
      zip.putNextEntry(new ZipEntry("net/constants.pkl"));
      zip.putNextEntry(new ZipEntry("net/code/__torch__.py"));
    }

    Said said = evaluate(module);

    assertThat(said.exitCode()).isEqualTo(2);
    assertThat(said.err())
        .startsWith(
            "Error: Cannot use the TorchScript module " + module + ": libtorch cannot load it: ");
  }

  @Test
  void anArchitectureThatIsClaimedIsRefused() throws IOException {
    Path module = UserModule.write(folder.resolve("net.pt"), UserModule.PLANES);

    assertRefused(
        evaluate(module, "--set", "model.architecture=1.0x-g3"),
        "Cannot check model.architecture = shufflenetv1-1.0x-g3: the model is a TorchScript module,"
            + " which does not tell its own");
  }

  @Test
  void anEmbeddingIsRefused() throws IOException {
    Path module = UserModule.write(folder.resolve("net.pt"), UserModule.PLANES);

    assertRefused(
        evaluate(module, "--set", "output.embedding=pooled"),
        "Cannot use output.embedding = pooled with a TorchScript module: it gives logits and no"
            + " embedding; name the checkpoint that it was made of");
  }

  @Test
  void trainingAndExportStartFromCheckpointsOnly() throws IOException {
    Path module = UserModule.write(folder.resolve("net.pt"), UserModule.PLANES);
    String output = folder.resolve("out").toString();
    String refusal =
        "Cannot read checkpoint %s: it is a TorchScript module; name the checkpoint that it was made"
            + " from";

    Said trained =
        Workplace.say(
            "train",
            "--model",
            module.toString(),
            "--input",
            images.toString(),
            "--output",
            output);
    Said exported = Workplace.say("export", "--model", module.toString(), "--output", output);

    assertRefused(trained, refusal, module);
    assertRefused(exported, refusal, module);
  }

  @Test
  void inspectTellsWhatAModuleTakes() throws IOException {
    Path module = UserModule.write(folder.resolve("net.pt"), UserModule.PLANES);
    describe(module, Preprocessing.TORCHVISION, List.of("red", "green", "blue"));

    Said said = Workplace.say("inspect", module.toString());

    assertThat(said.exitCode()).as(said.err()).isZero();
    assertThat(said.out())
        .containsPattern("kind +TorchScript module\n")
        .containsPattern("input +normalised pixels, float32 \\(N, 3, height, width\\)\n")
        .containsPattern("classes +3\n")
        .containsPattern("input size +224 x 224\n")
        .containsPattern("class names +3: red, green, blue\n")
        .containsPattern("SHA-256 +[0-9a-f]{64}\n");
  }

  @Test
  void aModuleHasNoTensorsToList() throws IOException {
    Path module = UserModule.write(folder.resolve("net.pt"), UserModule.PLANES);

    assertRefused(
        Workplace.say("inspect", "--tensors", module.toString()),
        "Cannot list the tensors of %s: it is a TorchScript module",
        module);
  }

  private static void describe(Path module, Preprocessing preprocessing, List<String> names)
      throws IOException {
    Files.writeString(
        Path.of(ModelDescription.fileName(module.toString())),
        new ModelDescription(preprocessing, names).json());
  }

  private Said evaluate(Path module, String... options) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "evaluate",
                "--model",
                module.toString(),
                "--input",
                images.toString(),
                "--output",
                folder.resolve("out").toString()));
    arguments.addAll(List.of(options));
    return Workplace.say(arguments.toArray(String[]::new));
  }

  private double top1() throws IOException {
    return json("report/report.json").getAsJsonObject("summary").get("top1").getAsDouble();
  }

  private JsonObject json(String name) throws IOException {
    String text = Files.readString(folder.resolve("out").resolve(name));
    return JsonParser.parseString(text).getAsJsonObject();
  }

  @SuppressWarnings("AnnotateFormatMethod")
  private void assertRefused(Said said, String message, Object... arguments) {
    assertThat(said.exitCode()).isEqualTo(2);
    assertThat(said.err()).isEqualTo("Error: " + message.formatted(arguments) + "\n");
    assertThat(folder.resolve("out")).doesNotExist();
  }
}
