package io.shufflenet.spark.storage;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

/**
 * Stands before an HTTP server and passes requests on as they are, one for a connection; but some
 * meet a {@link Fault}.
 */
public final class FaultyServer implements AutoCloseable {
  private static final int UNLIMITED = Integer.MAX_VALUE;

  private final ServerSocket socket;
  private final int behind;
  private final List<Rule> rules = new CopyOnWriteArrayList<>();
  private final List<Request> seen = new CopyOnWriteArrayList<>();
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final CountDownLatch closed = new CountDownLatch(1);
  private final ExecutorService threads = Executors.newCachedThreadPool();

  /**
   * A request.
   *
   * @param path decoded, as in {@code /bucket/key}
   * @param query as it came; empty where there is none
   */
  public record Request(String method, String path, String query) {
    private static Request of(String head) {
      String[] words = head.split(" ", 3);
      URI target = URI.create(words[1]);
      String query = target.getRawQuery();
      return new Request(words[0], target.getPath(), query == null ? "" : query);
    }
  }

  private record Rule(Predicate<Request> which, AtomicInteger left, Fault fault) {
    boolean strikes(Request request) {
      return which.test(request) && left.getAndUpdate(count -> Math.max(0, count - 1)) > 0;
    }
  }

  private FaultyServer(ServerSocket socket, int behind) {
    this.socket = socket;
    this.behind = behind;
  }

  /**
   * @param behind port of the server that requests are passed on to
   */
  public static FaultyServer before(int behind) throws IOException {
    FaultyServer server =
        new FaultyServer(new ServerSocket(0, 100, InetAddress.getLoopbackAddress()), behind);
    server.threads.execute(server::accept);
    return server;
  }

  public String endpoint() {
    return "http://127.0.0.1:" + socket.getLocalPort();
  }

  /** The next {@code times} requests of that kind meet the fault. */
  public void strike(Predicate<Request> which, int times, Fault fault) {
    rules.add(new Rule(which, new AtomicInteger(times), fault));
  }

  /** As {@link #strike}, every time. */
  public void strikeAlways(Predicate<Request> which, Fault fault) {
    strike(which, UNLIMITED, fault);
  }

  /** From now on every request is passed on, and none has been seen. */
  public void forget() {
    rules.clear();
    seen.clear();
  }

  /** How many requests of that kind came. */
  public long count(Predicate<Request> which) {
    return seen.stream().filter(which).count();
  }

  private void accept() {
    while (!socket.isClosed()) {
      try {
        Socket client = socket.accept();
        open.add(client);
        threads.execute(() -> serve(client));
      } catch (IOException e) {
        return; // closed
      }
    }
  }

  private void serve(Socket client) {
    try (client) {
      String head = head(client.getInputStream());
      if (head.isEmpty()) {
        return;
      }
      Request request = Request.of(head);
      seen.add(request);
      meet(rules.stream().filter(rule -> rule.strikes(request)).findFirst(), request, head, client);
    } catch (IOException | InterruptedException e) {
      return; // the client or the server has gone: so has the connection
    } finally {
      open.remove(client);
    }
  }

  private void meet(Optional<Rule> rule, Request request, String head, Socket client)
      throws IOException, InterruptedException {
    if (rule.isEmpty()) {
      pass(head, client, UNLIMITED);
      return;
    }
    Fault fault = rule.get().fault();
    if (fault instanceof Fault.Refusal refusal) {
      refusal.tell(request.method(), client);
    } else if (fault instanceof Fault.Cut cut) {
      pass(head, client, cut.after());
    } else if (fault instanceof Fault.Stall stall) {
      pass(head, client, stall.after());
      closed.await();
    } else {
      closed.await();
    }
  }

  /** Passes the request on, and at most so many bytes of the answer's body back. */
  private void pass(String head, Socket client, int most) throws IOException {
    try (Socket server = new Socket(InetAddress.getLoopbackAddress(), behind)) {
      open.add(server);
      server
          .getOutputStream()
          .write(
              head.replace("\r\n\r\n", "\r\nConnection: close\r\n\r\n")
                  .getBytes(StandardCharsets.ISO_8859_1));
      threads.execute(() -> copyBody(client, server));
      OutputStream out = client.getOutputStream();
      out.write(head(server.getInputStream()).getBytes(StandardCharsets.ISO_8859_1));
      copy(server.getInputStream(), out, most);
      open.remove(server);
    }
  }

  private static void copyBody(Socket client, Socket server) {
    try {
      copy(client.getInputStream(), server.getOutputStream(), UNLIMITED);
    } catch (IOException e) {
      return; // one of them is closed: the answer has been given
    }
  }

  private static void copy(InputStream in, OutputStream out, int most) throws IOException {
    byte[] buffer = new byte[8192];
    int left = most;
    while (left > 0) {
      int count = in.read(buffer, 0, Math.min(left, buffer.length));
      if (count < 0) {
        return;
      }
      out.write(buffer, 0, count);
      left -= most == UNLIMITED ? 0 : count;
    }
  }

  /** Up to the empty line, which is included; empty where nothing came. */
  private static String head(InputStream in) throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.length() < 4 || !head.substring(head.length() - 4).equals("\r\n\r\n")) {
      int next = in.read();
      if (next < 0) {
        return "";
      }
      head.append((char) next);
    }
    return head.toString();
  }

  @Override
  public void close() throws IOException {
    socket.close();
    closed.countDown();
    for (Socket each : open) {
      each.close();
    }
    threads.shutdownNow();
  }
}
