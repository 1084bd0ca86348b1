package io.shufflenet.spark.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

final class RankingTest {
  private static final double EXACT = 1e-12;

  @Test
  void softmaxOfLogarithmsIsTheirShare() {
    Ranking ranking = new Ranking(logarithms(1, 2, 5), 1);

    assertThat(ranking.probability(2)).isCloseTo(5.0 / 8, within(1e-7));
  }

  @Test
  void squaredProbabilitySumsOverAllClasses() {
    Ranking ranking = new Ranking(logarithms(1, 1, 2), 1);

    assertThat(ranking.squaredProbability()).isCloseTo((1 + 1 + 4) / 16.0, within(1e-7));
  }

  @Test
  void negativeLogLikelihoodStaysFiniteWhereTheProbabilityUnderflows() {
    Ranking ranking = new Ranking(new float[] {0, 2000}, 1);

    assertThat(ranking.probability(0)).isZero();
    assertThat(ranking.negativeLogLikelihood(0)).isCloseTo(2000, within(EXACT));
  }

  @Test
  void largeLogitsDoNotOverflow() {
    Ranking ranking = new Ranking(new float[] {3e38f, 3e38f}, 1);

    assertThat(ranking.probability(1)).isCloseTo(0.5, within(EXACT));
  }

  @Test
  void topListsTheBestFirst() {
    assertThat(new Ranking(new float[] {1, 4, 2, 3}, 1).top(3)).containsExactly(1, 3, 2);
  }

  @Test
  void topListsEveryClassWhereThereAreFewerThanAsked() {
    assertThat(new Ranking(new float[] {1, 2}, 1).top(5)).containsExactly(1, 0);
  }

  @Test
  void tiesGoToTheLowerIndex() {
    Ranking ranking = new Ranking(new float[] {1, 7, 7, 7}, 1);

    assertThat(ranking.top(2)).containsExactly(1, 2);
    assertThat(ranking.rank(3)).isEqualTo(3);
  }

  @Test
  void rankAgreesWithThePlaceInTheTop() {
    Ranking ranking = new Ranking(new float[] {0.5f, -1, 3, 0.5f, 2}, 1);

    for (int place = 0; place < 5; place++) {
      assertThat(ranking.rank(ranking.top(5).get(place))).isEqualTo(place + 1);
    }
  }

  @Test
  void probabilitiesSumToOne() {
    Float[] probabilities = new Ranking(new float[] {0.5f, -1, 3, 0.5f, 2}, 1).probabilities();

    double sum = 0;
    for (float probability : probabilities) {
      sum += probability;
    }
    assertThat(sum).isCloseTo(1, within(1e-6));
  }

  @Test
  void aTemperatureTakesTheRootOfEveryShare() {
    Ranking ranking = new Ranking(logarithms(1, 4, 9), 2);

    assertThat(ranking.probability(2)).isCloseTo(3.0 / 6, within(1e-7));
    assertThat(ranking.negativeLogLikelihood(0)).isCloseTo(Math.log(6), within(1e-7));
    assertThat(ranking.squaredProbability()).isCloseTo((1 + 4 + 9) / 36.0, within(1e-7));
    assertThat(ranking.top(3)).containsExactly(2, 1, 0);
  }

  @Test
  void aClassThatCannotBeHasNoShareAndTheLastRank() {
    float none = Float.NEGATIVE_INFINITY;
    Ranking ranking = new Ranking(new float[] {none, (float) Math.log(3), none, 0}, 1);

    assertThat(ranking.probabilities()).containsExactly(0f, 0.75f, 0f, 0.25f);
    assertThat(ranking.top(2)).containsExactly(1, 3);
    assertThat(ranking.rank(3)).isEqualTo(2);
    assertThat(ranking.squaredProbability()).isCloseTo(10.0 / 16, within(1e-7));
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
