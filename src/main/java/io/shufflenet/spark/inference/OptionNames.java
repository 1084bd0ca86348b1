package io.shufflenet.spark.inference;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.regex.Pattern;

/**
 * What a message calls the things that a user of Spark code or SQL has set: an option has the last
 * word of the name that the command line's setting has.
 */
public final class OptionNames {
  private static final Pattern SETTING =
      Pattern.compile(
          "(?<![\\w./-])(?:image|inference|output|model|input)\\."
              + "(preprocessing|precision|embedding|class-names|path|format|keep)(?![\\w/-])");

  /** There is no option for one. */
  private static final Pattern COLUMN = Pattern.compile(" \\(input\\.columns\\.[a-z-]+\\)");

  private OptionNames() {}

  /** What a user asked for. */
  @FunctionalInterface
  public interface Request<T> {
    T run() throws IOException;
  }

  /**
   * Does what was asked; what is thrown names options, and no settings.
   *
   * @throws IllegalArgumentException as the request does
   * @throws UncheckedIOException where the request throws an {@code IOException}
   */
  public static <T> T inMessages(Request<T> request) {
    try {
      return request.run();
    } catch (IllegalArgumentException e) {
      String message = named(e.getMessage());
      throw message.equals(e.getMessage()) ? e : new IllegalArgumentException(message, e);
    } catch (IOException e) {
      throw new UncheckedIOException(named(e.getMessage()), e);
    }
  }

  static String named(String message) {
    String options = SETTING.matcher(String.valueOf(message)).replaceAll("$1");
    return COLUMN.matcher(options).replaceAll("");
  }
}
