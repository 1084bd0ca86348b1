package io.shufflenet.spark.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.shufflenet.spark.evaluation.Accuracy;
import io.shufflenet.spark.evaluation.ImageCounts;
import io.shufflenet.spark.evaluation.Summary;
import io.shufflenet.spark.evaluation.comparison.BinDrift;
import io.shufflenet.spark.evaluation.comparison.ClassComparison;
import io.shufflenet.spark.evaluation.comparison.ComparedRun;
import io.shufflenet.spark.evaluation.comparison.Comparison;
import io.shufflenet.spark.evaluation.comparison.Difference;
import io.shufflenet.spark.evaluation.comparison.Drift;
import io.shufflenet.spark.evaluation.comparison.FeatureDrift;
import io.shufflenet.spark.evaluation.comparison.PairedAccuracy;
import io.shufflenet.spark.evaluation.comparison.PairedComparison;
import io.shufflenet.spark.evaluation.comparison.PairedImages;
import io.shufflenet.spark.evaluation.comparison.SliceComparison;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ComparisonTextTest {
  private static final Difference DROP = new Difference(-0.02, -0.031, -0.009);
  private static final PairedAccuracy WORSE =
      new PairedAccuracy(
          new Accuracy(900, 1200, 0.75, 0.7247, 0.7737),
          new Accuracy(876, 1200, 0.73, 0.7042, 0.7543),
          DROP,
          6,
          30,
          0.00006);
  private static final PairedImages IMAGES =
      new PairedImages(
          1210, 1300, 1208, 2, 92, 0, 3, 1, 1204, 1100, 1, 3, 1200, "a/1.jpg", "b/1.jpg", "c.jpg");

  @Test
  void tellsEverythingOfTwoRuns() {
    PairedComparison paired =
        new PairedComparison(
            IMAGES,
            0.9136,
            WORSE,
            null,
            0.61,
            0.625,
            List.of(
                new ClassComparison(3, "owl", 60, 0.9, 0.5, -0.4, 0, 24),
                new ClassComparison(1, "dog", 600, 0.7, 0.7, 0, 3, 3),
                new ClassComparison(0, "cat", 540, 0.8, 0.81, 0.01, 3, 1)),
            List.of(new SliceComparison("camera", null, WORSE, 0.0002)),
            List.of());
    Comparison comparison =
        comparison(Comparison.WORSE, DROP, paired, List.of("model_sha256", "precision"));

    assertThat(ComparisonText.of(runs(), List.of(comparison)))
        .isEqualTo(
            """
              run  images  failed    top-1     95 % interval     NLL     ECE
              A     1,210      10  75.00 %  72.47 to 77.37 %  0.5000  0.0312
              B     1,210      10  75.00 %  72.47 to 77.37 %  0.5000  0.0312
              A: file:/results/a
              B: file:/results/b

            B is worse than A: top-1 -2.00 points (95 % interval -3.10 to -0.90, p < 0.0001)
            differ in: model_sha256, precision
                           A        B  B - A   95 % interval  gained  lost         p
              top-1  75.00 %  73.00 %  -2.00  -3.10 to -0.90       6    30  < 0.0001
              over 1,200 images with one label and a prediction in both, of 1,208 in common
              the same class for 91.36 % of 1,204 images that both predicted
              mean confidence in them: 61.00 % in A, 62.50 % in B
              left out, only in A: 2 images, first a/1.jpg
              left out, only in B: 92 images, first b/1.jpg
              left out, failed in B alone: 3 images
              left out, failed in both: 1 image
              left out, without a label in both: 1 image
              left out, with another label in each: 3 images, first c.jpg
              classes that only B has: 2, first yak

            Classes: 1 gained, 1 lost, 1 as before
              class  images  recall A  recall B   B - A  gained  lost
              owl        60   90.00 %   50.00 %  -40.00       0    24
              cat       540   80.00 %   81.00 %   +1.00       3     1

            Slices, the largest drop first (p adjusted by Holm, tests: 1)
              column  value  images        A        B  B - A       p
              camera  -       1,200  75.00 %  73.00 %  -2.00  0.0002

            Drift from A to B (population stability index)
              feature        PSI  by chance  reading  most changed
              failure     0.3000     0.0100  much     decode: truncated: 0.50 % to 4.00 %
              megapixels       -          -  unknown  -
            """);
  }

  @Test
  void ofSeveralRunsOnlyTheVerdictsAreTold() {
    Comparison one = comparison(Comparison.UNDECIDED, DROP, null, List.of());
    Comparison other = comparison(Comparison.UNKNOWN, null, null, List.of());

    assertThat(ComparisonText.of(runs(), List.of(one, other)))
        .endsWith(
            """
              B: file:/results/b

            B and A cannot be told apart: top-1 -2.00 points (95 % interval -3.10 to -0.90)

            B and A: no accuracy to compare, for one of them has no image with a label and a prediction
            """);
  }

  @Test
  void staysBelowAHundredColumnsWhateverTheNames() {
    String name = "n".repeat(300);
    PairedImages images =
        new PairedImages(
            9_000_000_000L,
            9_000_000_000L,
            9_000_000_000L,
            9_000_000_000L,
            9_000_000_000L,
            9_000_000_000L,
            9_000_000_000L,
            9_000_000_000L,
            9_000_000_000L,
            9_000_000_000L,
            9_000_000_000L,
            9_000_000_000L,
            9_000_000_000L,
            name,
            name,
            name);
    Accuracy accuracy = new Accuracy(9_000_000_000L, 9_000_000_000L, 1, 1, 1);
    PairedAccuracy top1 =
        new PairedAccuracy(
            accuracy, accuracy, new Difference(-1, -1, -1), 9_000_000_000L, 9_000_000_000L, 1);
    PairedComparison paired =
        new PairedComparison(
            images,
            1.0,
            top1,
            top1,
            1.0,
            1.0,
            List.of(
                new ClassComparison(
                    0, name, 9_000_000_000L, 1, 1, -1, 8_000_000_000L, 9_000_000_000L)),
            List.of(new SliceComparison(name, name, top1, 1)),
            List.of());
    FeatureDrift drift =
        new FeatureDrift(
            "predicted-class",
            1,
            1,
            18.5,
            18.5,
            FeatureDrift.CHANCE,
            List.of(new BinDrift(name, 0, 1, 1, 1.0, 1.0, 0.2)));
    Comparison comparison =
        new Comparison(
            "B",
            "A",
            List.of(name),
            List.of(name),
            List.of(name),
            Comparison.WORSE,
            new Difference(-1, -1, -1),
            null,
            paired,
            new Drift(List.of(drift)));

    assertThat(ComparisonText.of(runs(), List.of(comparison)).lines())
        .allSatisfy(line -> assertThat(line.length()).as(line).isLessThan(100));
  }

  private static Comparison comparison(
      String verdict, Difference difference, PairedComparison paired, List<String> differsIn) {
    FeatureDrift failure =
        new FeatureDrift(
            "failure",
            1210,
            1300,
            0.3,
            0.01,
            FeatureDrift.MUCH,
            List.of(new BinDrift("decode: truncated", 0, 6, 52, 0.005, 0.04, 0.2)));
    FeatureDrift size =
        new FeatureDrift("megapixels", 5, 0, null, null, FeatureDrift.UNKNOWN, List.of());
    return new Comparison(
        "B",
        "A",
        differsIn,
        List.of(),
        List.of("yak", "eel"),
        verdict,
        difference,
        difference,
        paired,
        new Drift(List.of(failure, size)));
  }

  private static List<ComparedRun> runs() {
    Summary summary =
        new Summary(
            new ImageCounts(1210, 1205, 5, 10, 5, 1200, 0L),
            1000,
            new Accuracy(900, 1200, 0.75, 0.7247, 0.7737),
            null,
            null,
            null,
            0.5,
            0.25,
            0.0312,
            null,
            null,
            null,
            0L);
    return List.of(
        new ComparedRun("A", "file:/results/a", null, null, summary, null),
        new ComparedRun("B", "file:/results/b", null, null, summary, null));
  }
}
