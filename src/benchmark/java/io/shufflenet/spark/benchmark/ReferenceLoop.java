package io.shufflenet.spark.benchmark;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The usual Python loop over the same images and weights: src/test/python/reference_loop.py under
 * Debian's Python. Before it is measured it computes the logits of some crops, and they are
 * compared with the block's.
 */
final class ReferenceLoop {
  private static final String PYTHON = "/usr/bin/python3";

  private final Path home;
  private final Path work;
  private final Path images;
  private final Path checkpoint;
  private final double difference;

  /** How the loop is run. */
  enum Style {
    /** Float32, batches of 200, one process that loads, torch's own number of threads. */
    AS_SHIPPED("usual Python loop, as shipped"),
    /** What an expert makes of it. */
    TUNED("usual Python loop, tuned");

    private final String label;

    Style(String label) {
      this.label = label;
    }

    String label() {
      return label;
    }

    private List<String> options(int cores) {
      return this == AS_SHIPPED
          ? List.of("--batch", "200", "--workers", "1")
          : List.of("--batch", "32", "--workers", "2", "--channels-last", "--threads", "" + cores);
    }
  }

  /**
   * @param images a folder with a sub-folder a class
   * @throws IllegalStateException if Python lacks what the loop needs; the message names the
   *     packages
   */
  ReferenceLoop(
      Path home, Path work, Path images, Path checkpoint, Contender block, List<byte[]> crops)
      throws IOException {
    this.home = home;
    this.work = work;
    this.images = images;
    this.checkpoint = checkpoint;
    if (!ChildProcess.works(PYTHON, "-c", "import torch, torchvision, cv2, PIL")) {
      throw new IllegalStateException(
          "Cannot run the usual Python loop: "
              + PYTHON
              + " lacks torch, torchvision or OpenCV; on Debian and Ubuntu: "
              + "apt-get install python3-torch python3-torchvision python3-opencv");
    }
    difference = checked(block, crops);
  }

  private double checked(Contender block, List<byte[]> crops) throws IOException {
    Path check = work.resolve("reference-check");
    ByteBuffer bytes = ByteBuffer.allocate(crops.size() * crops.get(0).length);
    crops.forEach(bytes::put);
    float[] logits = Agreement.logits(block, crops);
    ByteBuffer expected =
        ByteBuffer.allocate(logits.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    expected.asFloatBuffer().put(logits);
    Files.write(Path.of(check + ".crops"), bytes.array());
    Files.write(Path.of(check + ".logits"), expected.array());
    double off = answer(List.of("--check", check.toString())).get("difference").getAsDouble();
    if (!new Agreement(off, 1).isExact()) {
      throw new IllegalStateException(
          "Cannot compare with the usual Python loop: its logits are off by " + off);
    }
    return off;
  }

  /** How far its logits are from the block's, over the block's largest. */
  double difference() {
    return difference;
  }

  /** Images/s from the first image that is read to the last prediction. */
  double imagesPerSecond(Style style) throws IOException {
    JsonObject answer = answer(style.options(Runtime.getRuntime().availableProcessors()));
    return answer.get("images").getAsDouble() / answer.get("seconds").getAsDouble();
  }

  /** The object that the loop prints last. */
  private JsonObject answer(List<String> options) throws IOException {
    List<String> command = new ArrayList<>();
    command.addAll(List.of(PYTHON, home.resolve("src/test/python/reference_loop.py").toString()));
    command.addAll(List.of(images.toString(), checkpoint.toString()));
    command.addAll(options);
    List<String> lines =
        ChildProcess.run(home, work.resolve("reference.log"), command).lines().toList();
    return JsonParser.parseString(lines.get(lines.size() - 1)).getAsJsonObject();
  }
}
