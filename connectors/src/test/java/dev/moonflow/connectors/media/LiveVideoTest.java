package dev.moonflow.connectors.media;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LiveVideoTest {
  private static final LiveVideo.Pauses SHORT =
      new LiveVideo.Pauses(Duration.ofMillis(20), Duration.ofMillis(50), Duration.ofSeconds(1));

  @TempDir Path folder;
  private final List<String> lost = new ArrayList<>();

  private LiveVideo open(String address, double perSecond) {
    return new LiveVideo(
        address,
        perSecond,
        MediaLimits.DEFAULT,
        SHORT,
        Clock.systemUTC(),
        (why, pause) -> lost.add(pause.toMillis() + " " + why));
  }

  @Test
  void lostConnectionsAreMadeAgainAfterPausesThatGrow() throws Exception {
    byte[] all = TestVideos.bytes("mpegts", folder);
    TestVideoServer.Answer half = TestVideoServer.sends(Arrays.copyOf(all, all.length / 2));
    List<TimedFrame> frames = new ArrayList<>();
    try (TestVideoServer server =
            new TestVideoServer(
                // FFmpeg's wrapper asks twice before it gives up.
                Arrays.asList(
                    half, null, null, null, null, null, null, TestVideoServer.sends(all)));
        LiveVideo live = open(server.address(), 5)) {
      while (frames.size() < 20) {
        frames.add(live.next().orElseThrow());
      }
      assertThat(server.connections()).isGreaterThanOrEqualTo(5);
    }
    Instant before = Instant.MIN;
    for (int i = 0; i < frames.size(); i++) {
      assertThat(frames.get(i).index()).isEqualTo(i);
      assertThat(frames.get(i).time()).isAfter(before);
      before = frames.get(i).time();
    }
    assertThat(lost.size()).isGreaterThanOrEqualTo(4);
    assertThat(lost.subList(0, 4))
        .satisfiesExactly(
            first -> assertThat(first).startsWith("20 "),
            second -> assertThat(second).startsWith("40 ").contains("cannot be reached"),
            third -> assertThat(third).startsWith("50 "),
            fourth -> assertThat(fourth).startsWith("50 "));
  }

  @Test
  void aSilentSourceIsLostAndClosingEndsTheWait() throws Exception {
    byte[] all = TestVideos.bytes("mpegts", folder);
    try (TestVideoServer server =
            new TestVideoServer(
                List.of(
                    TestVideoServer.sendsAndStaysSilent(Arrays.copyOf(all, all.length / 2)),
                    TestVideoServer.sends(all)));
        LiveVideo live = open(server.address(), 10)) {
      for (int i = 0; i < TestVideos.FRAMES; i++) {
        assertThat(live.next()).isPresent();
      }
      assertThat(lost).isNotEmpty();
      live.close();
      assertThat(live.next()).isEqualTo(Optional.empty());
    }
  }

  /** Frames of a live source until there are so many, numbered and in their time. */
  private static void checkFrames(LiveVideo live, int count) throws Exception {
    Instant before = Instant.MIN;
    for (int i = 0; i < count; i++) {
      TimedFrame frame = live.next().orElseThrow();
      assertThat(frame.index()).isEqualTo(i);
      assertThat(frame.time()).isAfter(before);
      assertThat(frame.image().width()).isEqualTo(96);
      assertThat(frame.image().height()).isEqualTo(64);
      before = frame.time();
    }
  }

  @Test
  void aCameraBehindRtspIsReadAndReadAgainWhenItHangsUp() throws Exception {
    byte[] all = TestVideos.bytes("mpegts", folder);
    try (TestRtspServer camera = new TestRtspServer(all);
        LiveVideo live = open(camera.address(), 10)) {
      checkFrames(live, TestVideos.FRAMES + 5);
      assertThat(camera.requests())
          .startsWith("OPTIONS", "DESCRIBE", "SETUP", "PLAY")
          .filteredOn("PLAY"::equals)
          .hasSizeGreaterThanOrEqualTo(2);
      assertThat(lost).isNotEmpty();
    }
  }

  @Test
  void aTransportStreamOverUdpIsRead() throws Exception {
    List<byte[]> packets = TestRtspServer.datagrams(TestVideos.bytes("mpegts", folder));
    int port;
    try (DatagramSocket free = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    AtomicBoolean over = new AtomicBoolean();
    Thread sender =
        new Thread(
            () -> {
              try (DatagramSocket socket = new DatagramSocket()) {
                while (!over.get()) {
                  for (byte[] packet : packets) {
                    socket.send(
                        new DatagramPacket(
                            packet, packet.length, InetAddress.getLoopbackAddress(), port));
                    Thread.sleep(1); // a socket's buffer is small
                  }
                }
              } catch (Exception e) {
                // Nobody listens any more.
              }
            });
    sender.start();
    try (LiveVideo live = open("udp://127.0.0.1:" + port, 10)) {
      checkFrames(live, 10);
    } finally {
      over.set(true);
      sender.join();
    }
  }

  @Test
  void addressesAreToldWithoutTheirSecrets() {
    assertThat(LiveVideo.isAddress("rtsp://u:p@cam/main?key=1")).isTrue();
    assertThat(LiveVideo.isAddress("RTSP://cam")).isTrue();
    assertThat(LiveVideo.isAddress("file:///etc/passwd")).isFalse();
    assertThat(LiveVideo.isAddress("videos/a.mp4")).isFalse();
    assertThat(LiveVideo.withoutSecrets("rtsp://u:p@cam:554/main?key=1"))
        .isEqualTo("rtsp://cam:554/main");
    assertThat(LiveVideo.withoutSecrets("rtsp://u:p w@cam/main")).isEqualTo("rtsp://...");
  }

  @Test
  void theReasonOfALossHoldsNoSecret() throws Exception {
    try (LiveVideo live = open("http://user:word@127.0.0.1:1/cam", 1)) {
      Thread closer =
          new Thread(
              () -> {
                while (lost.isEmpty()) {
                  Thread.onSpinWait();
                }
                live.close();
              });
      closer.start();
      assertThat(live.next()).isEmpty();
      closer.join();
    }
    assertThat(lost.get(0)).contains("http://127.0.0.1:1/cam").doesNotContain("word");
  }
}
