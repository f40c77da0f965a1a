package dev.moonflow.connectors.embedded;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;

/** The two loopback ports of a node: one for clients, one for its controller. */
record BrokerPorts(int broker, int controller) {
  static final String HOST = "127.0.0.1";

  /** Two ports that nobody holds now. */
  static BrokerPorts free() throws IOException {
    InetAddress loopback = InetAddress.getByName(HOST);
    try (ServerSocket first = new ServerSocket(0, 1, loopback);
        ServerSocket second = new ServerSocket(0, 1, loopback)) {
      return new BrokerPorts(first.getLocalPort(), second.getLocalPort());
    }
  }

  /** Whether {@code failure} comes from a port that someone else holds. */
  static boolean wereTaken(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof BindException) {
        return true;
      }
    }
    return false;
  }
}
