package dev.moonflow.jobs.cli.console;

import java.util.ArrayDeque;
import java.util.Deque;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a command has opened, closed in reverse order exactly once: when the command ends, or when
 * the process is told to stop (Ctrl-C), whichever comes first.
 */
public final class Lifetime implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Lifetime.class);

  private final Deque<AutoCloseable> open = new ArrayDeque<>();
  private final Thread hook = new Thread(this::closeAll, "moonflow-shutdown");
  private boolean closed;

  /** Begins; from now on Ctrl-C closes what was added. */
  public Lifetime() {
    Runtime.getRuntime().addShutdownHook(hook);
  }

  /** Takes something to close; it is closed at once when the process is stopping already. */
  public synchronized <T extends AutoCloseable> T add(T resource) {
    if (closed) {
      close(resource);
      throw new IllegalStateException("the process is stopping");
    }
    open.push(resource);
    return resource;
  }

  @Override
  public void close() {
    closeAll();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      LOG.debug("The process is stopping already.", e);
    }
  }

  private synchronized void closeAll() {
    closed = true;
    while (!open.isEmpty()) {
      close(open.pop());
    }
  }

  private static void close(AutoCloseable resource) {
    try {
      resource.close();
    } catch (Exception e) {
      LOG.warn("Closing {} failed.", resource, e);
    }
  }
}
