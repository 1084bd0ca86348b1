package io.shufflenet.spark.inference;

import org.apache.spark.api.plugin.DriverPlugin;
import org.apache.spark.api.plugin.ExecutorPlugin;
import org.apache.spark.api.plugin.SparkPlugin;

/**
 * Closes an executor's classifiers when it ends. Inference works without it ({@code
 * spark.plugins}).
 */
public final class ShuffleNetPlugin implements SparkPlugin {
  @Override
  public DriverPlugin driverPlugin() {
    return null;
  }

  @Override
  public ExecutorPlugin executorPlugin() {
    return new ExecutorPlugin() {
      @Override
      public void shutdown() {
        ExecutorClassifiers.close();
      }
    };
  }
}
