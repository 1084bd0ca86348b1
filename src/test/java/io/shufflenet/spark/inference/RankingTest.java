package io.shufflenet.spark.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

final class RankingTest {
  private static final double EXACT = 1e-12;

  @Test
  void softmaxOfLogarithmsIsTheirShare() {
    Ranking ranking = new Ranking(logarithms(1, 2, 5));

    assertThat(ranking.probability(2)).isCloseTo(5.0 / 8, within(1e-7));
  }

  @Test
  void squaredProbabilitySumsOverAllClasses() {
    Ranking ranking = new Ranking(logarithms(1, 1, 2));

    assertThat(ranking.squaredProbability()).isCloseTo((1 + 1 + 4) / 16.0, within(1e-7));
  }

  @Test
  void negativeLogLikelihoodStaysFiniteWhereTheProbabilityUnderflows() {
    Ranking ranking = new Ranking(new float[] {0, 2000});

    assertThat(ranking.probability(0)).isZero();
    assertThat(ranking.negativeLogLikelihood(0)).isCloseTo(2000, within(EXACT));
  }

  @Test
  void largeLogitsDoNotOverflow() {
    Ranking ranking = new Ranking(new float[] {3e38f, 3e38f});

    assertThat(ranking.probability(1)).isCloseTo(0.5, within(EXACT));
  }

  @Test
  void topListsTheBestFirst() {
    assertThat(new Ranking(new float[] {1, 4, 2, 3}).top(3)).containsExactly(1, 3, 2);
  }

  @Test
  void topListsEveryClassWhereThereAreFewerThanAsked() {
    assertThat(new Ranking(new float[] {1, 2}).top(5)).containsExactly(1, 0);
  }

  @Test
  void tiesGoToTheLowerIndex() {
    Ranking ranking = new Ranking(new float[] {1, 7, 7, 7});

    assertThat(ranking.top(2)).containsExactly(1, 2);
    assertThat(ranking.rank(3)).isEqualTo(3);
  }

  @Test
  void rankAgreesWithThePlaceInTheTop() {
    Ranking ranking = new Ranking(new float[] {0.5f, -1, 3, 0.5f, 2});

    for (int place = 0; place < 5; place++) {
      assertThat(ranking.rank(ranking.top(5).get(place))).isEqualTo(place + 1);
    }
  }

  @Test
  void probabilitiesSumToOne() {
    Float[] probabilities = new Ranking(new float[] {0.5f, -1, 3, 0.5f, 2}).probabilities();

    double sum = 0;
    for (float probability : probabilities) {
      sum += probability;
    }
    assertThat(sum).isCloseTo(1, within(1e-6));
  }

  @Test
  void seesWhatIsNotFinite() {
    assertThat(Ranking.isFinite(new float[] {1, Float.NaN})).isFalse();
    assertThat(Ranking.isFinite(new float[] {Float.NEGATIVE_INFINITY})).isFalse();
    assertThat(Ranking.isFinite(new float[] {1, -1})).isTrue();
  }

  private static float[] logarithms(double... shares) {
    float[] logits = new float[shares.length];
    for (int i = 0; i < shares.length; i++) {
      logits[i] = (float) Math.log(shares[i]);
    }
    return logits;
  }
}
