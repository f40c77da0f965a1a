package dev.moonflow.connectors.media;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A live source over HTTP that does at each connection what a test says. */
public final class TestVideoServer implements AutoCloseable {
  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final CountDownLatch closed = new CountDownLatch(1);
  private final List<Answer> answers = new ArrayList<>();
  private int connections;

  /** What one connection does with the stream that it writes to. */
  @FunctionalInterface
  public interface Answer {
    void write(OutputStream body, CountDownLatch closed) throws Exception;
  }

  /** Sends some bytes and hangs up. */
  public static Answer sends(byte[] bytes) {
    return (body, closed) -> body.write(bytes);
  }

  /** Sends some bytes and then says nothing more. */
  public static Answer sendsAndStaysSilent(byte[] bytes) {
    return (body, closed) -> {
      body.write(bytes);
      body.flush();
      closed.await();
    };
  }

  /** The answers of the connections in their order; null refuses one. The last one is repeated. */
  public TestVideoServer(List<Answer> answers) throws IOException {
    this.answers.addAll(answers);
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext(
        "/",
        exchange -> {
          Answer answer = next();
          try (exchange) {
            exchange.sendResponseHeaders(answer == null ? 503 : 200, answer == null ? -1 : 0);
            if (answer != null) {
              answer.write(exchange.getResponseBody(), closed);
            }
          } catch (Exception e) {
            // The client hung up.
          }
        });
    server.start();
  }

  private synchronized Answer next() {
    return answers.get(Math.min(connections++, answers.size() - 1));
  }

  public synchronized int connections() {
    return connections;
  }

  public String address() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/cam";
  }

  @Override
  public void close() {
    closed.countDown();
    server.stop(0);
    threads.shutdownNow();
  }
}
