package io.shufflenet.spark.cluster;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.shufflenet.spark.LocalSpark;
import io.shufflenet.spark.ShortLived;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.spark.launcher.JavaModuleOptions;

/**
 * Spark's own standalone cluster on loopback: a master and two workers, each a process. Each worker
 * offers three cores and the GPUs that {@code conf/gpu-discovery.sh} finds with the {@code
 * nvidia-smi} that it is given.
 */
final class StandaloneCluster implements AutoCloseable {
  private static final Pattern MASTER_URL = Pattern.compile("Starting Spark master at (\\S+)");
  private static final Pattern MASTER_PAGE = Pattern.compile("MasterWebUI.* at (http://\\S+)");

  private final Path folder;
  private final Path sparkHome;
  private final Process master;
  private final List<Process> workers = new ArrayList<>();

  /** Whatever ran under a process that was killed. */
  private final List<ProcessHandle> orphans = new ArrayList<>();

  private StandaloneCluster(Path folder, Path sparkHome) throws IOException {
    this.folder = Files.createDirectories(folder);
    this.sparkHome = sparkHome;
    this.master =
        daemon(
            "master",
            Map.of("SPARK_LOCAL_IP", "127.0.0.1"),
            List.of(),
            "org.apache.spark.deploy.master.Master",
            "--host",
            "127.0.0.1",
            "--port",
            "0",
            "--webui-port",
            "0");
  }

  /**
   * Starts one, and waits until both workers have registered.
   *
   * @param folder a new one, for logs and work folders
   * @param nvidiaSmi the program, for workers and executors
   * @param gpus how many a worker offers; it must find them
   */
  static StandaloneCluster start(Path folder, Path sparkHome, Path nvidiaSmi, int gpus)
      throws Exception {
    StandaloneCluster cluster = new StandaloneCluster(folder, sparkHome);
    try {
      Await.until(
          "the master says where it is",
          () -> cluster.told(MASTER_URL) != null && cluster.told(MASTER_PAGE) != null);
      cluster.startWorker("127.0.0.2", nvidiaSmi, gpus);
      cluster.startWorker("127.0.0.3", nvidiaSmi, gpus);
      Await.until(
          "two workers have registered", () -> cluster.page().get("aliveworkers").getAsInt() == 2);
      return cluster;
    } catch (Exception | AssertionError e) {
      cluster.close();
      throw e;
    }
  }

  private void startWorker(String host, Path nvidiaSmi, int gpus) throws IOException {
    String path = nvidiaSmi.getParent() + File.pathSeparator + System.getenv("PATH");
    Path discovery = SparkDistribution.TARGET.resolve("dist/conf/gpu-discovery.sh");
    workers.add(
        daemon(
            "worker-" + host,
            Map.of("SPARK_LOCAL_IP", host, "PATH", path),
            List.of(
                "-Dspark.worker.resource.gpu.amount=" + gpus,
                "-Dspark.worker.resource.gpu.discoveryScript=" + discovery),
            "org.apache.spark.deploy.worker.Worker",
            "--host",
            host,
            "--port",
            "0",
            "--webui-port",
            "0",
            "--cores",
            "3",
            "--memory",
            "8g",
            "--work-dir",
            work(host).toString(),
            url()));
  }

  private Process daemon(
      String name,
      Map<String, String> environment,
      List<String> options,
      String main,
      String... arguments)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Xmx256m");
    command.addAll(List.of(JavaModuleOptions.defaultModuleOptions().split(" ")));
    command.addAll(options);
    command.addAll(List.of("-cp", sparkHome.resolve("jars") + "/*", main));
    command.addAll(Arrays.asList(arguments));
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log(name).toFile());
    builder
        .environment()
        .putAll(
            Map.of(
                "SPARK_HOME",
                sparkHome.toString(),
                "SPARK_SCALA_VERSION",
                LocalSpark.SCALA,
                "SPARK_LOCAL_DIRS",
                folder.resolve("local").toString(),
                "LC_ALL",
                "C.UTF-8"));
    builder.environment().putAll(ShortLived.environment());
    builder.environment().putAll(environment);
    return builder.start();
  }

  private Path log(String name) {
    return folder.resolve(name + ".log");
  }

  /** What the master's log says where the pattern's group stands; null until it does. */
  private String told(Pattern pattern) throws IOException {
    if (!master.isAlive()) {
      throw new IOException("The master has ended; see " + log("master"));
    }
    Matcher matcher = pattern.matcher(Files.readString(log("master")));
    return matcher.find() ? matcher.group(1) : null;
  }

  /** For {@code --master}. */
  String url() throws IOException {
    return told(MASTER_URL);
  }

  /** The master's own account of its workers, applications and drivers. */
  private JsonObject page() throws IOException {
    try (InputStream page = URI.create(told(MASTER_PAGE) + "/json/").toURL().openStream()) {
      String json = new String(page.readAllBytes(), StandardCharsets.UTF_8);
      return JsonParser.parseString(json).getAsJsonObject();
    }
  }

  /** How each driver that ran on a worker has ended: {@code FINISHED} or {@code FAILED}. */
  List<String> endedDrivers() throws IOException {
    List<String> states = new ArrayList<>();
    for (JsonElement driver : page().getAsJsonArray("completeddrivers")) {
      states.add(driver.getAsJsonObject().get("state").getAsString());
    }
    return states;
  }

  /** The folders of all executors that were ever started for applications, also of lost ones. */
  List<Path> executorFolders() throws IOException {
    List<Path> folders = new ArrayList<>();
    for (String host : List.of("127.0.0.2", "127.0.0.3")) {
      try (Stream<Path> found = Files.find(work(host), 2, (path, is) -> is.isDirectory())) {
        found
            .filter(path -> path.getParent().getFileName().toString().startsWith("app-"))
            .forEach(folders::add);
      }
    }
    return folders;
  }

  private Path work(String host) {
    return folder.resolve("work-" + host);
  }

  /** Ends the executor of a worker as {@code kill -9} does. */
  void killExecutor(int worker) {
    ProcessHandle executor = workers.get(worker).children().findFirst().orElseThrow();
    orphans.add(executor);
    kill(executor);
  }

  /** Ends a worker as {@code kill -9} does; its executors see that it is gone, and end. */
  void killWorker(int worker) {
    workers.get(worker).descendants().forEach(orphans::add);
    kill(workers.get(worker).toHandle());
  }

  private static void kill(ProcessHandle process) {
    if (!process.destroyForcibly()) {
      throw new IllegalStateException("Cannot kill process " + process.pid());
    }
  }

  /** Stops everything that was started; afterwards none of it is left. */
  @Override
  public void close() {
    List<ProcessHandle> all = new ArrayList<>(orphans);
    Stream.concat(workers.stream(), Stream.of(master))
        .forEach(
            daemon -> {
              daemon.descendants().forEach(all::add);
              all.add(daemon.toHandle());
            });
    all.forEach(ProcessHandle::destroyForcibly);
    all.forEach(process -> process.onExit().orTimeout(1, TimeUnit.MINUTES).join());
  }
}
