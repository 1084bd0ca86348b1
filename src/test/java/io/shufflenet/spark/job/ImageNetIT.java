package io.shufflenet.spark.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.shufflenet.spark.job.Workplace.Said;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * ImageNet's flat validation folder in small: the golden images, a devkit of ten classes, and names
 * as Kaggle's {@code LOC_synset_mapping.txt} has them.
 */
final class ImageNetIT {
  /** The devkit's order; the model's is the sorted one. */
  private static final List<String> SYNSETS =
      List.of(
          "n02119789",
          "n02100735",
          "n02110185",
          "n02096294",
          "n02102040",
          "n02066245",
          "n02509815",
          "n02124075",
          "n02417914",
          "n02123394");

  @TempDir private Path folder;
  private Workplace work;
  private Path flat;
  private String truth;
  private String synsets;
  private String mapping;

  @BeforeEach
  void arrange() throws IOException {
    work = new Workplace(folder);
    flat = Files.createDirectory(folder.resolve("val"));
    List<String> ids = new ArrayList<>();
    for (Path image : Workplace.goldenImages()) {
      ids.add(Integer.toString(ids.size() % 10 + 1));
      Files.copy(image, flat.resolve("ILSVRC2012_val_%08d.JPEG".formatted(ids.size())));
    }
    truth = "input.ground-truth=" + Files.write(folder.resolve("truth.txt"), ids);
    synsets = "input.synsets=" + Files.write(folder.resolve("synsets.txt"), SYNSETS);
    List<String> lines = SYNSETS.stream().sorted().map(id -> id + " the " + id).toList();
    mapping = "model.class-names=" + Files.write(folder.resolve("mapping.txt"), lines);
  }

  @Test
  void aFlatFolderIsEvaluatedByTheDevkitsFiles() {
    Said said = evaluate(flat.toString(), "--set", truth, "--set", synsets, "--set", mapping);

    assertThat(said.exitCode()).as(said.err()).isZero();
    assertThat(said.out()).contains("labels by " + folder.resolve("truth.txt"));
    List<String> sorted = SYNSETS.stream().sorted().toList();
    for (Row row : work.predictions().collectAsList()) {
      String name = row.<String>getAs("relative_path");
      int image = Integer.parseInt(name.replaceAll("ILSVRC2012_val_|\\.JPEG", ""));
      String synset = SYNSETS.get((image - 1) % 10);
      assertThat(row.<String>getAs("label")).as(name).isEqualTo("the " + synset);
      assertThat(row.<Integer>getAs("label_index")).as(name).isEqualTo(sorted.indexOf(synset));
      if (row.isNullAt(row.fieldIndex("error"))) {
        assertThat(row.<String>getAs("predicted"))
            .isEqualTo("the " + sorted.get(row.<Integer>getAs("predicted_index")));
      }
    }
  }

  @Test
  void aPackedFlatFolderKeepsItsLabels() {
    Path table = folder.resolve("val.parquet");
    Said packed =
        Workplace.say(
            "pack",
            "--input",
            flat.toString(),
            "--output",
            table.toString(),
            "--set",
            truth,
            "--set",
            synsets);
    Said said = evaluate(table.toString(), "--set", mapping);

    assertThat(packed.exitCode()).as(packed.err()).isZero();
    assertThat(said.exitCode()).as(said.err()).isZero();
    Row first = work.predictions().filter("relative_path = 'ILSVRC2012_val_00000001.JPEG'").first();
    assertThat(first.<String>getAs("label")).isEqualTo("the n02119789");
    assertThat(first.<Integer>getAs("label_index")).isEqualTo(5);
  }

  @Test
  void withoutTheDevkitsOrderAFlatFolderIsRefused() {
    Said said = evaluate(flat.toString(), "--set", truth);

    assertThat(said.exitCode()).isEqualTo(2);
    assertThat(said.err())
        .contains("without input.synsets: its numbers are the devkit's ids (ILSVRC2012_ID)");
    assertThat(work.output()).doesNotExist();
  }

  private Said evaluate(String input, String... options) {
    List<String> all = new ArrayList<>(List.of(options));
    all.addAll(List.of("--input", input, "--set", "max-failure-rate=1"));
    return work.run("evaluate", all.toArray(String[]::new));
  }
}
