package io.shufflenet.spark.evaluation;

import com.google.gson.Gson;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * 400 predictions and what scikit-learn, numpy and scipy make of them: {@code
 * golden/evaluation/make.py}.
 */
record Golden(
    double top1,
    List<Double> top1_interval,
    double top5,
    List<Double> top5_interval,
    double nll,
    double brier,
    double ece,
    List<Long> bins,
    List<Double> macro,
    List<Double> weighted,
    double balanced_accuracy,
    double kappa,
    double matthews,
    List<Double> precision,
    List<Double> recall,
    List<Double> f1,
    List<Long> support,
    List<List<Long>> confusion) {

  static Golden expected() {
    try (Reader json = resource("expected.json")) {
      return new Gson().fromJson(json, Golden.class);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Dataset<Row> predictions(SparkSession spark) {
    PredictionTable table = new PredictionTable();
    try (BufferedReader csv = resource("predictions.csv")) {
      csv.lines().skip(1).map(Golden::scored).forEach(table::scored);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return table.in(spark);
  }

  private static PredictionTable.Scored scored(String line) {
    String[] cells = line.split(",", -1);
    return new PredictionTable.Scored(
        Integer.parseInt(cells[0]),
        Integer.parseInt(cells[1]),
        Float.parseFloat(cells[2]),
        Float.parseFloat(cells[3]),
        Double.parseDouble(cells[4]),
        Integer.parseInt(cells[5]),
        Double.parseDouble(cells[6]));
  }

  private static BufferedReader resource(String name) {
    return new BufferedReader(
        new InputStreamReader(
            Golden.class.getResourceAsStream("/golden/evaluation/" + name),
            StandardCharsets.UTF_8));
  }
}
