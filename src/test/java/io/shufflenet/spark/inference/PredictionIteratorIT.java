package io.shufflenet.spark.inference;

import static org.assertj.core.api.Assertions.assertThat;

import io.shufflenet.spark.GoldenFiles;
import io.shufflenet.spark.LocalSpark;
import io.shufflenet.spark.dataset.ImageReader;
import io.shufflenet.spark.image.Orientation;
import io.shufflenet.spark.image.Preprocessing;
import io.shufflenet.spark.model.DevicePolicy;
import io.shufflenet.spark.model.PrecisionPolicy;
import io.shufflenet.spark.model.Weights;
import io.shufflenet.spark.results.PredictionSchema.Embedding;
import io.shufflenet.spark.results.PredictionSchema.Scores;
import io.shufflenet.spark.results.RunRecord.LoadedClassifier;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(300)
final class PredictionIteratorIT {
  private static final int BATCH = 4;
  private static final String GOOD = GoldenFiles.IMAGES.resolve("j_420.jpg").toString();
  private static final StructType PATHS = new StructType().add("path", DataTypes.StringType);

  private final InferenceMetrics metrics =
      new InferenceMetrics(LocalSpark.session().sparkContext());
  private final Semaphore read = new Semaphore(0);

  PredictionIteratorIT() {
    metrics.used(new LoadedClassifier("driver", "here", "cpu", "onednn fp32", 8, 0));
  }

  @Test
  void aQueueGivesTheRowsThatComputingInTurnGives() throws IOException {
    List<String> paths = goldenPaths();
    List<List<Object>> inTurn = columns(paths, new InTurn(new SumOfPixels(), nanos -> {}));

    try (DeviceQueue queue = new DeviceQueue("gpu:0", new SumOfPixels());
        Forward task = queue.forTask(nanos -> {}, nanos -> {})) {
      assertThat(columns(paths, task)).isEqualTo(inTurn);
    }
    assertThat(inTurn).extracting(row -> row.get(0)).isEqualTo(paths);
  }

  @Test
  void imagesAreDecodedWhileTheDeviceComputes() throws Exception {
    FakeDevice device = FakeDevice.held(BATCH);
    try (DeviceQueue queue = new DeviceQueue("gpu:0", device);
        Forward task = queue.forTask(nanos -> {}, nanos -> {})) {
      List<String> paths = Collections.nCopies(20, GOOD);
      CompletableFuture<List<Row>> rows = CompletableFuture.supplyAsync(() -> rows(paths, task));
      read.acquire(3 * BATCH); // none is answered yet

      device.release();
      assertThat(rows.join()).hasSize(20);
    }
  }

  @Test
  void onACpuNoMoreThanABatchIsDecodedAhead() {
    iterator(Collections.nCopies(20, GOOD), new InTurn(new SumOfPixels(), nanos -> {})).next();

    assertThat(read.availablePermits()).isEqualTo(BATCH);
  }

  @Test
  void rowsThatWaitAreFewWhereMostImagesAreBad() {
    List<String> paths = new ArrayList<>(List.of(GOOD));
    paths.addAll(Collections.nCopies(100, "/nowhere/gone.jpg"));

    iterator(paths, new InTurn(new SumOfPixels(), nanos -> {})).next();

    assertThat(read.availablePermits()).isEqualTo(8 * BATCH);
  }

  /** Ten logits that depend on nothing but the crop. */
  private static final class SumOfPixels implements Device {
    @Override
    public int batchSize() {
      return BATCH;
    }

    @Override
    public float[][] outputs(List<byte[]> crops) {
      return crops.stream().map(SumOfPixels::logits).toArray(float[][]::new);
    }

    private static float[] logits(byte[] crop) {
      float[] logits = new float[10];
      for (int place = 0; place < crop.length; place++) {
        logits[place % 10] += Byte.toUnsignedInt(crop[place]) / 1e6f;
      }
      return logits;
    }
  }

  /** Each row's values, arrays as lists. */
  private List<List<Object>> columns(List<String> paths, Forward forward) {
    return rows(paths, forward).stream()
        .map(
            row ->
                IntStream.range(0, row.size())
                    .mapToObj(row::get)
                    .map(PredictionIteratorIT::listed)
                    .toList())
        .toList();
  }

  private static Object listed(Object value) {
    return value instanceof Object[] array ? List.of(array) : value;
  }

  private List<Row> rows(List<String> paths, Forward forward) {
    List<Row> rows = new ArrayList<>();
    iterator(paths, forward).forEachRemaining(rows::add);
    return rows;
  }

  private PredictionIterator iterator(List<String> paths, Forward forward) {
    Iterator<Row> images =
        paths.stream()
            .map(
                path -> {
                  read.release();
                  return RowFactory.create(path);
                })
            .iterator();
    InferenceSettings settings = settings();
    return new PredictionIterator(
        images,
        ImageColumns.of(PATHS),
        new ImageReader(new Configuration(), settings.maxBytes()),
        settings.decoder(),
        forward,
        settings,
        metrics);
  }

  private static InferenceSettings settings() {
    try {
      return new InferenceSettings(
          Weights.read(Files.readAllBytes(GoldenFiles.CHECKPOINT), "golden"),
          List.of(),
          Preprocessing.MEGVII,
          Orientation.IGNORE,
          DevicePolicy.CPU,
          PrecisionPolicy.FP32,
          List.of(),
          1.0,
          5,
          Scores.NONE,
          Embedding.NONE,
          89_478_485,
          1 << 26);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static List<String> goldenPaths() throws IOException {
    try (Stream<Path> files = Files.list(GoldenFiles.IMAGES)) {
      return files.map(Path::toString).sorted().toList();
    }
  }
}
