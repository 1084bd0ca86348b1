package io.shufflenet.spark.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InputFormatTest {
  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({
    "list.csv, csv",
    "LIST.CSV, csv",
    "list.csv.gz, csv",
    "a.parquet, parquet",
    "a.json, json",
    "a.jsonl, json",
    "a.orc, orc",
    "a.avro, avro",
    "a.tar, webdataset",
    "a.TAR.gz, webdataset",
    "a.tgz, webdataset"
  })
  void knowsATableFileByItsEnding(String name, String format) throws IOException {
    assertThat(detect(TestFiles.text(folder, name, ""))).isEqualTo(format);
  }

  @Test
  void refusesAnImageFile() throws IOException {
    Path image = TestFiles.image(folder, "1.jpg");

    assertThatIllegalArgumentException()
        .isThrownBy(() -> detect(image))
        .withMessageStartingWith("Cannot read input.path = file:" + image + ": it is a file whose");
  }

  @Test
  void takesAFolderOfImagesForWhatItIs() throws IOException {
    TestFiles.image(folder, "cats/1.jpg");
    TestFiles.image(folder, "cats/2");

    assertThat(detect(folder)).isEqualTo("folder");
  }

  @Test
  void takesAnEmptyFolderForAnImageFolder() throws IOException {
    assertThat(detect(folder)).isEqualTo("folder");
  }

  @Test
  void findsParquetBelowPartitionFolders() throws IOException {
    TestFiles.text(folder, "_SUCCESS", "");
    TestFiles.text(folder, "_metadata", "");
    TestFiles.text(folder, "label=cat/part-0.snappy.parquet", "");
    TestFiles.text(folder, "label=dog/part-0.snappy.parquet", "");

    assertThat(detect(folder)).isEqualTo("parquet");
  }

  @Test
  void takesAListBesideImagesForASidecar() throws IOException {
    TestFiles.text(folder, "train.csv", "");
    TestFiles.image(folder, "train/1.jpg");

    assertThat(detect(folder)).isEqualTo("folder");
  }

  @Test
  void takesListsBesideTarFilesForSidecars() throws IOException {
    TestFiles.text(folder, "train/00000.tar", "");
    TestFiles.text(folder, "train/00000_stats.json", "");
    TestFiles.text(folder, "classes.csv", "");

    assertThat(detect(folder)).isEqualTo("webdataset");
  }

  @Test
  void asksWhereTarFilesLieBesideImages() throws IOException {
    TestFiles.text(folder, "0.tar", "");
    TestFiles.image(folder, "1.jpg");

    assertThatIllegalArgumentException()
        .isThrownBy(() -> detect(folder))
        .withMessageContaining("it holds 1.jpg and also 0.tar; say so by input.format");
  }

  @Test
  void asksWhereParquetLiesBesideOtherFiles() throws IOException {
    TestFiles.text(folder, "README.md", "");
    TestFiles.text(folder, "data.parquet", "");

    assertThatIllegalArgumentException()
        .isThrownBy(() -> detect(folder))
        .withMessage(
            "Cannot tell what input.path = file:%s is: it holds README.md and also data.parquet;"
                + " say so by input.format, or name a folder of one kind",
            folder);
  }

  @Test
  void knowsDeltaTables() throws IOException {
    TestFiles.text(folder, "_delta_log/0.json", "");
    TestFiles.text(folder, "part-0.parquet", "");

    assertThat(detect(folder)).isEqualTo("delta");
  }

  @Test
  void knowsIcebergTables() throws IOException {
    TestFiles.text(folder, "metadata/v1.metadata.json", "");
    TestFiles.text(folder, "data/0.parquet", "");

    assertThat(detect(folder)).isEqualTo("iceberg");
  }

  @Test
  void knowsHudiTables() throws IOException {
    Files.createDirectory(folder.resolve(".hoodie"));
    TestFiles.text(folder, "0.parquet", "");

    assertThat(detect(folder)).isEqualTo("hudi");
  }

  private static String detect(Path path) throws IOException {
    return InputFormat.detect(InputLocation.of(path.toString(), "input.path", new Configuration()));
  }
}
