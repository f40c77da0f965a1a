package dev.moonflow.jobs.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class OutageTest {
  private final Outage outage = new Outage(3, Duration.ofMillis(1));
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

  private Object fail(Exception why) throws Exception {
    tries++;
    throw why;
  }
}
