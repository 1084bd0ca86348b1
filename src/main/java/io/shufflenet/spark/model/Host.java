package io.shufflenet.spark.model;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** The machine that this JVM runs on, as messages name it. */
final class Host {
  private Host() {}

  static String name() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "a host without a name";
    }
  }
}
