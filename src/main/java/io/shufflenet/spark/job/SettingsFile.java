package io.shufflenet.spark.job;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigSyntax;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import com.typesafe.config.ConfigValueType;
import io.shufflenet.spark.dataset.HadoopPath;
import io.shufflenet.spark.inference.Choice;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/**
 * Puts the settings together: defaults, then the configuration file (HOCON), then the command line.
 */
final class SettingsFile {
  /** The settings of predict and evaluate. */
  static final SettingsFile PREDICTION = new SettingsFile("defaults.conf");

  /** The settings of train. */
  static final SettingsFile TRAINING = new SettingsFile("train-defaults.conf");

  /** The settings of pack. */
  static final SettingsFile PACKING = new SettingsFile("pack-defaults.conf");

  /** The settings of compare. */
  static final SettingsFile COMPARISON = new SettingsFile("compare-defaults.conf");

  /** The settings of report. */
  static final SettingsFile REPORTING = new SettingsFile("report-defaults.conf");

  private final Config defaults;

  private SettingsFile(String resource) {
    defaults = ConfigFactory.parseResources(SettingsFile.class, resource).resolve();
  }

  /**
   * @param file a Hadoop path, or null
   * @param overrides values from the command line by key
   * @return every key with its value
   * @throws IllegalArgumentException if the file does not parse, or a key is unknown
   */
  Config read(Configuration hadoop, String file, Map<String, String> overrides) throws IOException {
    Config settings = file == null ? ConfigFactory.empty() : checked(parse(hadoop, file), file);
    for (Map.Entry<String, String> override : overrides.entrySet()) {
      String key = override.getKey();
      checkKnown(key, "--set");
      settings = settings.withValue(key, value(key, override.getValue()));
    }
    return settings.withFallback(defaults);
  }

  private static Config parse(Configuration hadoop, String file) throws IOException {
    Path path = HadoopPath.named(hadoop, "--conf", file);
    try (Reader reader =
        new InputStreamReader(path.getFileSystem(hadoop).open(path), StandardCharsets.UTF_8)) {
      ConfigParseOptions hocon =
          ConfigParseOptions.defaults()
              .setSyntax(ConfigSyntax.CONF)
              .setOriginDescription(file)
              .setAllowMissing(false);
      return ConfigFactory.parseReader(reader, hocon).resolve();
    } catch (FileNotFoundException e) {
      throw new IllegalArgumentException("Cannot read --conf " + file + ": there is no such file");
    } catch (IOException e) {
      throw new IOException("Cannot read --conf " + file + ": " + e.getMessage(), e);
    } catch (ConfigException e) {
      throw new IllegalArgumentException("Cannot read --conf " + file + ": " + e.getMessage(), e);
    }
  }

  private Config checked(Config settings, String file) {
    for (Map.Entry<String, ConfigValue> entry : settings.entrySet()) {
      checkKnown(entry.getKey(), file);
    }
    return settings;
  }

  private void checkKnown(String key, String where) {
    if (keys().contains(key)) {
      return;
    }
    throw new IllegalArgumentException(
        "Cannot use the key %s (%s): there is none of that name; the nearest is %s"
            .formatted(key, where, Choice.nearest(keys(), key)));
  }

  /** Every key, sorted. */
  List<String> keys() {
    return defaults.entrySet().stream().map(Map.Entry::getKey).sorted().toList();
  }

  /**
   * A value of the command line is taken as it stands, so that paths need no quotes; a list is
   * split at commas.
   */
  private ConfigValue value(String key, String text) {
    ConfigValueType type = defaults.getValue(key).valueType();
    if (type == ConfigValueType.NUMBER) {
      return ConfigValueFactory.fromAnyRef(number(key, text), "--set " + key);
    }
    if (type == ConfigValueType.BOOLEAN && List.of("true", "false").contains(text)) {
      return ConfigValueFactory.fromAnyRef(Boolean.valueOf(text), "--set " + key);
    }
    if (type != ConfigValueType.LIST) {
      return ConfigValueFactory.fromAnyRef(text, "--set " + key);
    }
    List<String> items =
        Arrays.stream(text.replaceAll("^\\[|]$", "").split(","))
            .map(String::strip)
            .filter(item -> !item.isEmpty())
            .toList();
    return ConfigValueFactory.fromIterable(items, "--set " + key);
  }

  private static Number number(String key, String text) {
    try {
      BigDecimal number = new BigDecimal(text.strip());
      return number.scale() <= 0 ? number.longValueExact() : (Number) number.doubleValue();
    } catch (ArithmeticException | NumberFormatException e) {
      throw new IllegalArgumentException(
          "Cannot use %s = %s: it must be a number".formatted(key, text), e);
    }
  }
}
