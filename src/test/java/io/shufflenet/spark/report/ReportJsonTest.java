package io.shufflenet.spark.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.shufflenet.spark.results.Provenance;
import io.shufflenet.spark.results.Selection;
import java.io.IOException;
import java.io.StringWriter;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;

final class ReportJsonTest {
  private static final StructType NOTE = new StructType().add("kind", DataTypes.StringType);
  private static final StructType SUMMARY =
      new StructType()
          .add("images", DataTypes.LongType)
          .add("top1", DataTypes.DoubleType)
          .add("nll", DataTypes.DoubleType)
          .add("findings", new ArrayType(NOTE, false));

  private static final StructType FAILURES =
      new StructType()
          .add("kind", DataTypes.StringType)
          .add("examples", new ArrayType(DataTypes.StringType, false));

  private static final Provenance PROVENANCE =
      new Provenance(
          "r", "s", "i", "m", "00ff", "a", 3, 3, 1.0, "megvii", 224, "ignore", "float32", "1.0.0",
          "3.5.9");

  @Test
  void namesMembersAsTheColumnsAndTheSummaryAsOneObject() throws IOException {
    Row finding = RowFactory.create("permuted-classes");
    Row summary = RowFactory.create(5L, 0.8, null, new Row[] {finding});
    Row failure = RowFactory.create("empty", new String[] {"a <b>.jpg", "\u00fc.jpg"});

    assertThat(json(summary, List.of(failure)))
        .isEqualTo(
            """
            {
              "provenance": {
                "run_id": "r",
                "started_at": "s",
                "input": "i",
                "model": "m",
                "model_sha256": "00ff",
                "architecture": "a",
                "classes": 3,
                "scored_classes": 3,
                "temperature": 1.0,
                "preprocessing": "megvii",
                "input_size": 224,
                "orientation": "ignore",
                "precision": "float32",
                "project_version": "1.0.0",
                "spark_version": "3.5.9"
              },
              "selection": {
                "predictions": null,
                "where": null,
                "labels": null,
                "notes": []
              },
              "baseline": null,
              "timing": null,
              "review": null,
              "summary": {
                "images": 5,
                "top1": 0.8,
                "nll": null,
                "findings": [
                  {
                    "kind": "permuted-classes"
                  }
                ]
              },
              "failures": [
                {
                  "kind": "empty",
                  "examples": [
                    "a <b>.jpg",
                    "\u00fc.jpg"
                  ]
                }
              ]
            }
            """);
  }

  @Test
  void aNumberThatIsNotFiniteIsNull() throws IOException {
    Row summary = RowFactory.create(5L, Double.NaN, Double.POSITIVE_INFINITY, new Row[] {});

    assertThat(json(summary, List.of()))
        .contains("\"top1\": null,\n    \"nll\": null,")
        .contains("\"findings\": []");
  }

  private static String json(Row summary, List<Row> failures) throws IOException {
    StringWriter out = new StringWriter();
    ReportJson.write(
        PROVENANCE,
        Selection.WHOLE_RUN,
        null,
        null,
        null,
        new Table("summary", SUMMARY, List.of(), List.of(summary)),
        List.of(new Table("failures", FAILURES, List.of(), failures)),
        out);
    return out.toString();
  }
}
