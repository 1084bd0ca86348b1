package io.shufflenet.spark.job;

import io.shufflenet.spark.inference.Examination;
import io.shufflenet.spark.inference.Finding;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.spark.SparkContext;
import org.apache.spark.SparkEnv;
import org.apache.spark.api.java.JavaFutureAction;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.rdd.RDD;
import org.apache.spark.scheduler.ExecutorCacheTaskLocation;
import scala.Tuple2;
import scala.collection.immutable.List$;
import scala.reflect.ClassTag$;

/**
 * Examines executors, each in a Spark job of its own: what ends one of them, and the executor with
 * it, leaves the others alone.
 */
final class DoctorVisits {
  private static final long LONGEST_SECONDS = 300;
  private static final int ATTEMPTS = 20;
  private static final long PAUSE_MILLIS = 500;
  private static final Pattern WHERE = Pattern.compile("\\(\\S+ executor \\S+?\\): (.*)");

  private static final Method MAKE_RDD = makeRdd();

  private final SparkContext context;

  DoctorVisits(SparkContext context) {
    this.context = context;
  }

  /**
   * In Java's serialization, for Kryo, where Spark is told to use it, cannot read records.
   *
   * @param found null where the task ran on another executor, which is left alone
   */
  private record Answer(Serializable found) implements Serializable {
    static Answer of(String executor, Examination<?> examination) {
      boolean there = SparkEnv.get().executorId().equals(executor);
      return new Answer(there ? examination.examine() : null);
    }

    byte[] bytes() {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
        out.writeObject(this);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      return bytes.toByteArray();
    }

    static Answer read(byte[] bytes) {
      try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes))) {
        return (Answer) in.readObject();
      } catch (IOException | ClassNotFoundException e) {
        throw new IllegalStateException("Cannot read what an executor answered", e);
      }
    }
  }

  /** Visits them all at once; what each is found to be, by its id. */
  <T extends Serializable> Map<String, Finding<T>> visit(
      List<DoctorExecutor> executors, Examination<T> examination) throws InterruptedException {
    Map<String, Finding<T>> findings = new LinkedHashMap<>();
    List<DoctorExecutor> left = executors;
    for (int attempt = 0; attempt < ATTEMPTS && !left.isEmpty(); attempt++) {
      if (attempt > 0) {
        Thread.sleep(PAUSE_MILLIS);
      }
      findings.putAll(attempt(left, examination));
      left = left.stream().filter(executor -> !findings.containsKey(executor.id())).toList();
    }
    left.forEach(
        executor -> findings.put(executor.id(), Finding.failed("Spark runs no task on it")));
    return findings;
  }

  /** Nothing is found of those for which Spark took another executor, as it does for new ones. */
  private <T extends Serializable> Map<String, Finding<T>> attempt(
      List<DoctorExecutor> executors, Examination<T> examination) throws InterruptedException {
    Map<String, JavaFutureAction<List<byte[]>>> underWay = new LinkedHashMap<>();
    for (DoctorExecutor executor : executors) {
      String id = executor.id();
      underWay.put(
          id, taskOn(executor).map(task -> Answer.of(id, examination).bytes()).collectAsync());
    }
    Map<String, Finding<T>> findings = new LinkedHashMap<>();
    for (Map.Entry<String, JavaFutureAction<List<byte[]>>> visit : underWay.entrySet()) {
      Finding<T> finding = finding(visit.getValue());
      if (finding.isFound() || finding.isFailed()) {
        findings.put(visit.getKey(), finding);
      }
    }
    return findings;
  }

  /** {@code makeRDD} takes another kind of Seq in each version of Scala, and a List is both. */
  private JavaRDD<?> taskOn(DoctorExecutor executor) {
    String location = new ExecutorCacheTaskLocation(executor.host(), executor.id()).toString();
    Object tasks = list(new Tuple2<>(0, list(location)));
    try {
      return ((RDD<?>) MAKE_RDD.invoke(context, tasks, ClassTag$.MODULE$.apply(Integer.class)))
          .toJavaRDD();
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("Cannot make a task for executor " + executor.id(), e);
    }
  }

  private static scala.collection.immutable.List<Object> list(Object element) {
    return List$.MODULE$.<Object>empty().$colon$colon(element);
  }

  private static Method makeRdd() {
    return Stream.of(SparkContext.class.getMethods())
        .filter(method -> method.getName().equals("makeRDD") && method.getParameterCount() == 2)
        .findFirst()
        .orElseThrow();
  }

  @SuppressWarnings("unchecked") // the examination is one of T
  private static <T extends Serializable> Finding<T> finding(JavaFutureAction<List<byte[]>> visit)
      throws InterruptedException {
    try {
      byte[] answer = visit.get(LONGEST_SECONDS, TimeUnit.SECONDS).get(0);
      return Finding.of((T) Answer.read(answer).found());
    } catch (ExecutionException e) {
      return Finding.failed(reason(String.valueOf(e.getCause().getMessage())));
    } catch (TimeoutException e) {
      boolean unused = visit.cancel(true);
      return Finding.failed("it gave no answer in " + LONGEST_SECONDS + " s");
    }
  }

  /** What Spark says of a failed job, without the words about job, stage and task. */
  static String reason(String message) {
    Matcher where = WHERE.matcher(message);
    return where.find() ? where.group(1) : message;
  }
}
