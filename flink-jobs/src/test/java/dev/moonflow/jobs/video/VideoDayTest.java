package dev.moonflow.jobs.video;

import static org.assertj.core.api.Assertions.assertThat;

import dev.moonflow.jobs.ingest.PerceptionRequest;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * A day of one frame a second: what is kept of the stream does not grow, nor what a window costs.
 */
class VideoDayTest {
  private static final int HOUR = 3_600;

  @Test
  void stateAndCostStayFlatOverADay() throws Exception {
    byte[][] pictures = new byte[16][];
    for (int i = 0; i < pictures.length; i++) {
      pictures[i] = Frames.grey(i * 16);
    }
    List<Long> state = new ArrayList<>();
    List<Long> requestBytes = new ArrayList<>();
    List<Integer> requests = new ArrayList<>();
    List<Integer> timers = new ArrayList<>();
    try (VideoHarness harness = new VideoHarness(null)) {
      harness.setProcessingTime(Frames.T0);
      for (int hour = 0; hour < 24; hour++) {
        long begin = System.nanoTime();
        int left = 0;
        long bytes = 0;
        for (int second = hour * HOUR; second < (hour + 1) * HOUR; second++) {
          harness.setProcessingTime(Frames.T0 + second * 1000L);
          // Something happens every seven seconds, nothing in every fourth minute.
          int picture = second / 60 % 4 == 3 ? 0 : second / 7 % pictures.length;
          harness.send(Frames.at("cam", second, pictures[picture]));
          if (second % 60 == 59) {
            for (PerceptionRequest request : harness.taken()) {
              left++;
              bytes += request.bytes();
            }
            harness.clear();
          }
        }
        state.add(harness.stateBytes(hour));
        requests.add(left);
        requestBytes.add(bytes);
        timers.add(harness.numProcessingTimeTimers());
        if (hour % 8 == 0) {
          System.out.printf(
              "hour %d: %d windows, state %d bytes, %.0f us a frame%n",
              hour, left, state.get(hour), (System.nanoTime() - begin) / 1e3 / HOUR);
        }
      }
    }
    assertThat(requests.subList(1, 24)).allMatch(n -> n == HOUR / 10);
    assertThat(timers).allMatch(n -> n <= 5);
    long first = state.get(1);
    assertThat(state.subList(1, 24)).allMatch(bytes -> Math.abs(bytes - first) < 4_096);
    assertThat(requestBytes.subList(1, 24))
        .allMatch(bytes -> Math.abs(bytes - requestBytes.get(1)) <= requestBytes.get(1) / 20);
  }
}
