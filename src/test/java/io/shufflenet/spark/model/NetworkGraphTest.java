package io.shufflenet.spark.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.shufflenet.spark.image.Preprocessing;
import io.shufflenet.spark.image.Preprocessing.ChannelOrder;
import io.shufflenet.spark.model.graph.Channels;
import io.shufflenet.spark.model.graph.Constant;
import io.shufflenet.spark.model.graph.Extent;
import io.shufflenet.spark.model.graph.Extents;
import io.shufflenet.spark.model.graph.Graph;
import io.shufflenet.spark.model.graph.GraphInterpreter;
import io.shufflenet.spark.model.graph.Node;
import io.shufflenet.spark.model.graph.Optimisation;
import io.shufflenet.spark.model.graph.Rewriting;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Whole networks in double precision, on images of 32 pixels a side. */
class NetworkGraphTest {
  private static final int SIZE = 32;
  private static final int CLASSES = 10;
  private static final Architecture GROUPS_OF_3 = new Architecture(3, "0.5x");
  private static final Architecture GROUPS_OF_8 = new Architecture(8, "0.5x");

  static final List<Architecture> VARIANTS = Architecture.ALL;

  @ParameterizedTest
  @FieldSource("VARIANTS")
  void allOptimisationsTogetherChangeNoLogit(Architecture architecture) {
    Graph graph = ofPixels(architecture, Preprocessing.TORCHVISION);
    Constant pixels = pixels();

    Graph optimised = Optimisation.applyAll(EnumSet.allOf(Optimisation.class), graph);

    Rewriting.assertSame(optimised, GraphInterpreter.output(graph, pixels), pixels);
    assertThat(optimised.toString().split(" "))
        .doesNotContain("BatchNorm", "Relu", "Add", "AveragePool", "MaxPool", "MaxPoolBySlices");
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("applicable")
  void eachOptimisationFindsItsPatternsAndChangesNoLogit(
      Architecture architecture, Optimisation optimisation) {
    Set<Optimisation> before = EnumSet.range(Optimisation.FOLD_BATCH_NORM, optimisation);
    before.remove(optimisation);
    if (optimisation == Optimisation.SHUFFLE_INTO_DENSE) {
      before.remove(Optimisation.SHUFFLE_INTO_KERNEL); // no target has both
    }
    Graph graph = Optimisation.applyAll(before, ofPixels(architecture, Preprocessing.TORCHVISION));

    Graph rewritten = Rewriting.checked(optimisation, graph, pixels());

    assertThat(rewritten.nodes()).doesNotHaveToString(graph.nodes().toString());
  }

  @ParameterizedTest
  @MethodSource("optimisations")
  void theRestIsStillRightWithoutOneOfThem(Optimisation leftOut) {
    Graph graph = ofPixels(GROUPS_OF_3, Preprocessing.MEGVII);
    Constant pixels = pixels();

    Graph optimised = Optimisation.applyAll(EnumSet.complementOf(EnumSet.of(leftOut)), graph);

    Rewriting.assertSame(optimised, GraphInterpreter.output(graph, pixels), pixels);
  }

  @ParameterizedTest
  @CsvSource({
    "SHUFFLE_INTO_DENSE, 3, 15, 0",
    "SHUFFLE_INTO_DENSE, 8, 0, 15",
    "SHUFFLE_INTO_KERNEL, 3, 0, 0",
    "SHUFFLE_INTO_KERNEL, 8, 0, 0",
  })
  void smallNetworksShuffleOnlyWithManyGroupsAndNoDenseConvolution(
      Optimisation leftOut, int groups, int splits, int shuffles) {
    Graph optimised =
        Optimisation.applyAll(
            EnumSet.complementOf(EnumSet.of(leftOut)),
            ofPixels(new Architecture(groups, "0.5x"), Preprocessing.MEGVII));

    assertThat(count(optimised, "SplitPixels")).isEqualTo(splits);
    assertThat(count(optimised, "ChannelShuffle")).isEqualTo(shuffles);
  }

  @ParameterizedTest
  @FieldSource("VARIANTS")
  void anEmbeddingFollowsTheLogitsWhateverIsOptimised(Architecture architecture) {
    Preprocessing preprocessing = Preprocessing.TORCHVISION;
    Graph graph =
        NetworkGraph.ofPixels(
            Golden.weights(architecture, CLASSES),
            preprocessing,
            preprocessing.channels(),
            NetworkOutput.LOGITS_AND_EMBEDDING);
    Constant pixels = pixels();

    Graph optimised = Optimisation.applyAll(EnumSet.allOf(Optimisation.class), graph);

    Constant rows = GraphInterpreter.output(graph, pixels);
    assertThat(rows.shape()[1]).isEqualTo(CLASSES + architecture.features());
    Rewriting.assertSame(optimised, rows, pixels);
  }

  @Test
  void takesPixelsOfTheOtherOrder() {
    Weights weights = Golden.weights(GROUPS_OF_3, CLASSES);
    Graph own =
        NetworkGraph.ofPixels(
            weights, Preprocessing.MEGVII, ChannelOrder.BGR, NetworkOutput.LOGITS);
    Graph other =
        NetworkGraph.ofPixels(
            weights, Preprocessing.MEGVII, ChannelOrder.RGB, NetworkOutput.LOGITS);
    Constant bgr = pixels();
    Constant rgb = new Constant(bgr.shape(), bgr.values().clone());
    for (int index = 0; index < rgb.values().length; index += 3) {
      rgb.values()[index] = bgr.values()[index + 2];
      rgb.values()[index + 2] = bgr.values()[index];
    }

    assertThat(GraphInterpreter.output(other, rgb).values())
        .containsExactly(GraphInterpreter.output(own, bgr).values(), within(1e-12));
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("rewritten")
  void extentsAndChannelsAreThoseOfTheValues(
      Architecture architecture, Set<Optimisation> optimisations) {
    Graph graph =
        Optimisation.applyAll(optimisations, ofPixels(architecture, Preprocessing.TORCHVISION));
    Map<Node, Constant> values = GraphInterpreter.values(graph, pixels());

    Map<Node, Extent> extents = Extents.of(graph, SIZE);
    Map<Node, Integer> channels = Channels.of(graph);

    for (Node node : graph.nodes().subList(1, graph.nodes().size())) {
      int[] shape = values.get(node).shape();
      assertThat(channels.get(node)).as("%s", node).isEqualTo(shape[1]);
      if (shape.length == 4) {
        assertThat(extents.get(node)).as("%s", node).isEqualTo(new Extent(shape[2], shape[3]));
      }
    }
  }

  private static long count(Graph graph, String operation) {
    return Stream.of(graph.toString().split(" ")).filter(operation::equals).count();
  }

  private static Graph ofPixels(Architecture architecture, Preprocessing preprocessing) {
    return NetworkGraph.ofPixels(
        Golden.weights(architecture, CLASSES),
        preprocessing,
        preprocessing.channels(),
        NetworkOutput.LOGITS);
  }

  private static Constant pixels() {
    double[] values = new Random(5).ints(SIZE * SIZE * 3, 0, 256).asDoubleStream().toArray();
    return new Constant(new int[] {1, SIZE, SIZE, 3}, values);
  }

  static Stream<Optimisation> optimisations() {
    return Stream.of(Optimisation.values());
  }

  static Stream<Arguments> applicable() {
    Stream<Arguments> ofThree = optimisations().map(each -> Arguments.of(GROUPS_OF_3, each));
    Stream<Arguments> ofEight =
        optimisations()
            .filter(each -> each != Optimisation.SHUFFLE_INTO_KERNEL)
            .map(each -> Arguments.of(GROUPS_OF_8, each));
    return Stream.concat(ofThree, ofEight);
  }

  static Stream<Arguments> rewritten() {
    return Stream.of(
        Arguments.of(GROUPS_OF_3, EnumSet.noneOf(Optimisation.class)),
        Arguments.of(GROUPS_OF_3, EnumSet.allOf(Optimisation.class)),
        Arguments.of(GROUPS_OF_3, EnumSet.complementOf(EnumSet.of(Optimisation.SPLIT_COLUMNS))),
        Arguments.of(GROUPS_OF_8, EnumSet.allOf(Optimisation.class)));
  }
}
