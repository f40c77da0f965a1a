package dev.moonflow.training.distributed;

import java.nio.file.Path;

/** Where the ranks of a group find each other. */
public sealed interface Rendezvous {

  /**
   * A store that rank 0 serves.
   *
   * @param host a name or address of rank 0 that every rank can reach
   * @param port 1 to 65535
   */
  record Tcp(String host, int port) implements Rendezvous {
    public Tcp {
      if (port < 1 || port > 65_535) {
        throw new IllegalArgumentException(
            "rendezvous port " + port + " is not within 1 and 65535");
      }
    }

    @Override
    public String toString() {
      return "tcp://" + host + ":" + port;
    }
  }

  /**
   * A file that every rank can write; must not be left over from an earlier group.
   *
   * @param path absolute
   */
  record File(Path path) implements Rendezvous {
    @Override
    public String toString() {
      return "file://" + path.toAbsolutePath();
    }
  }

  /**
   * Reads what {@code toString} wrote.
   *
   * @throws IllegalArgumentException if it is neither {@code tcp://HOST:PORT} nor {@code
   *     file://PATH}
   */
  static Rendezvous parse(String text) {
    if (text.startsWith("file://")) {
      return new File(Path.of(text.substring("file://".length())));
    }
    int colon = text.lastIndexOf(':');
    if (text.startsWith("tcp://") && colon > "tcp://".length()) {
      try {
        int port = Integer.parseInt(text.substring(colon + 1));
        return new Tcp(text.substring("tcp://".length(), colon), port);
      } catch (NumberFormatException e) {
        throw new IllegalArgumentException("rendezvous " + text + " has no port number", e);
      }
    }
    throw new IllegalArgumentException(
        "rendezvous " + text + " is neither tcp://HOST:PORT nor file://PATH");
  }
}
