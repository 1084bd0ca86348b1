package io.shufflenet.spark.cluster;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.fs.permission.FsPermission;
import org.apache.hadoop.util.Progressable;
import org.apache.spark.TaskContext;

/**
 * Local files under the scheme {@code trap}, where a task that opens images meets with a {@link
 * Fault}. What several processes must know is a file in a folder of the test's own.
 */
public final class TrapFileSystem extends RawLocalFileSystem {
  public static final String SCHEME = "trap";

  /** Has the number of the process that stands still. */
  public static final String PROCESS = "process";

  /** Tells a task that stands still. */
  static final String GO_ON = "go-on";

  /** Where the names of images are that end a process. */
  static final String CULPRITS = "culprits";

  /** How many images a task has opened when it happens. */
  private static final int HALF = 25;

  private static final String FAULT = "test.fault";
  private static final String FOLDER = "test.folder";
  private static final Map<Long, List<String>> OPENED = new ConcurrentHashMap<>();

  /** What happens. */
  public enum Fault {
    NONE,
    /** Two images of one partition, and one of another, end every process that opens them. */
    CRASHING_IMAGES,
    /** Every process ends that begins a file of predictions. */
    CRASHING_OUTPUT,
    /** One task meets with an unchecked exception, another with a server that is gone. */
    EXCEPTIONS,
    /** A task waits until another attempt at the same has come as far. */
    WAITING_FOR_A_TWIN,
    /** A task writes down its process, and goes on when it is told to, by a file {@link #GO_ON}. */
    STANDING_STILL,
    /**
     * A driver that has written all of a change to an Iceberg table writes down its process, and
     * does not make the commit.
     */
    STANDING_BEFORE_A_COMMIT
  }

  /** Options for a script, with which a job meets with it. */
  static List<String> settings(Fault fault, java.nio.file.Path folder) throws IOException {
    return Place.settings(
        properties(fault, folder).entrySet().stream()
            .map(property -> property.getKey() + "=" + property.getValue())
            .toArray(String[]::new));
  }

  /** Spark's properties with which a job meets with it. */
  public static Map<String, String> properties(Fault fault, java.nio.file.Path folder)
      throws IOException {
    Files.createDirectories(folder.resolve(CULPRITS));
    return Map.of(
        "spark.hadoop.fs." + SCHEME + ".impl",
        TrapFileSystem.class.getName(),
        "spark.hadoop." + FAULT,
        fault.toString(),
        "spark.hadoop." + FOLDER,
        folder.toString());
  }

  /** Puts the class into a jar of its own. */
  static void addTo(java.nio.file.Path jars) throws IOException {
    String packageFolder = TrapFileSystem.class.getPackageName().replace('.', '/');
    java.nio.file.Path classes = SparkDistribution.TARGET.resolve("test-classes/" + packageFolder);
    try (JarOutputStream jar =
            new JarOutputStream(Files.newOutputStream(jars.resolve("trap-file-system.jar")));
        Stream<java.nio.file.Path> files = Files.list(classes)) {
      for (java.nio.file.Path file : files.toList()) {
        String name = file.getFileName().toString();
        if (name.startsWith("TrapFileSystem")) {
          jar.putNextEntry(new JarEntry(packageFolder + "/" + name));
          Files.copy(file, jar);
        }
      }
    }
  }

  @Override
  public String getScheme() {
    return SCHEME;
  }

  @Override
  public URI getUri() {
    return URI.create(SCHEME + ":///");
  }

  private Fault fault() {
    return getConf().getEnum(FAULT, Fault.NONE);
  }

  private java.nio.file.Path mark(String name) {
    return java.nio.file.Path.of(getConf().get(FOLDER), name);
  }

  @Override
  public FSDataInputStream open(Path path, int bufferSize) throws IOException {
    TaskContext task = TaskContext.get();
    if (task != null && path.getName().endsWith(".png")) {
      List<String> opened =
          OPENED.computeIfAbsent(task.taskAttemptId(), absent -> new ArrayList<>());
      opened.add(path.getName());
      trap(task, opened);
    }
    return super.open(path, bufferSize);
  }

