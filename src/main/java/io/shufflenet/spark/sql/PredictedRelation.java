package io.shufflenet.spark.sql;

import io.shufflenet.spark.inference.PredictedInput;
import org.apache.spark.rdd.RDD;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SQLContext;
import org.apache.spark.sql.sources.BaseRelation;
import org.apache.spark.sql.sources.TableScan;
import org.apache.spark.sql.types.StructType;

/** Predictions as a table that Spark scans; each scan predicts. */
final class PredictedRelation extends BaseRelation implements TableScan {
  private final SQLContext context;
  private final PredictedInput input;

  PredictedRelation(SQLContext context, PredictedInput input) {
    this.context = context;
    this.input = input;
  }

  @Override
  public SQLContext sqlContext() {
    return context;
  }

  @Override
  public StructType schema() {
    return input.schema();
  }

  @Override
  public RDD<Row> buildScan() {
    return input.predictions().rdd();
  }
}
