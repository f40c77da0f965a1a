package dev.moonflow.connectors.media;

import java.io.Serializable;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * The frames of a live source behind an address (RTSP, RTMP, HTTP, UDP), over lost connections: it
 * connects again after a pause that doubles from one failure to the next and begins anew with a
 * frame that arrives. Frames are numbered through. Event time is the clock's at the first frame of
 * a connection, and the source's own time from there on; it never goes back.
 *
 * <p>What announces its length, such as a file behind HTTP, ends when it has been read to its end.
 * Used by one thread; {@link #close} may be called by any.
 */
public final class LiveVideo implements AutoCloseable {
  private static final Set<String> SCHEMES =
      Set.of("rtsp", "rtsps", "rtmp", "http", "https", "udp", "rtp", "tcp");

  private final String address;
  private final double framesPerSecond;
  private final MediaLimits limits;
  private final Pauses pauses;
  private final Clock clock;
  private final Listener listener;
  private final CountDownLatch closed = new CountDownLatch(1);

  private VideoFrames connection;
  private Instant connectedAt;
  private Duration nextPause;
  private Instant last = Instant.MIN;
  private long taken;

  /**
   * How long to wait.
   *
   * @param first before the first attempt to connect again
   * @param longest before any
   * @param silence of a connection after which it counts as lost
   */
  public record Pauses(Duration first, Duration longest, Duration silence) implements Serializable {
    /** One second to thirty; ten seconds of silence. */
    public static final Pauses DEFAULT =
        new Pauses(Duration.ofSeconds(1), Duration.ofSeconds(30), Duration.ofSeconds(10));

    public Pauses {
      if (first.toMillis() < 1 || longest.compareTo(first) < 0 || silence.toMillis() < 1) {
        throw new IllegalArgumentException(first + ", " + longest + ", " + silence);
      }
    }
  }

  /** Hears of lost connections. */
  @FunctionalInterface
  public interface Listener {
    /**
     * The source could not be reached or was lost, for a reason; it is tried again after a while.
     */
    void lost(String why, Duration pause);
  }

  /** A source that is not connected yet. */
  public LiveVideo(
      String address,
      double framesPerSecond,
      MediaLimits limits,
      Pauses pauses,
      Clock clock,
      Listener listener) {
    this.address = address;
    this.framesPerSecond = framesPerSecond;
    this.limits = limits;
    this.pauses = pauses;
    this.clock = clock;
    this.listener = listener;
    nextPause = pauses.first();
  }

  /** Whether a text is the address of a live source, and not a file. */
  public static boolean isAddress(String text) {
    int colon = text.indexOf("://");
    return colon > 0 && SCHEMES.contains(text.substring(0, colon).toLowerCase(Locale.ROOT));
  }

  /** An address without the user, password and query that it may hold, for names and messages. */
  public static String withoutSecrets(String address) {
    try {
      URI uri = URI.create(address);
      if (uri.getHost() != null) {
        String port = uri.getPort() < 0 ? "" : ":" + uri.getPort();
        String path = uri.getRawPath() == null ? "" : uri.getRawPath();
        return uri.getScheme() + "://" + uri.getHost() + port + path;
      }
    } catch (IllegalArgumentException e) {
      // Not a URI that Java reads: only the scheme is told.
    }
    return address.substring(0, address.indexOf("://") + 3) + "...";
  }

  /** The next frame; nothing when the source has ended or this was closed. Waits as it must. */
  public Optional<TimedFrame> next() throws InterruptedException {
    while (closed.getCount() > 0) {
      String why;
      try {
        if (connection == null) {
          connection = VideoFrames.openLive(address, framesPerSecond, limits, pauses.silence());
          connectedAt = null;
        }
        Optional<VideoFrame> frame = connection.next();
        if (frame.isPresent()) {
          return Optional.of(timed(frame.get()));
        }
        if (connection.hasAnnouncedEnd() && connection.flaw().isEmpty()) {
          disconnect();
          return Optional.empty();
        }
        why = connection.flaw().orElse("it ended");
      } catch (MediaRejectedException e) {
        why = e.getMessage();
      }
      disconnect();
      if (closed.getCount() > 0) {
        pause(why);
      }
    }
    disconnect();
    return Optional.empty();
  }

  private TimedFrame timed(VideoFrame frame) {
    nextPause = pauses.first();
    if (connectedAt == null) {
      connectedAt = clock.instant().minusNanos(frame.timestampMicros() * 1_000);
    }
    Instant time = connectedAt.plusNanos(frame.timestampMicros() * 1_000);
    if (!time.isAfter(last)) {
      time = last.plusMillis(1);
    }
    last = time;
    return new TimedFrame(taken++, time, frame.image());
  }

  private void pause(String why) throws InterruptedException {
    listener.lost(why, nextPause);
    Duration pause = nextPause;
    Duration twice = pause.multipliedBy(2);
    nextPause = twice.compareTo(pauses.longest()) > 0 ? pauses.longest() : twice;
    boolean unused = closed.await(pause.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void disconnect() {
    if (connection != null) {
      connection.close();
      connection = null;
    }
  }

  /** Ends {@link #next} soon: at once in a pause, else with the next frame or the next silence. */
  @Override
  public void close() {
    closed.countDown();
  }
}
