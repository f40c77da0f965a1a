package dev.moonflow.jobs.cli.flink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.moonflow.jobs.cli.console.UserException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RemoteFlinkTest {

  @ParameterizedTest
  @ValueSource(strings = {"host", "host:", ":8081", "host:0", "host:65536", "http://host:x"})
  void anAddressWithoutHostOrPortIsRefused(String address) {
    assertThatThrownBy(() -> RemoteFlink.at(address))
        .isInstanceOf(UserException.class)
        .hasMessage("--jobmanager needs HOST:PORT, got \"" + address + "\".");
  }

  @Test
  void theCauseOnTheClusterIsFoundInTheTraceItSent() {
    Exception e =
        new RuntimeException(
            "outer",
            new RuntimeException(
                "[Internal server error., <Exception on server side:\n\tat a.B.c(D.java:1)\n"
                    + "Caused by: x.First: one\n\tat e\nCaused by: x.Second: two\n\tat f\n"));
    assertThat(RemoteFlink.deepest(e)).isEqualTo("x.Second: two");
  }

  @Test
  void withoutSuchATraceTheInnermostExceptionSpeaks() {
    Exception e = new RuntimeException("outer", new java.net.ConnectException("refused\nmore"));
    assertThat(RemoteFlink.deepest(e)).isEqualTo("ConnectException: refused");
  }
}
