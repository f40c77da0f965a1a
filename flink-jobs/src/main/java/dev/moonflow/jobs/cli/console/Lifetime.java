package dev.moonflow.jobs.cli.console;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a command has opened, closed in reverse order exactly once: when the command ends, or when
 * the process is told to stop (Ctrl-C), whichever comes first.
 */
public final class Lifetime implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Lifetime.class);

  private static volatile boolean stopping;

  /** How long a stopping process waits for the command to notice. */
  private static final long NOTICE_SECONDS = 5;

  private final Deque<AutoCloseable> open = new ArrayDeque<>();
  private final List<TemporaryFolder> folders = new ArrayList<>();
  private final CountDownLatch ended = new CountDownLatch(1);
  private final Thread hook = new Thread(this::stop, "moonflow-shutdown");
  private boolean closed;

  /** Begins; from now on Ctrl-C closes what was added. */
  public Lifetime() {
    Runtime.getRuntime().addShutdownHook(hook);
  }

  /** Whether this process was told to stop: failures from now on are only its echo. */
  public static boolean stopping() {
    return stopping;
  }

  /** Takes something to close; it is closed at once when the process is stopping already. */
  public <T extends AutoCloseable> T add(T resource) {
    synchronized (open) {
      if (resource instanceof TemporaryFolder folder) {
        folders.add(folder);
      }
      if (!closed) {
        open.push(resource);
        return resource;
      }
    }
    close(resource);
    throw new IllegalStateException("the process is stopping");
  }

  @Override
  public void close() {
    ended.countDown();
    if (stopping) {
      return; // The hook closes, in order; two at once would stop a broker under its clients.
    }
    closeAll();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      LOG.debug("The process is stopping already.", e);
    }
  }

  private void stop() {
    stopping = true;
    closeAll();
    try {
      // A server that was just being started may still write; its files go when it has ended.
      if (!ended.await(NOTICE_SECONDS, TimeUnit.SECONDS)) {
        LOG.warn("The command did not end within {} s.", NOTICE_SECONDS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    folders.forEach(Lifetime::close);
  }

  private void closeAll() {
    while (true) {
      AutoCloseable next;
      synchronized (open) {
        closed = true;
        next = open.poll();
      }
      if (next == null) {
        return;
      }
      close(next);
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
