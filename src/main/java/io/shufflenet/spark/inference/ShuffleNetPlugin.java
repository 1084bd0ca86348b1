package io.shufflenet.spark.inference;

import com.codahale.metrics.Gauge;
import com.codahale.metrics.MetricRegistry;
import java.util.AbstractMap.SimpleImmutableEntry;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.spark.TaskFailedReason;
import org.apache.spark.api.plugin.DriverPlugin;
import org.apache.spark.api.plugin.ExecutorPlugin;
import org.apache.spark.api.plugin.PluginContext;
import org.apache.spark.api.plugin.SparkPlugin;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Shows {@link ExecutorWork} through Spark's metrics system, and closes an executor's classifiers
 * when it ends. Inference works without it ({@code spark.plugins}).
 *
 * <p>An executor's metrics are called {@code images}, {@code seconds.read} and so on, and are
 * always current. The driver, whose web server is the one that Prometheus can ask, has them too, as
 * {@code executor.ID.images} and so on, as of the executor's last task that ended.
 */
public final class ShuffleNetPlugin implements SparkPlugin {
  private static final Logger LOG = LoggerFactory.getLogger(ShuffleNetPlugin.class);

  @Override
  public DriverPlugin driverPlugin() {
    return new OnDriver();
  }

  @Override
  public ExecutorPlugin executorPlugin() {
    return new OnExecutor();
  }

  private static final class OnDriver implements DriverPlugin {
    private final Map<Object, Map<?, ?>> totals = new ConcurrentHashMap<>();
    private MetricRegistry registry;

    @Override
    public void registerMetrics(String applicationId, PluginContext context) {
      registry = context.metricRegistry();
      // Spark takes no notice of a registry that is empty now.
      register(registry, "executors", totals::size);
    }

    @Override
    public Object receive(Object message) {
      Map.Entry<?, ?> report = (Map.Entry<?, ?>) message;
      Object executor = report.getKey();
      if (totals.put(executor, (Map<?, ?>) report.getValue()) == null) {
        for (ExecutorWork work : ExecutorWork.values()) {
          register(
              registry,
              MetricRegistry.name("executor", executor.toString(), work.metric()),
              () -> totals.get(executor).get(work.metric()));
        }
      }
      return null;
    }
  }

  private static final class OnExecutor implements ExecutorPlugin {
    private PluginContext context;

    @Override
    public void init(PluginContext pluginContext, Map<String, String> extraConfiguration) {
      context = pluginContext;
      for (ExecutorWork work : ExecutorWork.values()) {
        register(context.metricRegistry(), work.metric(), work::total);
      }
    }

    @Override
    public void onTaskSucceeded() {
      report();
    }

    @Override
    public void onTaskFailed(TaskFailedReason reason) {
      report();
    }

    /** Of Java's own classes: the driver's network threads may not know ours. */
    private void report() {
      try {
        context.send(new SimpleImmutableEntry<>(context.executorID(), ExecutorWork.totals()));
      } catch (Exception e) { // a task must not fail for it
        LOG.warn("Cannot report metrics to the driver: {}", e.getMessage());
      }
    }

    @Override
    public void shutdown() {
      ExecutorClassifiers.close();
    }
  }

  private static <T> void register(MetricRegistry registry, String name, Gauge<T> gauge) {
    registry.register(name, gauge);
  }
}
