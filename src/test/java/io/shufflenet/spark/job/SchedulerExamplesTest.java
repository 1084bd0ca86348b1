package io.shufflenet.spark.job;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.FieldNamingPolicy;
import io.shufflenet.spark.results.RunRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** The examples in {@code jobs/schedulers} name nothing that this project does not have. */
final class SchedulerExamplesTest {
  private static final Path PROJECT = Path.of(System.getProperty("basedir"));
  private static final Path EXAMPLES = PROJECT.resolve("jobs/schedulers");

  /** Where the examples suppose a copy of {@code target/dist}. */
  private static final Pattern INSTALLED =
      Pattern.compile("(?:/opt/shufflenet|\\{HOME})/([\\w./-]*\\w)");

  @Test
  void everyExampleIsLookedAtHere() throws IOException {
    try (Stream<Path> files = Files.list(EXAMPLES)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrder(
              "Dockerfile",
              "airflow_nightly.py",
              "kubernetes-nightly.yaml",
              "nightly.conf",
              "nightly.crontab",
              "shufflenet-nightly.service",
              "shufflenet-nightly.timer");
    }
  }

  @Test
  void theSettingsFileIsOneThatPredictTakes() throws IOException {
    String file = EXAMPLES.resolve("nightly.conf").toString();

    JobSettings settings =
        JobSettings.of(SettingsFile.PREDICTION.read(new Configuration(), file, Map.of()));

    assertThat(settings.outputPath()).startsWith("file:/");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "airflow_nightly.py",
        "kubernetes-nightly.yaml",
        "nightly.crontab",
        "shufflenet-nightly.service"
      })
  void everyOptionAndSettingExists(String example) throws IOException {
    List<List<String>> commands = commands(example);

    assertThat(commands).isNotEmpty();
    for (List<String> command : commands) {
      assertKnown(command);
    }
  }

  private static void assertKnown(List<String> command) {
    CommandLine known = Main.commands().getSubcommands().get(command.get(0));
    assertThat(known).as(command.get(0)).isNotNull();
    Set<String> options = known.getCommandSpec().optionsMap().keySet();
    assertThat(command.stream().filter(word -> word.startsWith("-")))
        .isNotEmpty()
        .isSubsetOf(options);
    for (int i = 1; i < command.size(); i++) {
      if (command.get(i - 1).equals("--set")) {
        assertThat(SettingsFile.PREDICTION.keys()).contains(command.get(i).replaceAll("=.*", ""));
      }
    }
  }

  /** The command lines of the application: a command and its arguments. */
  private static List<List<String>> commands(String example) throws IOException {
    String text = text(example);
    return switch (example.substring(example.lastIndexOf('.'))) {
      case ".py" -> List.of(words("\"([^\"]*)\"", within(text, "application_args=\\[(.*?)\\]")));
      case ".yaml" -> List.of(words("- (\\S+)\n", within(text, "arguments:\n((?: +- [^\n]*\n)+)")));
      default -> scripts(text);
    };
  }

  private static List<List<String>> scripts(String text) {
    List<List<String>> commands = new ArrayList<>();
    matches("(?m)^[^#\n]*/jobs/(\\w+)\\.sh (.*?)(?: >>.*)?$", text)
        .forEach(
            match -> {
              List<String> command = new ArrayList<>(List.of(match.group(1)));
              command.addAll(List.of(match.group(2).split(" ")));
              commands.add(command);
            });
    return commands;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "airflow_nightly.py",
        "kubernetes-nightly.yaml",
        "nightly.crontab",
        "shufflenet-nightly.service"
      })
  void everyFileOfTheDistributionExists(String example) throws IOException {
    List<String> names = words(INSTALLED.pattern(), text(example));

    assertThat(names).isNotEmpty();
    for (String name : names) {
      // The build makes these two; the others it copies.
      if (!Set.of("shufflenet-spark.jar", "lib").contains(name)) {
        assertThat(PROJECT.resolve(name)).as(example).exists();
      }
    }
    assertThat(Files.readString(PROJECT.resolve("pom.xml")))
        .contains("<outputFile>${dist}/shufflenet-spark.jar<", "<outputDirectory>${dist}/lib<");
  }

  @ParameterizedTest
  @ValueSource(strings = {"airflow_nightly.py", "kubernetes-nightly.yaml"})
  void everyClassExists(String example) throws IOException {
    List<String> names = words("(io\\.shufflenet\\.spark\\.[\\w.]*[A-Z]\\w*)", text(example));

    assertThat(names).contains("io.shufflenet.spark.job.Main");
    assertThat(names)
        .allSatisfy(
            name ->
                assertThat(Class.forName(name, false, getClass().getClassLoader())).isNotNull());
  }

  @Test
  void theGateReadsWhatRunsWrite() throws IOException {
    Set<String> written =
        Arrays.stream(RunRecord.class.getDeclaredFields())
            .map(FieldNamingPolicy.LOWER_CASE_WITH_UNDERSCORES::translateName)
            .collect(Collectors.toSet());

    assertThat(words("run\\[\"(\\w+)\"\\]", text("airflow_nightly.py")))
        .contains("exit_code")
        .isSubsetOf(written);
  }

  @Test
  void sparkSettingsForGpusAreThoseOfTheConfigurationFile() throws IOException {
    Properties file = new Properties();
    try (var in = Files.newBufferedReader(PROJECT.resolve("conf/spark-gpu.conf"))) {
      file.load(in);
    }
    String text = text("kubernetes-nightly.yaml");

    matches(
            "(?m)^ +(spark\\.[\\w.]+): \"?(.*?)\"?$",
            within(text, "sparkConf:\n(.*?)\n    driver:"))
        .filter(match -> file.containsKey(match.group(1)) && !match.group(2).startsWith("/"))
        .forEach(
            match ->
                assertThat(match.group(2)).as(match.group(1)).isEqualTo(file.get(match.group(1))));
    assertThat(text)
        .contains("sparkVersion: \"" + version("spark.version") + "\"")
        .contains(io.shufflenet.spark.inference.ShuffleNetPlugin.class.getName());
    assertThat(text("Dockerfile"))
        .contains(
            "apache/spark:" + version("spark.version") + "-scala" + version("scala.binary.version"))
        .contains("torch==" + version("libtorch.version"));
  }

  private static String version(String property) throws IOException {
    String pom = Files.readString(PROJECT.resolve("pom.xml"));
    return within(pom, "<" + Pattern.quote(property) + ">(.*?)<");
  }

  private static String text(String example) throws IOException {
    return Files.readString(EXAMPLES.resolve(example));
  }

  private static String within(String text, String pattern) {
    return matches("(?s)" + pattern, text).findFirst().orElseThrow().group(1);
  }

  private static List<String> words(String pattern, String text) {
    return matches(pattern, text).map(match -> match.group(1)).toList();
  }

  private static Stream<MatchResult> matches(String pattern, String text) {
    return Pattern.compile(pattern).matcher(text).results();
  }
}
