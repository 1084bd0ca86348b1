package io.shufflenet.spark.inference;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.io.UncheckedIOException;

/**
 * What the driver sends to every executor, as a broadcast: the settings, weights included, and what
 * the driver's own classifier makes of the built-in check image. The settings travel as bytes of
 * Java's serialization, for Kryo, where Spark is told to use it, cannot read records.
 */
final class Delivery implements Serializable {
  private static final long serialVersionUID = 1;

  private final byte[] encodedSettings;
  private final float[] checkLogits;
  private transient InferenceSettings settings;

  Delivery(InferenceSettings settings, float[] checkLogits) {
    this.encodedSettings = encode(settings);
    this.checkLogits = checkLogits;
  }

  private static byte[] encode(InferenceSettings settings) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(settings);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  /** Decoded once for all tasks of a JVM, which share the broadcast. */
  synchronized InferenceSettings settings() {
    if (settings == null) {
      try (ObjectInputStream in =
          new ObjectInputStream(new ByteArrayInputStream(encodedSettings))) {
        settings = (InferenceSettings) in.readObject();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      } catch (ClassNotFoundException e) {
        throw new IllegalStateException("Cannot read the settings that the driver sent", e);
      }
    }
    return settings;
  }

  float[] checkLogits() {
    return checkLogits;
  }
}
