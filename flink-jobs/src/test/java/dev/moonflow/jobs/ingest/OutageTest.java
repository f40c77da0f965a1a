package dev.moonflow.jobs.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class OutageTest {
  private final List<Long> pauses = new ArrayList<>();
  private final Outage outage = outage(3, Duration.ofHours(1));
  private long now;
  private int tries;

  @Test
  void aShortOutageIsOutlasted() throws Exception {
    String said =
        outage.outlast(
            () -> {
              if (++tries < 4) {
                throw new IOException("away");
              }
              return "back";
            });
    assertThat(said).isEqualTo("back");
  }

  @Test
  void aLongOutageIsGivenUpAfterTheLastRetry() {
    assertThatThrownBy(() -> outage.outlast(() -> fail(new IOException("away"))))
        .hasMessage("away");
    assertThat(tries).isEqualTo(4);
  }

  @Test
  void whatTheEventIsToBlameForIsNotTriedAgain() {
    FieldRejectedException why = new FieldRejectedException("id", "is bad");
    assertThatThrownBy(() -> outage.outlast(() -> fail(why))).isSameAs(why);
    assertThat(tries).isEqualTo(1);
  }

  @Test
  void pausesGrowUpToTheirLimit() {
    assertThatThrownBy(() -> outage(6, Duration.ofHours(1)).outlast(this::away)).hasMessage("away");
    assertThat(pauses).containsExactly(100L, 200L, 400L, 800L, 1000L, 1000L);
  }

  @Test
  void nothingIsTriedAgainPastTheLimitOfTime() {
    assertThatThrownBy(() -> outage(1_000_000, Duration.ofSeconds(5)).outlast(this::away))
        .hasMessage("away");
    assertThat(now).isBetween(4_000L, 5_000L);
    assertThat(tries).isEqualTo(8);
  }

  @Test
  void triesThatTakeLongCountToo() {
    assertThatThrownBy(
            () ->
                outage(1_000, Duration.ofSeconds(60))
                    .outlast(
                        () -> {
                          now += 20_000;
                          return away();
                        }))
        .hasMessage("away");
    assertThat(tries).isEqualTo(3);
  }

  /** Under a clock that goes on only while something sleeps. */
  private Outage outage(int retries, Duration limit) {
    RetrySettings settings =
        new RetrySettings(retries, Duration.ofMillis(100), Duration.ofSeconds(1), limit);
    return new Outage(
        settings,
        new Outage.Clock() {
          @Override
          public long millis() {
            return now;
          }

          @Override
          public void sleep(long millis) {
            pauses.add(millis);
            now += millis;
          }
        });
  }

  private Object away() throws Exception {
    return fail(new IOException("away"));
  }

  private Object fail(Exception why) throws Exception {
    tries++;
    throw why;
  }
}
