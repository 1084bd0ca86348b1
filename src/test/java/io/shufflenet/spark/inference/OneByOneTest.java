package io.shufflenet.spark.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;

final class OneByOneTest {
  private static final StructType PATHS = new StructType().add("path", DataTypes.StringType);
  private static final StructType BYTES = PATHS.add("content", DataTypes.BinaryType);

  private final List<String> trace = new ArrayList<>();

  @Test
  void eachImageIsNotedWhileItIsUnderWayAndNothingBetweenThem() {
    List<String> rows = rows(PATHS, paths("a", "b"), List.of());

    assertThat(rows).containsExactly("tried a", "tried b");
    assertThat(trace).hasSize(6);
    assertThat(trace.get(0)).startsWith("note ").hasSizeGreaterThan(5);
    assertThat(trace.subList(1, 3)).containsExactly("try a", "note ");
    assertThat(trace.get(3)).startsWith("note ").isNotEqualTo(trace.get(0));
    assertThat(trace.subList(4, 6)).containsExactly("try b", "note ");
  }

  @Test
  void anImageIsTriedUntilAttemptsHaveDiedUnderItTwice() {
    String a = noteOf(PATHS, RowFactory.create("a"));
    String b = noteOf(PATHS, RowFactory.create("b"));

    assertThat(rows(PATHS, paths("b", "c", "a"), List.of(a, "", b, "", a)))
        .containsExactly("tried b", "tried c", "crashed a");
    assertThat(trace).doesNotContain("try a", "note " + a);
  }

  @Test
  void anImageIsToldByItsBytesWhereTheRowHasThem() {
    String one = noteOf(BYTES, RowFactory.create("a", new byte[] {1}));
    String other = noteOf(BYTES, RowFactory.create("a", new byte[] {2}));

    assertThat(one).isNotEqualTo(other);
    assertThat(noteOf(BYTES, RowFactory.create(null, new byte[] {1}))).isEqualTo(one);
    assertThat(noteOf(BYTES, RowFactory.create(null, null))).isNotEmpty();
  }

  @Test
  void whoFailsAliveLeavesNoNote() {
    OneByOne rows =
        new OneByOne(
            paths("a").iterator(),
            ImageColumns.of(PATHS),
            image -> {
              throw new IllegalStateException("access denied");
            },
            image -> image,
            List.of(),
            trace::add);

    assertThatThrownBy(rows::next).hasMessage("access denied");
    assertThat(trace).hasSize(2).last().isEqualTo("");
  }

  private String noteOf(StructType schema, Row image) {
    trace.clear();
    List<String> unused = rows(schema, List.of(image), List.of());
    String note = trace.get(0).substring("note ".length());
    trace.clear();
    return note;
  }

  private List<String> rows(StructType schema, List<Row> images, List<String> deaths) {
    List<String> rows = new ArrayList<>();
    new OneByOne(
            images.iterator(),
            ImageColumns.of(schema),
            image -> {
              trace.add("try " + image.get(0));
              return RowFactory.create("tried " + image.get(0));
            },
            image -> RowFactory.create("crashed " + image.get(0)),
            deaths,
            note -> trace.add("note " + note))
        .forEachRemaining(row -> rows.add(row.getString(0)));
    return rows;
  }

  private static List<Row> paths(String... paths) {
    return Stream.of(paths).map(RowFactory::create).toList();
  }
}
