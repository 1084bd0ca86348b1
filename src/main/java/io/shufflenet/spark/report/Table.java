package io.shufflenet.spark.report;

import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;

/**
 * One table of the report.
 *
 * @param name of its folder, and of its member in {@code report.json}
 * @param keys the columns that the rows are sorted by
 */
record Table(String name, StructType schema, List<String> keys, List<Row> rows) {}
