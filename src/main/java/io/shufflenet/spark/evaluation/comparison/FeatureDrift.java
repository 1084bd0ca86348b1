package io.shufflenet.spark.evaluation.comparison;

import java.util.ArrayList;
import java.util.List;
import org.apache.commons.math3.distribution.ChiSquaredDistribution;

/**
 * How differently two runs are spread over the bins of one feature, as the population stability
 * index: the sum over the bins of {@code (b - a) ln(b / a)}, where a and b are the bin's shares in
 * the first and the second run. It is the symmetrised Kullback-Leibler divergence (Jeffreys 1946)
 * under the name that credit scoring gave it (Siddiqi, "Credit Risk Scorecards", 2006), where it is
 * usually read thus: below 0.1 little has changed, up to 0.25 something has, above it much has.
 *
 * <p>So that an empty bin is no infinity, half an image is added to every bin, in both runs, before
 * shares are made; bins that are empty in both runs do not exist. The shares that are told are
 * those without it.
 *
 * <p>The index of two samples of one population is not 0 but grows with the number of bins and
 * falls with that of the images: about {@code (1/n + 1/m)} times a chi-squared variable of one
 * degree of freedom fewer than there are bins (Yurdakul and Naranjo, "Statistical properties of the
 * population stability index", Journal of Risk Model Validation 14, 2020). What lies below the 95 %
 * quantile of that may be chance; where bins hold a handful of images, real samples stay well below
 * it.
 *
 * @param feature for example {@code predicted-class}
 * @param a images of the first run that have the feature
 * @param b images of the second run that have the feature
 * @param psi the index, from 0; null where a run has no image with the feature
 * @param chance what the index of two such samples of one population exceeds once in 20 times; null
 *     where {@code psi} is
 * @param reading {@code unknown} where {@code psi} is null, {@code none} where it is 0, {@code
 *     chance} where it does not exceed that, and else {@code little}, {@code some} or {@code much}
 * @param bins the largest contribution first, those that are empty in both runs left out
 */
public record FeatureDrift(
    String feature,
    long a,
    long b,
    Double psi,
    Double chance,
    String reading,
    List<BinDrift> bins) {
  public static final String UNKNOWN = "unknown";
  public static final String NONE = "none";
  public static final String CHANCE = "chance";
  public static final String LITTLE = "little";
  public static final String SOME = "some";
  public static final String MUCH = "much";

  private static final double SOME_DRIFT = 0.1;
  private static final double MUCH_DRIFT = 0.25;
  private static final double SMOOTHING = 0.5;
  private static final double LEVEL = 0.95;

  public FeatureDrift {
    bins = List.copyOf(bins);
  }

  /** One bin of both runs. */
  record BinPair(String bin, long a, long b) {
    boolean isEmpty() {
      return a == 0 && b == 0;
    }
  }

  /**
   * @param pairs in the bins' natural order
   */
  static FeatureDrift of(Feature feature, List<BinPair> pairs) {
    List<BinPair> filled = pairs.stream().filter(pair -> !pair.isEmpty()).toList();
    long a = filled.stream().mapToLong(BinPair::a).sum();
    long b = filled.stream().mapToLong(BinPair::b).sum();
    boolean measurable = a > 0 && b > 0;
    List<BinDrift> bins = new ArrayList<>();
    double psi = 0;
    for (int position = 0; position < filled.size(); position++) {
      BinPair pair = filled.get(position);
      double contribution = measurable ? contribution(pair, a, b, filled.size()) : 0;
      psi += contribution;
      bins.add(
          new BinDrift(
              pair.bin(),
              position,
              pair.a(),
              pair.b(),
              share(pair.a(), a),
              share(pair.b(), b),
              measurable ? (Double) contribution : null));
    }
    bins.sort(BinDrift.LARGEST_CONTRIBUTION_FIRST);
    if (!measurable) {
      return new FeatureDrift(feature.label(), a, b, null, null, UNKNOWN, bins);
    }
    double chance = chance(a, b, filled.size());
    return new FeatureDrift(feature.label(), a, b, psi, chance, reading(psi, chance), bins);
  }

  private static String reading(double psi, double chance) {
    if (psi == 0) {
      return NONE;
    }
    if (psi <= chance) {
      return CHANCE;
    }
    if (psi < SOME_DRIFT) {
      return LITTLE;
    }
    return psi <= MUCH_DRIFT ? SOME : MUCH;
  }

  private static Double share(long images, long all) {
    return all == 0 ? null : (Double) ((double) images / all);
  }

  private static double contribution(BinPair pair, long a, long b, int bins) {
    double shareA = (pair.a() + SMOOTHING) / (a + SMOOTHING * bins);
    double shareB = (pair.b() + SMOOTHING) / (b + SMOOTHING * bins);
    return (shareB - shareA) * Math.log(shareB / shareA);
  }

  private static double chance(long a, long b, int bins) {
    return bins == 1
        ? 0
        : new ChiSquaredDistribution(bins - 1.0).inverseCumulativeProbability(LEVEL)
            * (1.0 / a + 1.0 / b);
  }

  /** Whether the index says more than chance may. */
  public boolean isBeyondChance() {
    return psi != null && psi > chance;
  }
}