  private void trap(TaskContext task, List<String> opened) throws IOException {
    boolean half = opened.size() == HALF;
    switch (fault()) {
      case CRASHING_IMAGES -> crash(task.partitionId(), half, opened);
      case EXCEPTIONS -> fail(task, opened);
      case WAITING_FOR_A_TWIN -> {
        if (task.partitionId() == 1 && half) {
          Files.createFile(mark("attempt-" + task.attemptNumber()));
          await(task, () -> Files.exists(mark("attempt-0")) && Files.exists(mark("attempt-1")));
        }
      }
      case STANDING_STILL -> {
        if (task.partitionId() == 1 && half && isFirst("first")) {
          writeDownProcess();
          await(task, () -> Files.exists(mark(GO_ON)));
        }
      }
      case NONE, CRASHING_OUTPUT, STANDING_BEFORE_A_COMMIT -> {}
    }
  }

  private void writeDownProcess() throws IOException {
    Files.writeString(mark("process.writing"), Long.toString(ProcessHandle.current().pid()));
    Files.move(mark("process.writing"), mark(PROCESS));
  }

  private void crash(int partition, boolean half, List<String> opened) throws IOException {
    if (half && partition == 1 && isFirst("one-partition")) {
      Files.createFile(culprit(opened.get(HALF / 2)));
      Files.createFile(culprit(opened.get(HALF - 1)));
    }
    if (half && partition == 3 && isFirst("another-partition")) {
      Files.createFile(culprit(opened.get(HALF - 1)));
    }
    if (Files.exists(culprit(opened.get(opened.size() - 1)))) {
      die();
    }
  }

  private java.nio.file.Path culprit(String image) {
    return mark(CULPRITS).resolve(image);
  }

  private boolean isFirst(String name) throws IOException {
    try {
      Files.createFile(mark(name));
      return true;
    } catch (FileAlreadyExistsException e) {
      return false;
    }
  }

  private static void die() {
    Runtime.getRuntime().halt(134);
  }

  private static void fail(TaskContext task, List<String> opened) throws IOException {
    if (task.attemptNumber() > 0 || opened.size() < HALF) {
      return;
    }
    if (task.partitionId() == 1) {
      throw new IllegalStateException("broken by the test");
    }
    if (task.partitionId() == 3) {
      throw new SocketTimeoutException("timed out by the test");
    }
  }

  @FunctionalInterface
  private interface Condition {
    boolean holds();
  }

  private static void await(TaskContext task, Condition condition) throws IOException {
    while (!condition.holds()) {
      try {
        TimeUnit.MILLISECONDS.sleep(10);
      } catch (InterruptedException e) {
        throw new InterruptedIOException("Interrupted");
      }
      if (task.isInterrupted()) {
        throw new InterruptedIOException("The task was killed");
      }
    }
  }

  @Override
  public FSDataOutputStream create(
      Path path,
      boolean overwrite,
      int bufferSize,
      short replication,
      long blockSize,
      Progressable progress)
      throws IOException {
    if (fault() == Fault.CRASHING_OUTPUT
        && path.getName().startsWith("part-")
        && path.toString().contains("/batches/")) {
      die();
    }
    return super.create(path, overwrite, bufferSize, replication, blockSize, progress);
  }

  @Override
  public boolean rename(Path from, Path to) throws IOException {
    if (fault() == Fault.STANDING_BEFORE_A_COMMIT
        && to.getName().matches("v\\d+\\.metadata\\.json")) {
      writeDownProcess();
      while (true) {
        LockSupport.park();
      }
    }
    return super.rename(from, to);
  }

  /** Hadoop starts a process for each. */
  @Override
  public void setPermission(Path path, FsPermission permission) {}
}
