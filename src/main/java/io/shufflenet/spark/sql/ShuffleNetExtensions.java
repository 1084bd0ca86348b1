package io.shufflenet.spark.sql;

import io.shufflenet.spark.dataset.ImageColumn;
import io.shufflenet.spark.inference.Classification;
import io.shufflenet.spark.inference.ClassifierOptions;
import io.shufflenet.spark.inference.OptionNames;
import java.io.IOException;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.SparkSessionExtensions;
import org.apache.spark.sql.catalyst.FunctionIdentifier;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.ExpressionInfo;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import scala.Function1;
import scala.Tuple3;
import scala.collection.Seq;
import scala.runtime.AbstractFunction1;
import scala.runtime.BoxedUnit;

/**
 * The table function {@code classify_images(table [, column])}, for {@code spark.sql.extensions}:
 * the table with a struct column {@value #OUTPUT}. Its options are those of the catalog {@code
 * shufflenet}, whether that is there or not.
 */
public final class ShuffleNetExtensions
    extends AbstractFunction1<SparkSessionExtensions, BoxedUnit> {
  private static final String NAME = "classify_images";
  private static final String OUTPUT = "classification";
  private static final String CATALOG = "shufflenet";

  /** In Spark 4 the arguments are another kind of Seq: what both have in common is used. */
  @Override
  @SuppressWarnings({"unchecked", "rawtypes"})
  public BoxedUnit apply(SparkSessionExtensions extensions) {
    Function1<Seq<Expression>, LogicalPlan> builder =
        arguments -> OptionNames.inMessages(() -> plan(arguments));
    extensions.injectTableFunction(
        new Tuple3(
            new FunctionIdentifier(NAME),
            new ExpressionInfo(ShuffleNetExtensions.class.getName(), NAME),
            builder));
    return BoxedUnit.UNIT;
  }

  private static LogicalPlan plan(Seq<Expression> arguments) throws IOException {
    int given = arguments.length();
    if (given < 1 || given > 2) {
      throw new IllegalArgumentException(
          "Cannot call %s with %s arguments: it takes a table's name, and the name of the column with the images where that is not a usual one"
              .formatted(NAME, given));
    }
    SparkSession spark = SparkSession.active();
    Map<String, String> said =
        Options.under("spark.sql.catalog." + CATALOG + ".", spark.conf().getAll());
    ClassifierOptions options = Options.ofCatalog(CATALOG, said);
    Dataset<Row> table = spark.table(text(arguments.apply(0)));
    ImageColumn images =
        given == 2
            ? ImageColumn.named(spark, table.schema(), text(arguments.apply(1)))
            : ImageColumn.usual(spark, table.schema());
    return Classification.of(table, images, OUTPUT, options.settings(spark))
        .queryExecution()
        .analyzed();
  }

  private static String text(Expression argument) {
    Object value = argument.foldable() ? argument.eval(null) : null;
    if (value == null) {
      throw new IllegalArgumentException(
          "Cannot call %s with the argument %s: it is no text".formatted(NAME, argument));
    }
    return value.toString();
  }
}
