package io.shufflenet.spark.storage;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** What becomes of a request, in the place of an answer. */
public sealed interface Fault {
  /** The server refuses it. */
  record Refusal(int status, String code) implements Fault {
    void tell(String method, Socket client) throws IOException {
      String body =
          "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Error><Code>%s</Code><Message>%s</Message></Error>"
              .formatted(code, "by the test");
      String head =
          "HTTP/1.1 %d %s\r\nContent-Type: application/xml\r\nContent-Length: %d\r\nConnection: close\r\n\r\n"
              .formatted(status, code, body.length());
      String answer = method.equals("HEAD") ? head : head + body;
      client.getOutputStream().write(answer.getBytes(StandardCharsets.US_ASCII));
    }
  }

  /** The connection is cut after so many bytes of the answer's body. */
  record Cut(int after) implements Fault {}

  /** Nothing comes after so many bytes of the answer's body, and the connection stays. */
  record Stall(int after) implements Fault {}

  /** The request is read and never answered. */
  record Silence() implements Fault {}
}
