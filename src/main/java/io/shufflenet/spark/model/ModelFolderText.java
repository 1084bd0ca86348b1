package io.shufflenet.spark.model;

import io.shufflenet.spark.image.Preprocessing;
import io.shufflenet.spark.model.torchscript.Precision;

/** Tells the people who are given a {@link ModelFolder} how to use it. */
final class ModelFolderText {
  private ModelFolderText() {}

  static String of(Weights weights, Preprocessing preprocessing, Precision precision) {
    return """
        # %1$s, %2$s classes

        `model.pt` is a TorchScript module in %3$s, made by shufflenet-spark of the checkpoint with SHA-256
        `%4$s`.

        - Input: pixels `(N, %5$s, %5$s, 3)`, any N, RGB, 0..255, of any type (uint8 is fastest). Mean, deviation and
          channel order of the network's training are applied inside: do not normalise.
        - Output: logits `(N, %2$s)`, float32. A softmax makes probabilities of them. `synset.txt` names the classes, a
          line each.
        - Preprocessing (%6$s): the shorter side resized to %7$s pixels,
          %8$s; then the middle %5$s x %5$s.

        Python (`map_location="cuda"` for a GPU):

            network = torch.jit.load("model.pt", map_location="cpu")
            with torch.inference_mode():
                probabilities = network(pixels).softmax(1)

        DJL, which reads `serving.properties` and `synset.txt`:

            Criteria.builder().setTypes(Image.class, Classifications.class).optEngine("PyTorch")
                .optModelUrls("file:///path/of/this/folder")
                .optTranslatorFactory(new ImageClassificationTranslatorFactory()).build().loadModel()

        DJL decodes, resizes (always with antialiasing) and crops images in its own way, so its probabilities differ
        somewhat from the ones that the network gives with the preprocessing that it was trained for, which
        shufflenet-spark has:

            jobs/evaluate.sh --model FOLDER/model.pt --input IMAGES --output RESULTS
        """
        .formatted(
            weights.name(),
            weights.classes(),
            words(precision),
            weights.sha256(),
            preprocessing.cropSize(),
            preprocessing.name(),
            preprocessing.shortSide(),
            words(preprocessing.resize()));
  }

  private static String words(Precision precision) {
    return switch (precision) {
      case FLOAT32 -> "float32";
      case BFLOAT16 -> "bfloat16, for devices with instructions for it";
      case FLOAT16 -> "float16, for GPUs";
    };
  }

  private static String words(Preprocessing.Resize resize) {
    return switch (resize) {
      case LINEAR -> "bilinear without antialiasing, as OpenCV's `INTER_LINEAR` does";
      case ANTIALIASED_TRIANGLE -> "bilinear with antialiasing, as Pillow does";
    };
  }
}
